"""The inbox: what waits for the reader, what he was told, and one move for several cases."""
