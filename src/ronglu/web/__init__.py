"""The face: pages and the interface for machines."""
