"""Statistics over plain daily values, in floats: what is proven, likely, or cannot be told. Only the worker opens this room."""
