"""Key tasks in the browser."""
