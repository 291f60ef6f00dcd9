"""The production brief in words: what may be said of what, and how a sentence of the plant's own is filled in."""
