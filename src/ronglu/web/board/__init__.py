"""Indicator boards: a unit in a period, and one indicator over time."""
