"""The ledger of outcomes in the browser."""
