"""Seasonal tasks and volunteer labour in the browser."""
