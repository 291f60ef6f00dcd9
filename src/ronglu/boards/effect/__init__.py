"""The daily values behind a question, and the answer as a page reads it."""
