"""Writes to the work. Each is one transaction, keyword-only, and says who and why."""
