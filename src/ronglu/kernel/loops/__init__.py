"""A closed loop as a declaration, and the engine that says what may happen to a case now; no tables, no clock."""
