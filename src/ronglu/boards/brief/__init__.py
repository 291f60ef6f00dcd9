"""The production brief: what is told of a day or a month is gathered in the worker; pages read what was kept."""
