"""What a measure is: series, indicators, roll-ups, plans, comparisons and their rounding."""
