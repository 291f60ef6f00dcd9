"""Loads the packs of this installation, once."""

from functools import cache

from django.conf import settings

from ronglu.packs.loader import load
from ronglu.packs.pack import Pack


@cache
def packs() -> Pack:
    """Everything declared by the plants of this installation; raises one error that lists every problem."""
    return load(settings.PLANTS)


@cache
def pack_of(code: str) -> Pack:
    """What one plant declares: its modules, its indicators with its own overrides."""
    return packs().of(code)
