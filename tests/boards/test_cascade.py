"""The cascade: exact sums from year to day, re-planned after a shortfall and after a stop; what was not read is not owed."""

import datetime as dt
from decimal import Decimal as D
from typing import Any

import pytest

from ronglu.boards.cascade import read
from ronglu.boards.cascade.build import build
from ronglu.boards.indicator.chain import chain
from ronglu.boards.indicator.rows import around
from ronglu.kernel.time.period import Period
from ronglu.store.models import Cascade, Halt, PlanStop
from tests.boards.milled import built, ore_every_shift
from tests.facts.mill import Mill, mill

__all__ = ["mill"]
MARCH = Period.month(2026, 3)
AT = dt.datetime(2026, 3, 11, 12)


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


@pytest.fixture
def milled(mill: Mill) -> Mill:
    """March planned 930 t, 30 a day; read up to the 10th, each shift 9 t: 27 a day."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_03="930")
    ore_every_shift(mill, "一系列", "9", day(1), day(10))
    return mill


UNTIL = day(10)


def reckoned(mill: Mill, until: dt.date = UNTIL, at: dt.datetime = AT, foresee: Any = None) -> read.View:
    built(mill, "2026-03", until=until, newest="2026-03")
    build(
        plant=mill.plant, indicators=mill.pack.indicators, calendar=mill.calendar, until=until, at=at,
        foresee=foresee or (lambda past, days, decimals: {}),
    )  # fmt: skip
    row = Cascade.objects.get(unit=mill.unit["一系列"], indicator="CN-01")
    return read.view(row, indicator=mill.pack.indicators["CN-01"], calendar=mill.calendar, period=MARCH)


def month(view: read.View) -> read.Level:
    return next(one for one in view.months if one.period == MARCH)


def by_day(view: read.View) -> dict[int, D | None]:
    return {one.on.day: one.by_month for one in view.days if one.by_month is not None}


def test_what_is_owed_is_spread_over_the_days_left(milled: Mill) -> None:
    """270 of 300 done; 660 over 21 days is 31.43 on average, and the parts make 660 exactly."""
    view = reckoned(milled)
    asked = by_day(view)
    assert (month(view).done, month(view).due, month(view).gap) == (D(270), D(300), D(-30))
    assert len(asked) == 21 and sum(asked.values()) == D(660)  # type: ignore[arg-type]
    assert set(asked.values()) == {D("31.43"), D("31.42")}
    assert sum((one.plan for one in view.weeks), D(0)) == D(930)


def test_an_approved_stop_ahead_carries_nothing_and_the_other_days_carry_it(milled: Mill) -> None:
    """Two of 21 days stop: the month's plan stays; 660 over 19 days."""
    PlanStop.objects.create(
        unit=milled.unit["一系列"], from_on=day(20), until_on=day(22), reason="年修", set_by=milled.keyer,
        approved_by=milled.keyer,
    )  # fmt: skip
    view = reckoned(milled)
    asked = by_day(view)
    assert (asked[20], asked[21]) == (D("0.00"), D("0.00"))
    assert sum(asked.values()) == D(660) and month(view).days_left == 19  # type: ignore[arg-type]
    assert month(view).plan == D(930)
    assert view.lost == (("stop", "2026-03-20", "2026-03-21", "年修"),)


def test_a_halt_takes_its_part_of_the_day_that_runs(milled: Mill) -> None:
    """The 11th stood 12 of its 24 hours: it carries half of what each of the 20 others carries; 660 ÷ 20.5 = 32.195."""
    Halt.objects.create(
        unit=milled.unit["一系列"], starts_at=dt.datetime(2026, 3, 11, 8), ends_at=dt.datetime(2026, 3, 11, 20),
        reason="power", kind="unplanned", state="over", logged_by=milled.keyer, logged_at=AT,
    )  # fmt: skip
    asked = by_day(reckoned(milled, at=dt.datetime(2026, 3, 11, 21)))
    assert (asked[11], asked[12]) == (D("16.10"), D("32.20"))
    assert sum(asked.values()) == D(660)  # type: ignore[arg-type]


def test_a_halt_that_still_runs_is_counted_up_to_now_and_a_withdrawn_one_not_at_all(milled: Mill) -> None:
    halt = Halt.objects.create(
        unit=milled.unit["一系列"], starts_at=dt.datetime(2026, 3, 11, 8), reason="power", kind="unplanned",
        logged_by=milled.keyer, logged_at=AT,
    )  # fmt: skip
    view = reckoned(milled, at=dt.datetime(2026, 3, 11, 20))
    assert (by_day(view)[11], view.lost[0][:3]) == (D("16.10"), ("halt", "2026-03-11T08:00", ""))
    Halt.objects.filter(pk=halt.pk).update(state="withdrawn")
    assert by_day(reckoned(milled, at=dt.datetime(2026, 3, 11, 20)))[11] == D("31.43")


