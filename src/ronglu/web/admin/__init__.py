"""The plant's settings: its clock and rosters, what units report, planned stops, and what waits for a second person."""
