"""The library of documents, who passed them on, and policies told before they take effect."""
