"""Programmes in the browser."""
