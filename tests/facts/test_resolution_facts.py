"""B3: resolutions of closed meetings, kept when the action was handed in by its day and another person passed it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.facts import resolutions
from ronglu.kernel.time.period import Period
from ronglu.store.models import CalendarRow, Case, Partition, SheetVersion
from ronglu.tasks.assess import assess_month
from ronglu.work import gatherings_close, gatherings_room
from tests.cast import SINCE, Cast, cast  # noqa: F401
from tests.facts.gathered import gathering
from tests.facts.plant_month import SHIFTS
from tests.facts.scored import result, same_in_the_kernel
from tests.work.loops_cast import LOOPS, step

pytestmark = pytest.mark.django_db
MARCH, AT = Period.month(2026, 3), dt.datetime(2026, 4, 12, 9)
LOOP = LOOPS["action"]


@pytest.fixture(autouse=True)
def _day(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-12"
    CalendarRow.objects.create(plant=cast.plant, from_on=SINCE, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    SheetVersion.objects.create(
        plant=cast.plant, version=1, from_month=202501, declaration=dict(pack_of(cast.plant.code).sheet.declaration), digest="x",
        published_at=AT,
    )  # fmt: skip
    cast.plant.settings["life_from"] = "2026-01-01"
    cast.plant.save()


def decided(cast: Cast, *due: int, body: str = "QL-B1-甲", on: int = 5) -> list[Case]:
    """A meeting of 5 March that charged 李班长 with so many things of March, closed by the verbs."""
    who: dict[str, Any] = {"by": cast.account["王书记"]}
    one = gathering(
        cast, body, "group_meeting", dt.date(2026, 3, on), state="open", opened_at=dt.datetime(2026, 3, on, 16, 30)
    )
    for number in due:
        gatherings_room.resolve(
            gathering=one, text=f"要办的第 {number} 件", owner=cast.person["李班长"], due_on=dt.date(2026, 3, number),
            at=one.starts_at, **who,
        )  # fmt: skip
    gatherings_close.close(
        gathering=one, action=LOOP, scope=cast.scope("王书记"), at=dt.datetime(2026, 3, on, 17, 30), **who
    )
    return [row.case for row in one.resolutions.order_by("no")]


def done(cast: Cast, case: Case, day: int, *, passed: int | None) -> None:
    """李班长 hands it in on a day of March, 王书记 passes it on another."""
    step(cast, case, "李班长", "finish", loop=LOOP, at=dt.datetime(2026, 3, day, 15), result="办了")
    if passed:
        step(cast, case, "王书记", "close", loop=LOOP, at=dt.datetime(2026, 3, passed, 10))


@pytest.mark.covers("S1-15")
def test_what_was_handed_in_by_its_day_and_passed_counts_what_was_late_or_nobody_passed_does_not(cast: Cast) -> None:
    """Due on the 10th, 12th, 20th, 25th: in time, on the last day though passed later, two days late, never passed: 2 of 4."""
    cases = decided(cast, 10, 12, 20, 25)
    done(cast, cases[0], 9, passed=9)
    done(cast, cases[1], 12, passed=16)
    done(cast, cases[2], 22, passed=23)
    done(cast, cases[3], 24, passed=None)
    run = assess_month(plant=cast.plant, month=MARCH, at=AT)
    found = result(run, "B3")
    assert (found.state, found.won) == ("scored", 350)
    assert same_in_the_kernel(found)
    assert result(run, "B3", "QL-B2").state == "not_applicable"


def test_a_thing_sent_back_and_one_given_up(cast: Cast) -> None:
    """Sent back and handed in anew after its day: broken. Dropped before its day: not due any more."""
    sent, given_up = decided(cast, 12, 20)
    done(cast, sent, 11, passed=None)
    step(cast, sent, "王书记", "back", loop=LOOP, at=dt.datetime(2026, 3, 13, 9), reason="缺三班")
    done(cast, sent, 14, passed=15)
    step(cast, given_up, "马主任", "drop", loop=LOOP, at=dt.datetime(2026, 3, 14, 9), reason="设备拆了")
    rows = resolutions.rows(plant=cast.plant, month=MARCH, loops=LOOPS)
    assert [(row["record"], row["num"], row["day"]) for row in rows] == [(sent.number, 0, dt.date(2026, 3, 12))]
    assert {row["branch"] for row in rows} == {cast.body["QL-B1"].pk}, "a group's resolutions are its branch's"


def test_an_extension_granted_in_time_moves_the_day_and_with_it_the_month(cast: Cast) -> None:
    [case] = decided(cast, 31)
    step(
        cast,
        case,
        "王书记",
        "extend",
        loop=LOOP,
        at=dt.datetime(2026, 3, 20, 9),
        finish_by="2026-04-08",
        reason="备件未到",
    )
    marked = Partition.objects.filter(fact="resolutions").values_list("month", flat=True)
    assert set(marked) == {202603, 202604}
    assert resolutions.rows(plant=cast.plant, month=MARCH, loops=LOOPS) == []
    april = resolutions.rows(plant=cast.plant, month=MARCH + 1, loops=LOOPS)
    assert [(row["day"], row["num"]) for row in april] == [(dt.date(2026, 4, 8), 0)]


def test_passing_it_later_writes_the_month_again(cast: Cast) -> None:
    [case] = decided(cast, 20)
    done(cast, case, 19, passed=None)
    assert result(assess_month(plant=cast.plant, month=MARCH, at=AT), "B3").won == 0
    step(cast, case, "王书记", "close", loop=LOOP, at=dt.datetime(2026, 4, 2, 9))
    assert result(assess_month(plant=cast.plant, month=MARCH, at=AT), "B3").won == 700


def test_an_action_that_no_meeting_decided_is_none_of_b3(cast: Cast) -> None:
    from tests.work.loops_cast import report

    gathering(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 3, 5))
    given = {"what": "更新看板", "source": "meeting", "finish_by": "2026-03-20"}
    case = report(cast, "王书记", loop=LOOP, at=dt.datetime(2026, 3, 10, 9), given=given, unit=cast.unit["QL-R1"]).case
    step(cast, case, "王书记", "assign", loop=LOOP, at=dt.datetime(2026, 3, 10, 9), doer="李班长")
    assert result(assess_month(plant=cast.plant, month=MARCH, at=AT), "B3").state == "not_applicable"
