"""Platforms in the browser."""
