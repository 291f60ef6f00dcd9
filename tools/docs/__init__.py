"""How the reference pages are made from declarations; `python -m tools.docs [--check]`."""
