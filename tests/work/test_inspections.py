"""专项自查: planned, held, each finding an action with one person and one day; what was not held or ran late costs (A7)."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, InspectionFinding, SelfInspection
from ronglu.tasks.assess import assess_month
from ronglu.work import cases, inspections
from ronglu.work.closings import Closed
from ronglu.work.inspections import BadInspection, Found
from ronglu.work.queries import integrity as queries
from ronglu.work.queries.cases import visible
from ronglu.work.queries.places import Places
from tests.cast import AT, ON, Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT as APRIL
from tests.facts.plant_month import MARCH, make_march
from tests.facts.scored import lines, result, same_in_the_kernel
from tests.work.sworn import OFFICER, discipline_member, officer
from tests.work.test_commitments import closed

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 3, 20)


def planned(cast: Cast, due_on: dt.date = DUE, body: str = "QL-B1") -> SelfInspection:
    return inspections.plan(
        body=cast.body[body],
        title="物资领用",
        scope="领用、报废和回收",
        due_on=due_on,
        by=cast.account["王书记"],
        at=AT,
    )


def held(cast: Cast) -> SelfInspection:
    return inspections.hold(
        inspection=planned(cast), on=ON, result="抽查 20 笔，2 笔手续不全", by=cast.account["王书记"], at=AT
    )


def found(cast: Cast, row: SelfInspection, finish_by: dt.date = dt.date(2026, 3, 25), what: str = "补齐领料单") -> Case:
    one = Found(what=what, owner=cast.person["李班长"], finish_by=finish_by)
    return inspections.find(
        inspection=row,
        found=one,
        loop=packs().loops["action"],
        by=cast.account["王书记"],
        scope=cast.scope("王书记"),
        at=AT,
    ).case


@pytest.mark.covers("S2-31")
def test_what_a_self_inspection_found_is_a_case_with_one_person_and_one_day(cast: Cast) -> None:
    row = held(cast)
    case = Case.objects.get(pk=found(cast, row).pk)
    assert (case.loop, case.state, case.body, case.unit) == ("action", "doing", cast.body["QL-B1"], cast.unit["QL-R1"])
    assert (case.data["source"], case.data["said"], case.data["finish_by"]) == (
        "inspection",
        "物资领用（2026-03-10）",
        "2026-03-25",
    )
    assert [one.person for one in case.parties.all()] == [cast.person["李班长"]]
    assert [
        one.cases for one in queries.inspections(scope=cast.scope("王书记"), places=Places(cast.plant, ON), year=2026)
    ] == [(case,)]


def test_first_the_inspection_then_what_it_found(cast: Cast) -> None:
    with pytest.raises(BadInspection, match="先登记自查"):
        found(cast, planned(cast))
    with pytest.raises(BadInspection, match="还没有到"):
        inspections.hold(inspection=planned(cast), on=DUE, result="查过", by=cast.account["王书记"], at=AT)
    row = held(cast)
    with pytest.raises(BadInspection, match="现在是“已自查”"):
        inspections.hold(inspection=row, on=ON, result="再查", by=cast.account["王书记"], at=AT)
    with pytest.raises(LoopTrouble):
        found(cast, row, what=" ")
    assert not InspectionFinding.objects.exists()


def test_who_planned_it_does_not_call_it_off_and_nobody_does_when_its_day_is_over(cast: Cast) -> None:
    row = planned(cast)
    with pytest.raises(BadInspection, match="须由另一人取消"):
        inspections.drop(inspection=row, reason="没空", by=cast.account["王书记"], at=AT)
    with pytest.raises(BadInspection, match="不能再取消"):
        inspections.drop(inspection=row, reason="没空", by=cast.account["高书记"], at=APRIL)
    assert (
        inspections.drop(inspection=row, reason="与公司检查合并", by=cast.account["高书记"], at=AT).state == "dropped"
    )


def test_one_held_after_its_day_is_still_recorded_and_a_closed_month_refuses_one_held_in_time(cast: Cast) -> None:
    row = planned(cast)
    closed(cast)
    said = {"inspection": row, "result": "查过", "by": cast.account["王书记"], "at": APRIL}
    with pytest.raises(Closed, match="2026-03 已关账"):
        inspections.hold(on=DUE, **said)
    assert inspections.hold(on=dt.date(2026, 4, 2), **said).state == "held"


def test_another_branch_does_not_see_it(cast: Cast) -> None:
    row = planned(cast)
    seen = {name for name in cast.names if queries.inspection(scope=cast.scope(name), pk=row.pk) is not None}
    assert seen == {"王书记", "孙干事", "高书记"}


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> Any:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def put_right(cast: Cast, case: Case, at: dt.datetime) -> None:
    case = Case.objects.get(pk=case.pk)
    cases.move(
        loop=packs().loops["action"], case=case, code="finish", seen=case.seen, given={"result": "补齐了"}, at=at,
        by=cast.account["李班长"], scope=cast.scope("李班长", at.date()),
    )  # fmt: skip
    case.refresh_from_db()
    cases.move(
        loop=packs().loops["action"], case=case, code="close", seen=case.seen, given={}, at=at + dt.timedelta(hours=2),
        by=cast.account["王书记"], scope=cast.scope("王书记", at.date()),
    )  # fmt: skip


@pytest.mark.covers("S2-31")
def test_an_inspection_not_held_costs_one_and_a_finding_that_ran_late_two(cast: Cast, march: Any) -> None:
    """One was never held (−1); of the two findings of the other one was put right in time, one a day late (−2): 3 − 3."""
    planned(cast)
    row = held(cast)
    put_right(cast, found(cast, row), dt.datetime(2026, 3, 24, 9))
    late = found(cast, row, what="补签字")
    put_right(cast, late, dt.datetime(2026, 3, 26, 9))
    run = assess_month(plant=cast.plant, month=MARCH, at=APRIL)
    one = result(run, "A7")
    assert sorted(lines(one)) == [("missing_doc", 1, 2), ("overdue", 0, 1), ("overdue", 1, 1)]
    assert (one.state, one.won) == ("scored", 0)
    assert same_in_the_kernel(one)
    assert late.number in str(one.basis["records"])


def test_a_step_of_the_case_after_the_month_was_scored_moves_it(cast: Cast, march: Any) -> None:
    """Open past its day it costs two; the steps that come in later take that back."""
    case = found(cast, held(cast))
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A7").won == 100
    put_right(cast, case, dt.datetime(2026, 3, 24, 9))
    assert result(assess_month(plant=cast.plant, month=MARCH, at=APRIL), "A7").won == 300


def by_discipline(cast: Cast, row: SelfInspection, name: str) -> Case:
    one = Found(what="补齐领料单", owner=cast.person["李班长"], finish_by=dt.date(2026, 3, 25))
    loop, by, scope = packs().loops["action"], cast.account[name], cast.scope(name)
    return inspections.find(inspection=row, found=one, loop=loop, by=by, scope=scope, at=AT).case


def move(cast: Cast, case: Case, name: str, code: str, **given: Any) -> Case:
    case.refresh_from_db()
    cases.move(
        loop=packs().loops["action"], case=case, code=code, seen=case.seen, given=given, reason="",
        by=cast.account[name], scope=cast.scope(name), at=AT,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def test_discipline_raises_and_closes_what_an_inspection_found(cast: Cast) -> None:
    officer(cast)
    case = by_discipline(cast, held(cast), OFFICER)
    assert (case.origin, case.raised_by) == ("inspection", cast.person[OFFICER])
    assert move(cast, case, "李班长", "finish", result="补齐了").state == "checking"
    assert move(cast, case, OFFICER, "close").state == "closed"


def test_discipline_closes_what_the_branch_found_itself_and_the_discipline_member_of_the_branch_too(cast: Cast) -> None:
    officer(cast)
    discipline_member(cast)
    row = held(cast)
    for name in (OFFICER, "何组长"):
        case = found(cast, row, what=f"补齐领料单，{name}验收")
        assert case in visible(cast.scope(name), packs().loops)
        move(cast, case, "李班长", "finish", result="补齐了")
        assert move(cast, case, name, "close").state == "closed"


def test_discipline_acts_on_nothing_else_and_does_not_even_see_it(cast: Cast) -> None:
    officer(cast)
    loop, scope = packs().loops["action"], cast.scope(OFFICER)
    given = {"what": "修护栏", "source": "inspection", "finish_by": dt.date(2026, 3, 25)}
    with pytest.raises(LoopTrouble, match="不由您提出"):
        cases.raise_case(
            loop=loop,
            plant=cast.plant,
            unit=cast.unit["QL-R1"],
            given=given,
            at=AT,
            by=cast.account[OFFICER],
            scope=scope,
        )
    other = cases.raise_case(
        loop=loop, plant=cast.plant, unit=cast.unit["QL-R1"], given=given, at=AT, by=cast.account["王书记"],
        scope=cast.scope("王书记"),
    ).case  # fmt: skip
    assert other not in visible(scope, packs().loops)
    with pytest.raises(LoopTrouble):
        move(cast, other, OFFICER, "assign", doer=cast.person["李班长"].pk)
    with pytest.raises(LoopTrouble):  # the inspection is the branch's own, its findings are of its own plant
        by_discipline(cast, held(cast), "邻厂书记")
