"""Feeds: how each does, what came, what was not taken."""
