"""支部手册: minutes of a meeting, the month of a branch, and the 台账 that an inspection asks for, all from the records."""
