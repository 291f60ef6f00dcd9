"""The board of a pair-building pact: what came back from downstream, and what became of it."""
