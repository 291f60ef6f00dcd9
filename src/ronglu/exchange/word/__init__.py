"""Word files in the page set-up of official papers (公文): the page, the base document, the paper one writes on it."""
