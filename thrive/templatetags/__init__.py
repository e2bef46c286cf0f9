"""Marks of the THRIVE map."""
