"""年考核: the year's table, one branch's year, the decision on the places, and the way from computing to the archive."""
