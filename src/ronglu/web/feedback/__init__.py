"""意见与投诉: the entry on every page (AF-8)."""
