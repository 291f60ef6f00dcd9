"""Thin tables with their constraints, and one history of migrations."""
