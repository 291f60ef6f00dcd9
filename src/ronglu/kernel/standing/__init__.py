"""Where a score puts someone: grades, linkage, double-lift, points, the year and its quota, honours, the timetable, polls, seals."""
