"""Commitments, the five pairs of a quarter, self-inspections and the duties of seats: what was promised, looked at and done."""
