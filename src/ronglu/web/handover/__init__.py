"""交接班 and 班前会: are we on track, if not why, what now."""
