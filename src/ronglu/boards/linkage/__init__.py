"""联动: the read model of schemes, of what a leader's months came to, and of one result step by step."""
