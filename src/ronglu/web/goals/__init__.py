"""Goals of the year in the browser."""
