"""我的: what concerns one person, for himself; and what the committee of his branch settles."""
