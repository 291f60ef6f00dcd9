"""Fire refining: from blister copper to anode plates (SM codes of the anode furnace)."""
