"""What one sees after scanning a zone's label: two taps, without a name or with it."""
