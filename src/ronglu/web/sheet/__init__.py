"""双百考核: the month's sheet, why each score is what it is, and what the party office does with both."""
