"""Where a score puts someone: grades, stars, the veto cap (points, linkage, ranks and double-lift join them later)."""
