"""Forms of what readers and the office get."""
