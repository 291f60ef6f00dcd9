"""Themes in the browser."""
