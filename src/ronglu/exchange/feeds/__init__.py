"""Doors that stay open: folders, databases, topics and posts that bring values by tag; nothing is stored here."""
