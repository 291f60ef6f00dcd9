"""Party campaigns in the browser."""
