"""停机记录: the log of stops, entered in seconds, summed by reason."""
