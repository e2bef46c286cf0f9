"""THRIVE: who is helped with which need, where, at which ages, and what is missing."""
