"""Pages that readers get, one resource a module."""
