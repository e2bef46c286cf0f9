"""Pages of the ground; each module is one kind of page."""
