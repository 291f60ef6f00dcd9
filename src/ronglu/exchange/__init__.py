"""The doors to the outside: plain values in and out, no tables."""
