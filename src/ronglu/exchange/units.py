"""Which units are known, which are the same under another name, and the factor between two of one kind."""

from decimal import Decimal
from functools import cache
from importlib import resources

from ronglu.exchange.words import normal


@cache
def _table() -> dict[str, tuple[int, Decimal]]:
    """Normalised name or alias -> (row of its kind, size in units of that row)."""
    import yaml

    rows = yaml.load(
        resources.files("ronglu.exchange").joinpath("units.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
    )
    return {
        normal(name): (number, Decimal(words[0]))
        for number, row in enumerate(rows)
        for unit, words in row.items()
        for name in (unit, *words[1:])
    }


def known(unit: str) -> bool:
    return normal(unit) in _table()


def same(left: str, right: str) -> bool:
    """Two spellings of one unit."""
    return normal(left) == normal(right) or factor(left, right) == 1


def factor(source: str, target: str) -> Decimal | None:
    """Times this makes a value in `source` one in `target`; None when nobody has said how they convert."""
    if normal(source) == normal(target):
        return Decimal(1)
    here, there = _table().get(normal(source)), _table().get(normal(target))
    if here is None or there is None or here[0] != there[0]:
        return None
    return here[1] / there[1]
