"""Writing the THRIVE map."""
