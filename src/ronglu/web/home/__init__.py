"""Home: my units, what needs me."""
