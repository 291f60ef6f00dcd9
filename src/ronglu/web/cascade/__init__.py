"""计划分解: year, month, week, day, re-planned, with the curve and the forecast."""
