"""Help in both directions, talks of which only the number is kept, and cadres who go to where the work is."""
