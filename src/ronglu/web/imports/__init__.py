"""Files on their way into the plant's tables: brought, read on trial, settled, written; and the profiles that read them."""
