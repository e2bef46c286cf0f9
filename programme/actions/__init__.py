"""Writes on the ground. Each is one transaction, keyword-only, and says who and why."""
