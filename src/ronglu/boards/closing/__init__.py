"""关账: the read model of a month's close, its seals and what was adjusted afterwards."""
