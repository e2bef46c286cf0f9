"""Forms of the THRIVE map."""
