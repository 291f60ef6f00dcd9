"""The editor of the sheet: drafts, their items and examples, what-if, publishing."""
