"""What every plant starts from."""
