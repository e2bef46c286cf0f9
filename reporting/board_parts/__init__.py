"""The sections of a board report. Each takes the facts and the edition, and gives blocks, or nothing. Pure."""
