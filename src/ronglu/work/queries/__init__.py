"""Reads made for one decision."""
