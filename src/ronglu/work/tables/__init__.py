"""Small tables with a fixed header: what each kind declares, checks and writes, one file a kind."""
