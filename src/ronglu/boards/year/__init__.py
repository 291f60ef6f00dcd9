"""年考核: the read model of a year's branches, of one branch's year part by part, and of the places for 优秀."""
