"""党费: one page, for the secretary of a branch alone."""
