"""The pages of the cycle: the year at a glance, one period of one branch, the calendar of dates."""
