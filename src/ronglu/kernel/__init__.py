"""The ideas, in pure Python: no Django, no engine, no clock."""
