"""Read models: stored rows that pages show; rebuildable from nothing."""
