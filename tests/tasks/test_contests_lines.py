"""A contest between two lines from declaration to table: each by its own plan, tied by drift, won by a clear lead, replayed."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ronglu.kernel.standing.contest import Weight
from ronglu.store.models import Channel, ContestResult, Plan, PlanStop, Reading, RosterRow, ShiftRow, Unit, UnitState
from ronglu.tasks import contests as worker
from ronglu.work import contests, partitions, shifts
from tests.cast import SINCE, Cast, cast  # noqa: F401
from tests.work.contested import AFTER, DRAFTED, FEED, LAST, Raced, raced

pytestmark = pytest.mark.django_db
WEEK = dt.date(2026, 3, 25)


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"


def beside(made: Raced, *, lead: int = 0) -> Unit:
    """A second converter line, twice as large, which in the last week feeds `lead` tonnes more each shift."""
    first = made.cast.unit["QL-R1"]
    line = Unit.objects.create(plant=made.cast.plant, code="QL-R2", kind="line", position=90, module=first.module)
    UnitState.objects.create(unit=line, name="转炉二线", parent=made.cast.unit["QL-R"], from_on=SINCE)
    roster = RosterRow.objects.get(unit=first)
    roster.pk, roster.unit = None, line
    roster.save()
    shifts.materialise(plant=made.cast.plant, first=dt.date(2026, 2, 1), last=LAST)
    channel = Channel.objects.create(unit=line, series=FEED, grain="shift", from_on=dt.date(2026, 1, 1))
    chance, rows = Random(9), []
    for s in ShiftRow.objects.filter(unit=line).order_by("day", "shift_no"):
        feed = round(1000 * (200 + chance.gauss(0, 4) + (lead if s.day >= WEEK else 0)))
        rows.append(
            Reading(
                channel=channel, starts_at=s.starts_at, ends_at=s.ends_at, day=s.day, shift_no=s.shift_no, month=s.month,
                letter=s.letter, text=str(feed), value=feed, state="audited", known_at=AFTER,
                entered_by=made.cast.account["周统计员"],
            )
        )  # fmt: skip
    Reading.objects.bulk_create(rows)
    for month, days in (("2026-02", 28), ("2026-03", 31)):
        Plan.objects.create(unit=line, indicator="SM-01", period=month, value=str(600 * days))
    partitions.touch(plant=made.cast.plant, fact="readings", months=[202602, 202603])
    return line


def counted(made: Raced, *teams: Unit, **changed: object) -> ContestResult:
    given: dict[str, Any] = {
        "kind": "unit", "teams": tuple(one.pk for one in teams), "weights": (Weight("SM-01", 100),), "first": WEEK,
    }  # fmt: skip
    contest = contests.draft(
        plant=made.cast.plant, unit=made.cast.unit["QL-R"], title="两条转炉线竞赛", terms=made.terms(**given | changed),
        known=made.known, by=made.cast.account["冯主席"], at=DRAFTED,
    )  # fmt: skip
    contests.declare(contest=contest, known=made.known, by=made.cast.account["孙干事"], at=DRAFTED)
    return worker.count(contest=contest, cause="竞赛结束", at=AFTER)


def places(result: ContestResult) -> list[tuple[str, int | None, int]]:
    return [(one["name"], one["place"], one["tied"]) for one in result.outcome["teams"]]


@pytest.mark.covers("S0-23")
def test_a_line_twice_as_large_ties_with_the_small_one(cast: Cast) -> None:
    """Both feed what their own plans ask; by tonnes the large one would win every contest."""
    made = raced(cast)
    result = counted(made, cast.unit["QL-R1"], beside(made))
    assert {(place, tied) for _name, place, tied in places(result)} == {(1, 2)}
    assert len(result.inputs["history"]) == 2 * 3 * 52, "February, and March up to the contest, of two lines"


@pytest.mark.covers("S0-23")
def test_a_line_far_above_its_plan_is_first_alone_and_the_count_is_replayed(cast: Cast) -> None:
    made = raced(cast)
    large = beside(made, lead=60)
    result = counted(made, cast.unit["QL-R1"], large)
    assert places(result)[1] == ("转炉二线", 1, 1)
    feed = sum(Decimal(one["v"]["SM-01"][0]) for one in result.inputs["shifts"] if one["team"] == large.pk)
    # 600 t a day for seven days; the effect is half the difference of the two shares of plan
    cells = [one["by"]["SM-01"] for one in reversed(result.outcome["teams"])]
    own, other = (Decimal(one["value"]) / Decimal(one["plan"]) for one in cells)
    assert own == pytest.approx(feed / 4200, abs=Decimal("0.00001"))
    assert Decimal(result.outcome["teams"][1]["effect"]) == pytest.approx(50 * (own - other), abs=Decimal("0.001"))
    assert worker.replayed(result)
    result.inputs["history"][0]["v"]["SM-01"][0] = "1"
    assert not worker.replayed(result)


def test_days_of_a_planned_stop_before_the_contest_tell_nothing_of_the_drift(cast: Cast) -> None:
    """Three of the fifty-two days stood: without the rule the drift of that week would be as wide as half the feed."""
    made = raced(cast)
    large = beside(made, lead=60)
    days = [dt.date(2026, 2, 10) + dt.timedelta(days=n) for n in range(3)]
    Reading.objects.filter(channel__unit=large, day__in=days).update(value=0)
    PlanStop.objects.create(
        unit=large,
        from_on=days[0],
        until_on=days[-1] + dt.timedelta(days=1),
        reason="换炉口",
        approved_by=cast.account["马主任"],
    )
    result = counted(made, cast.unit["QL-R1"], large)
    assert places(result)[1] == ("转炉二线", 1, 1)


def test_too_few_days_before_the_contest_leave_the_lines_unranked(cast: Cast) -> None:
    """A month has only one stretch of its length before it."""
    made = raced(cast)
    result = counted(made, cast.unit["QL-R1"], beside(made, lead=60), first=dt.date(2026, 3, 1))
    assert result.outcome["noise"] is None
    assert {(place, tied) for _name, place, tied in places(result)} == {(1, 2)}


def test_a_workshop_competes_with_all_its_lines(cast: Cast) -> None:
    made = raced(cast)
    beside(made)
    result = counted(made, cast.unit["QL-R"], cast.unit["QL-F"])
    smelting = result.outcome["teams"][0]
    assert smelting["stood"] == 2 * 7 * 3
    assert Decimal(smelting["by"]["SM-01"]["plan"]) == (303 + 600) * 7
