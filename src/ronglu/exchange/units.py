"""Which units plants write, which are the same under another name, and how the units library turns one into another."""

from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from ronglu.exchange.words import normal


@cache
def _file() -> dict[str, Any]:
    import yaml

    text = resources.files("ronglu.exchange").joinpath("units.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return found


@cache
def _table() -> dict[str, tuple[int, str]]:
    """Normalised name or alias -> (row of its kind, what the library calls it)."""
    return {
        normal(name): (number, words[0])
        for number, row in enumerate(_file()["rows"])
        for unit, words in row.items()
        for name in (unit, *words[1:])
    }


@cache
def _library() -> Any:
    """Decimal throughout; no unit of a file ever reaches it but through the table."""
    import pint

    library = pint.UnitRegistry(non_int_type=Decimal, autoconvert_offset_to_baseunit=True)
    for line in _file()["own"]:
        library.define(line)
    return library


def known(unit: str) -> bool:
    return normal(unit) in _table()


def same(left: str, right: str) -> bool:
    """Two spellings of one unit."""
    return normal(left) == normal(right) or factor(left, right) == 1


def factor(source: str, target: str) -> Decimal | None:
    """Times this makes a value in `source` one in `target`; None when nobody has said how they convert, or no factor does
    (degrees of two scales)."""
    if convert(Decimal(0), source, target) != 0:
        return None
    return convert(Decimal(1), source, target)


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """The value in the other unit; None when nobody has said how they convert."""
    if normal(source) == normal(target):
        return value
    here, there = _table().get(normal(source)), _table().get(normal(target))
    if here is None or there is None or here[0] != there[0]:
        return None
    if here[1] == there[1]:
        return value
    start, scale = _measure(here[1])
    end, rest = _measure(there[1])
    magnitude: Decimal = _library().Quantity(value * scale, start).to(end).magnitude
    return magnitude / rest


@cache
def _measure(expression: str) -> tuple[Any, Decimal]:
    """`10000 kWh` is the unit kWh, ten thousand times."""
    times, _, unit = expression.rpartition(" ")
    return _library().Unit(unit), Decimal(times or 1)
