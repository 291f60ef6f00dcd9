"""Reviewed functions that measure one subject in one window; rules name them, nobody writes formulas into data."""
