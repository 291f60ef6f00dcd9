"""Why one score is what it is, down to the readings."""
