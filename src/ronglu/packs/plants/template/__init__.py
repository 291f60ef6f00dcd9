"""Declarations of one plant; it chooses modules and imports no other plant."""
