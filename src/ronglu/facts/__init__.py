"""From tables to columns: fact tables, the spine, the engine."""
