"""The month's assessment sheet as pages, prints and exports show it."""
