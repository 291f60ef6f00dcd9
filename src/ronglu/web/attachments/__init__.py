"""Pictures and papers of cases: let in by their content, shown only to those who may see the case."""
