"""The work: workstreams, monthly updates, milestones and the parsers that bring old pages in."""
