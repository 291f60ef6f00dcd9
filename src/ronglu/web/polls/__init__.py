"""Polls in the browser."""
