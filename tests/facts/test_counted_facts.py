"""Cases that count by the piece: a confirmed quality complaint costs in the month it was confirmed, told or refuted ones nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.facts import cases
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case
from ronglu.tasks.assess import assess_month
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.loops_cast import LOOPS, report, step
from tests.work.loops_played import add

pytestmark = pytest.mark.django_db
APRIL = Period.month(2026, 4)
LOOP = LOOPS["complaint"]
TENTH = dt.datetime(2026, 3, 10, 9)


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line, loop = cast.unit["QL-R1"], LOOPS["feedback"]
    # E4 is scored from the day on which feedback is kept: one lot, answered within its hour
    given = {"lot": "Y-0320-2", "aspect": "looks", "plates": "400", "rejects": "12"}
    lot = report(cast, "郑师傅", loop=loop, at=TENTH, given=given, unit=line).case
    step(cast, lot, "马主任", "answer", loop=loop, at=TENTH, cause_kind="method", cause="浇铸温度偏低")
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def told(cast: Cast) -> Case:
    given = {"product": "阳极板", "customer": "inside", "what": "板面夹渣"}
    return report(cast, "马主任", loop=LOOP, at=TENTH, given=given, unit=cast.unit["QL-R1"]).case


def confirmed(cast: Cast, at: dt.datetime = TENTH) -> Case:
    case = told(cast)
    step(cast, case, "陈技术员", "confirm", loop=LOOP, at=at, ground="抽检属实")
    return case


@pytest.mark.covers("S1-52")
def test_two_confirmed_complaints_take_four_points_off_and_one_not_yet_confirmed_takes_none(
    cast: Cast, march: March
) -> None:
    confirmed(cast), confirmed(cast), told(cast)
    refuted = told(cast)
    step(cast, refuted, "陈技术员", "refute", loop=LOOP, at=TENTH, reason="用户露天存放")
    found = result(assess_month(plant=march.plant, month=MARCH, at=AT), "E4")
    # 1 ÷ 1 × 7 less 2 × 2
    assert (sorted(lines(found)), found.won) == ([("answered", 1, 1), ("complaint", 2, 2)], 300)
    assert same_in_the_kernel(found)


def test_it_counts_once_in_the_month_of_its_confirmation_also_when_it_was_sent_back(cast: Cast, march: March) -> None:
    case = confirmed(cast, dt.datetime(2026, 3, 31, 23, 59))
    for name, code, given in (
        ("马主任", "finish", {"cause_kind": "method", "cause": "扒渣不净", "reply": "已改"}),
        ("陈技术员", "back", {"reason": "仍有"}),
    ):
        if code == "finish":
            _measure(cast, case)
        step(cast, case, name, code, loop=LOOP, at=dt.datetime(2026, 4, 1, 9), **given)
    days = {
        str(month): [(row["day"], row["num"]) for row in _rows(march, month) if row["fact"] == "complaint"]
        for month in (MARCH, APRIL)
    }
    assert days == {"2026-03": [(dt.date(2026, 3, 31), 1)], "2026-04": []}


def test_what_is_confirmed_later_writes_its_month_again(cast: Cast, march: March) -> None:
    case = told(cast)
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "E4").won == 700
    step(cast, case, "陈技术员", "confirm", loop=LOOP, at=dt.datetime(2026, 3, 31, 9), ground="属实")
    assert result(assess_month(plant=march.plant, month=MARCH, at=AT), "E4").won == 500


def _measure(cast: Cast, case: Case) -> None:
    row = add(cast, case, "马主任", "measure", who="李班长", due_on=dt.date(2026, 4, 8), measure="两次扒渣")
    type(row).objects.filter(pk=row.pk).update(state="done")


def _rows(march: March, month: Period) -> list[dict[str, Any]]:
    return cases.rows(plant=march.plant, month=month, loops=LOOPS)
