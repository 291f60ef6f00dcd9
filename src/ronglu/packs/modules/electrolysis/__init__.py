"""Copper electrolysis: from anode plates to cathode copper (EL codes)."""
