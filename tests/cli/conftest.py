"""The small group and a copy of it, for every test of this folder: imported once, so that it is made once."""

from tests.cli.houses import house, small

__all__ = ["house", "small"]
