"""Every business write: one file a noun, one transaction a verb."""
