"""填报负担: when forms were opened, how long filling in took, and the page that tells it."""
