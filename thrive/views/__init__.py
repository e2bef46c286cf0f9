"""Pages of the THRIVE map."""
