"""Day plans belong to the statistical month they lie in, wherever the natural month ends."""

import datetime as dt
from decimal import Decimal as D

from ronglu.facts.plans import month_plans
from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime
from ronglu.kernel.time.period import Period
from ronglu.store.models import PlanStop
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
AT = dt.datetime(2026, 1, 5, 9)
FROM_THE_26TH = Calendar(
    (CalendarRule(dt.date(2025, 1, 1), dt.time(8), (ShiftTime(1, "全", dt.time(8), D(24)),), month_first=26),)
)


def daily(mill: Mill, month: Period) -> dict[dt.date, D]:
    year = {m.yyyymm: FROM_THE_26TH.days_of(m) for m in Period.year(month.first.year).down(month.grain)}
    first, last = year[month.yyyymm]
    plans = month_plans(
        units=[mill.unit["一系列"].pk], indicators=mill.pack.indicators, month=month.yyyymm, first=first, last=last,
        year_days=year,
    )  # fmt: skip
    return dict(plans.daily.get((mill.unit["一系列"].pk, "CN-01"), {}))


def test_january_from_26_december_has_the_day_plans_of_december_of_the_year_before(mill: Mill) -> None:
    """31 days, 310 t: 40 t on 28 December and 30 t on 3 January leave 240 t for 29 days."""
    mill.plans("一系列", "CN-01", _2026_01="310", _2025_12_28="40", _2026_01_03="30")
    found = daily(mill, Period.month(2026, 1))
    assert (min(found), max(found), len(found)) == (dt.date(2025, 12, 26), dt.date(2026, 1, 25), 31)
    assert found[dt.date(2025, 12, 28)] == D(40)
    assert found[dt.date(2026, 1, 3)] == D(30)
    assert sum(found.values()) == D(310)


def test_march_from_26_february_has_the_day_plans_of_february_and_not_those_after_the_25th(mill: Mill) -> None:
    mill.plans("一系列", "CN-01", _2026_02_27="11", _2026_03_25="12", _2026_03_26="13")
    found = daily(mill, Period.month(2026, 3))
    assert found == {dt.date(2026, 2, 27): D(11), dt.date(2026, 3, 25): D(12)}


def test_a_month_that_stands_still_has_no_part_of_what_the_year_leaves_instead_of_breaking_the_score(
    mill: Mill,
) -> None:
    """Eleven months of 100 t out of 1 200; December is overhauled from end to end: its 100 t have no day to lie on."""
    months = {f"_2026_{n:02}": "100" for n in range(1, 12)}
    mill.plans("一系列", "CN-01", _2026="1200", **months)
    approve(mill, dt.date(2026, 11, 26), dt.date(2026, 12, 26))
    assert daily(mill, Period.month(2026, 12)) == {}


def test_months_that_exceed_the_year_leave_nothing_to_the_others_and_never_less(mill: Mill) -> None:
    mill.plans("一系列", "CN-01", _2026="100", _2026_01="120")
    assert daily(mill, Period.month(2026, 2)) == {}


def approve(mill: Mill, first: dt.date, until: dt.date) -> None:
    """A stop that a second person said yes to."""
    PlanStop.objects.create(
        unit=mill.unit["一系列"], from_on=first, until_on=until, reason="大修", set_by=mill.keyer, set_at=AT,
        approved_by=mill.keyer,
    )  # fmt: skip
