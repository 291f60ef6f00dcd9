"""A recovery of the converter line that got better in March, and measures that were or were not registered before."""

import datetime as dt
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, Case, Contribution, IndicatorRow
from ronglu.work import contributions
from tests.cast import SINCE, Cast
from tests.facts.plant_month import SHIFTS

MARCH = Period.month(2026, 3)
LATER = dt.datetime(2026, 4, 7, 10)
FEBRUARY = dt.datetime(2026, 2, 10, 9)
STATEMENT = "支部党员大会定了清渣攻关，李班长带队试了三种枪位"


def indicator(cast: Cast) -> Indicator:
    """Any of the plant's where more is better."""
    return next(one for one in pack_of(cast.plant.code).indicators.values() if one.direction is Direction.UP)


def better(cast: Cast, *, unit: str = "QL-R1", before: str = "92.10", now: str = "92.90", code: str = "") -> str:
    if not CalendarRow.objects.filter(plant=cast.plant).exists():
        CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    code = code or indicator(cast).code
    for period, value in (("2026-02", before), ("2026-03", now)):
        IndicatorRow.objects.create(
            plant=cast.plant, unit=cast.unit[unit], indicator=code, grain="month", period=period, value=value, plan="92.50",
            month=int(period.replace("-", "")), covered=31, expected=31,
        )  # fmt: skip
    return code


def measure(cast: Cast, *, at: dt.datetime = FEBRUARY, by: str = "李班长", unit: str = "QL-R1-甲", **rest: Any) -> Case:
    number = f"JDZ-2026-{Case.objects.count() + 1:03d}"
    values: dict[str, Any] = {
        "loop": "idea", "version": 1, "number": number, "title": "换枪位清渣", "state": "doing", "phase": "working",
        "unit": cast.unit[unit], "raised_by": cast.person[by], "raised_at": at, "entered_at": at,
    } | rest  # fmt: skip
    return Case.objects.create(plant=cast.plant, **values)


def claim(cast: Cast, case: Case | None, *, body: str = "QL-B1", by: str = "王书记", **rest: Any) -> Contribution:
    said: dict[str, Any] = {
        "unit": cast.unit["QL-R1"], "indicator": indicator(cast), "period": MARCH, "asked": 60, "did": "meeting",
        "record": "2026-02-03 支部党员大会", "statement": STATEMENT, "at": LATER,
    } | rest  # fmt: skip
    return contributions.claim(body=cast.body[body], measure=case, by=cast.account[by], **said)


def confirmed(cast: Cast, case: Case, **rest: Any) -> Contribution:
    made = claim(cast, case, **rest)
    contributions.confirm(contribution=made, holds=True, reason="", by=cast.account["马主任"], at=LATER)
    return made


def settle(cast: Cast, made: Contribution, granted: dict[int, int], reason: str = "", by: str = "孙干事") -> None:
    contributions.settle(contribution=made, granted=granted, reason=reason, by=cast.account[by], at=LATER)
