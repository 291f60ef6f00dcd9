"""The annual plan as values: what is declared for it, the goal tree, the eight joint stages, platforms and their cadence."""
