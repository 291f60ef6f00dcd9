"""The other face: the command line, with demo and bench."""
