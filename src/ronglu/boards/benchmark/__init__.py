"""对标: own best, best crew, best sister line and the tiers, with the gap to the next of them."""
