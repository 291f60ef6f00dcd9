"""What a confirmed case is worth: money fields added up and taken off, in whole cents."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ronglu.kernel.loops.loop import Benefit


def cents(benefit: Benefit, data: Mapping[str, Any]) -> int | None:
    """None where one of the amounts was not given: an unknown cost is not a cost of nothing."""
    if any(data.get(code) is None for code in (*benefit.plus, *benefit.minus)):
        return None
    worth = sum((Decimal(data[code]) for code in benefit.plus), Decimal(0))
    worth -= sum((Decimal(data[code]) for code in benefit.minus), Decimal(0))
    return int(worth * 100)
