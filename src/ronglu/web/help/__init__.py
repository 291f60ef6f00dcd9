"""问一问 in the browser: read by the two of them only."""
