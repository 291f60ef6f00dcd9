"""Contests and campaigns in the browser."""
