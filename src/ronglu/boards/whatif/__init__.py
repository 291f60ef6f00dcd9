"""What a draft would move: branches, items, the coefficients of post-holders."""
