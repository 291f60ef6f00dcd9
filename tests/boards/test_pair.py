"""A pact's board: defects by number, lots before and after, answers in time, the indicator by month; nothing of other lines."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from ronglu.boards.pair.read import Bar, read
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, CaseRow, IndicatorRow
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS, line, report, step

__all__ = ["cast"]
FEEDBACK, PACT = LOOPS["feedback"], LOOPS["pact"]
ON = dt.date(2026, 4, 10)
HOUR = dt.timedelta(hours=1)


def lot(
    cast: Cast, name: str, rejects: int, defects: dict[str, int], *, unit: str = "QL-R1", at: dt.datetime = AT
) -> Case:
    """A lot of 100 plates that came back from the refinery."""
    given = {"lot": name, "aspect": "looks", "plates": "100", "rejects": str(rejects)}
    case = report(cast, "郑师傅", loop=FEEDBACK, unit=cast.unit[unit], given=given, at=at).case
    for kind, count in defects.items():
        CaseRow.objects.create(
            case=case, kind="defect", no=len(defects) + count, state="noted", data={"defect": kind, "count": str(count)}, added_at=at
        )  # fmt: skip
    return case


@pytest.fixture
def pact(cast: Cast) -> Case:
    """Between the converter branch and the refining branch; only the first one's line is looked at below."""
    given = {"theme": "阳极板质量", "what": "共同改善", "until": "2026-12-31", "indicator": "SM-12", "was": "96.1"}
    return report(cast, "王书记", loop=PACT, unit=None, body=cast.body["QL-B1"], given=given).case


@pytest.mark.covers("S0-28", "S0-30")
def test_defects_stand_in_order_of_their_number_with_their_cumulated_share(cast: Cast, pact: Case) -> None:
    lot(cast, "A1", 9, {"lug": 6, "burr": 3})
    lot(cast, "A2", 11, {"burr": 9, "bent": 2})
    lot(cast, "F1", 50, {"size": 50}, unit="QL-F1")  # 精炼: not a line of a body that signed
    lot(cast, "A0", 7, {"other": 7}, at=dt.datetime(2025, 10, 31, 9))  # before the six months
    found = read(case=pact, feedback=FEEDBACK, on=ON)
    assert found.bars == (
        Bar("飞边毛刺", 12, Fraction(12, 20)), Bar("耳部缺陷", 6, Fraction(18, 20)), Bar("弯曲变形", 2, Fraction(1)),
    )  # fmt: skip
    assert [one.lot for one in found.lots] == ["A2", "A1"]
    assert (found.first, found.bodies) == (dt.date(2025, 11, 1), ("转炉党支部",))


def test_a_lot_is_better_only_when_the_rate_of_the_next_lots_is_lower(cast: Cast, pact: Case) -> None:
    for name, after in (("A1", (30, 600)), ("A2", (120, 600)), ("A3", None)):
        case = lot(cast, name, 10, {"lug": 10})
        if after:
            Case.objects.filter(pk=case.pk).update(
                data=case.data | {"rejects_after": str(after[0]), "plates_after": str(after[1])}
            )
    found = {one.lot: one.better for one in read(case=pact, feedback=FEEDBACK, on=ON).lots}
    assert found == {"A1": True, "A2": False, "A3": None}


def test_answers_count_once_they_were_due(cast: Cast, pact: Case) -> None:
    """Eight hours to answer: one in time, one an hour late, one not at all, and one whose hours are not over."""
    for name, hours in (("A1", 8), ("A2", 9)):
        case = lot(cast, name, 1, {"lug": 1})
        step(
            cast, case, "马主任", "answer", loop=FEEDBACK, at=AT + hours * HOUR, cause_kind="method", cause="浇铸温度低"
        )
    lot(cast, "A3", 1, {"lug": 1})
    lot(cast, "A4", 1, {"lug": 1}, at=dt.datetime.combine(ON, dt.time(9)))
    found = read(case=pact, feedback=FEEDBACK, on=ON)
    assert (found.met, found.due) == (1, 3)


def test_the_indicator_is_shown_by_month_and_a_month_without_a_value_stays_empty(cast: Cast, pact: Case) -> None:
    for month, value in ((202602, "96.40"), (202604, "97.10")):
        period = str(Period.from_yyyymm(month))
        IndicatorRow.objects.create(
            plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-12", grain="month", period=period, month=month,
            value=value, covered=1, expected=1,
        )  # fmt: skip
    found = read(case=pact, feedback=FEEDBACK, on=ON)
    assert found.lines == ("转炉线",)
    assert [values for _, values in found.trend[-3:]] == [(Decimal("96.40"),), (None,), (Decimal("97.10"),)]


def test_commitments_are_kept_when_the_other_side_passed_them(cast: Cast, pact: Case) -> None:
    step(cast, pact, "王书记", "invite", loop=PACT, partner=[cast.person["王书记"].pk])
    for who in ("王书记", "何组长"):
        line(cast, pact, "王书记", who=who, due_on=ON, loop=PACT, kind="promise", promise="每班首检")
    CaseRow.objects.filter(case=pact, kind="promise", no=1).update(state="passed")
    found = read(case=pact, feedback=FEEDBACK, on=ON)
    assert (found.kept, found.promised) == (1, 2)
