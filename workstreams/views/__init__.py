"""Pages of the work, one resource a module."""
