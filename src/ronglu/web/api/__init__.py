"""The interface for machines, /api/v1/: the same scope as the pages, limited further by the token."""
