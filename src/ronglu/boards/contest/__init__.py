"""A contest as its page shows it."""
