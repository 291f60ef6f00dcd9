"""Responsibility zones in the browser: list and coverage, one zone, floor plans, rounds, labels, safety events."""
