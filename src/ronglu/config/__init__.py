"""Settings, and the one place that loads the packs."""
