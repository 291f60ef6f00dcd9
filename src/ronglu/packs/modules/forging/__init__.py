"""Forging of aluminium alloys (FG codes)."""
