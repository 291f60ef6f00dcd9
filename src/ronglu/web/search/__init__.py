"""One box on every page."""
