"""What becomes of a report without a name: asked for with its claim code."""
