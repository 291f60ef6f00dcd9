"""A converter line's coal by the day, as its board would hold it, and a question about thirty of the days."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.store.models import CalendarRow, Effect, IndicatorRow, Unit
from ronglu.work import effects
from tests.cast import Cast
from tests.facts.plant_month import SHIFTS

FIRST = dt.date(2025, 7, 1)
DAYS = 260
FROM, UNTIL = dt.date(2026, 2, 1), dt.date(2026, 3, 3)
BEFORE, AFTER = dt.datetime(2026, 1, 20, 9), dt.datetime(2026, 4, 3, 9)
CODE = "SM-02"


def calendar(cast: Cast) -> None:
    CalendarRow.objects.get_or_create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1),
        defaults={"day_starts": dt.time(8), "month_first": 1, "shifts": SHIFTS},
    )  # fmt: skip


def board(unit: Unit, value: Callable[[int, dt.date], Decimal | None], *, code: str = CODE, days: int = DAYS) -> None:
    """A row a day; None is a day without a value."""
    rows = []
    for place in range(days):
        day = FIRST + dt.timedelta(days=place)
        found = value(place, day)
        rows.append(
            IndicatorRow(
                plant=unit.plant, unit=unit, indicator=code, grain="day", period=str(day), month=day.year * 100 + day.month,
                value="" if found is None else str(found), covered=0 if found is None else 3, expected=3,
            )
        )  # fmt: skip
    IndicatorRow.objects.bulk_create(rows)


def noise(seed: int) -> list[Decimal]:
    """The same every run: about ±1 around nought."""
    dice = random.Random(seed)
    return [Decimal(str(round(dice.gauss(0, 1), 2))) for _ in range(DAYS)]


def coal(drop: str = "0", *, seed: int = 5, level: str = "43") -> Callable[[int, dt.date], Decimal | None]:
    """Around 43 kg/t; `drop` less in the thirty days."""
    rough = noise(seed)
    return lambda place, day: Decimal(level) + rough[place] - (Decimal(drop) if FROM <= day < UNTIL else 0)


def asked(cast: Cast, *, at: dt.datetime = BEFORE, name: str = "陈技术员", **more: Any) -> Effect:
    calendar(cast)
    unit = cast.unit["QL-R1"]
    given = {"title": "吹炼改用富氧", "from_on": FROM, "until_on": UNTIL} | more
    indicator = pack_of(cast.plant.code).indicators[CODE]
    usual = pack_of(cast.plant.code).base.effect
    return effects.register(unit=unit, indicator=indicator, usual=usual, by=cast.account[name], at=at, **given)
