"""The monthly update: reading it, writing it, sending it, taking it back and correcting it."""
