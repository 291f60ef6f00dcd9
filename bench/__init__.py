"""Measurements as ratios: ours against hand-written code that does the same, in one run on one machine."""
