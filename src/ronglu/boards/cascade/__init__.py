"""The year's plan split down to days, re-planned after every shortfall and stop."""
