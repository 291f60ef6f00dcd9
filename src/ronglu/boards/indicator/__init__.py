"""Indicator values of units by period, ready to show."""
