"""The board of a pact between bodies."""
