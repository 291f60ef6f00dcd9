"""排下月的会: what is owed, what the planner found, taking it; a body's habits; calendar files."""
