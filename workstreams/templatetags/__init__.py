"""Marks of the work that several apps print."""
