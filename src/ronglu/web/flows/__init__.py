"""The process graph of a plant and what the receiving units say of it."""
