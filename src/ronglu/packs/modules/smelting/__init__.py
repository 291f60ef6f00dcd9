"""Smelting and converting: from concentrate to blister copper (SM codes)."""
