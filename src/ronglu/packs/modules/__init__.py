"""The process modules a plant can choose; each imports nothing but base."""