def test_days_that_were_not_read_are_neither_owed_nor_done(mill: Mill) -> None:
    """Read are the 1st to 5th and the 10th whole, of the 6th and the 8th one shift of three: 6 × 30 + 2 × 10 are judged."""
    mill.reports("一系列", "cn_ore")
    mill.plans("一系列", "CN-01", _2026_03="930")
    ore_every_shift(mill, "一系列", "9", day(1), day(5))
    mill.read("一系列", "cn_ore", day(6), 1, "9")
    mill.read("一系列", "cn_ore", day(8), 1, "9")
    ore_every_shift(mill, "一系列", "9", day(10), day(10))
    view = reckoned(mill)
    level = month(view)
    assert (level.due, level.done, level.unread) == (D(5 * 30 + 10 + 10 + 30), D(5 * 27 + 9 + 9 + 27), 4)
    # 200 judged less 180 done is owed, with the 630 of the 21 days to come
    assert sum(by_day(view).values()) == D(20 + 630)  # type: ignore[arg-type]


def test_the_workshop_above_adds_up_its_lines(milled: Mill) -> None:
    milled.reports("二系列", "cn_ore")
    milled.plans("二系列", "CN-01", _2026_03="310")
    ore_every_shift(milled, "二系列", "3", day(1), day(10))
    reckoned(milled)
    row = Cascade.objects.get(unit=milled.unit["磨浮车间"], indicator="CN-01")
    level = read.view(row, indicator=milled.pack.indicators["CN-01"], calendar=milled.calendar, period=MARCH)
    assert (month(level).plan, month(level).done) == (D(1240), D(360))


def test_the_chain_of_the_board_counts_working_days_and_what_was_read(milled: Mill) -> None:
    """With two stopped days ahead 660 t stand against 19 days: 34.7 a day."""
    PlanStop.objects.create(
        unit=milled.unit["一系列"], from_on=day(20), until_on=day(22), reason="年修", set_by=milled.keyer,
        approved_by=milled.keyer,
    )  # fmt: skip
    reckoned(milled)
    at = around(plant=milled.plant, indicators=milled.pack.indicators)
    assert at is not None
    lead = milled.pack.indicators["CN-01"]
    steps = {str(one.period): one for one in chain(around=at, unit=milled.unit["一系列"].pk, lead=lead, on=day(10))}
    assert (steps["2026-03"].days_left, steps["2026-03"].needed) == (19, D("34.7"))


def test_the_forecast_is_given_whole_days_measured_by_the_plan_to_come(milled: Mill) -> None:
    """Ten days of 27 against 30; 21 to come of 30: each past day stands as 27; 270 + 21 × 27 = 837."""
    seen: list[Any] = []

    def foresee(past: list[D], days: int, decimals: int) -> dict[str, str]:
        seen.append((len(past), set(past), days, decimals))
        said = {"point": "567.00", "low": "500.00", "high": "600.00"}
        return said | {"days": str(days), "sure": "80", "tries": "0", "held": "0"}

    view = reckoned(milled, foresee=foresee)
    assert seen[0] == (10, {D(27)}, 21, 2)
    assert view.end is not None and (view.end.point, view.end.low, view.end.high) == (
        D("837.00"),
        D("770.00"),
        D("870.00"),
    )


def test_the_curve_goes_on_from_what_was_done_to_the_whole_plan(milled: Mill) -> None:
    view = reckoned(milled)
    curve = read.curve(view.days, view.until, by_year=False)
    assert (curve.plan[-1], curve.done[9], curve.done[10], curve.needed[9], curve.needed[-1]) == (
        D(930), D(270), None, D(270), D(930)
    )  # fmt: skip


def test_the_day_that_runs_is_not_over_and_what_it_brought_is_part_of_what_it_needs(milled: Mill) -> None:
    """9 t of the 11th are in; nothing of it is due yet: 300 judged, 279 done, 660 needed from the 11th on."""
    milled.read("一系列", "cn_ore", day(11), 1, "9")
    built(milled, "2026-03", until=day(10), newest="2026-03")
    build(
        plant=milled.plant, indicators=milled.pack.indicators, calendar=milled.calendar, until=day(11), at=AT,
        foresee=lambda past, days, decimals: {},
    )  # fmt: skip
    row = Cascade.objects.get(unit=milled.unit["一系列"], indicator="CN-01")
    view = read.view(row, indicator=milled.pack.indicators["CN-01"], calendar=milled.calendar, period=MARCH)
    level, asked = month(view), by_day(view)
    assert (level.done, level.due, level.gap, level.unread) == (D(279), D(300), D(-30), 0)
    assert 11 in asked and sum(asked.values()) == D(660)  # type: ignore[arg-type]
