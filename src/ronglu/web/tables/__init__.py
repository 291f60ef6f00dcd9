"""Empty workbooks to fill in."""
