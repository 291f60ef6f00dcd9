"""五个一, tiers and titles, the model office, the crew sheet: what branches and crews have reached."""
