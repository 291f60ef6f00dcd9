"""The end of a shift: are we on track, if not why, what now."""
