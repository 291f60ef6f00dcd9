"""Concentrating of copper and nickel ore (CN codes)."""
