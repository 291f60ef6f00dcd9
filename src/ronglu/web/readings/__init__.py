"""Readings before they score: looked through, audited by a second person, corrected, locked."""
