"""What a plant declares."""
