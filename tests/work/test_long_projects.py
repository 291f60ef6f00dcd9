"""A project of the loop that lasts half a year, with members of two branches: it needs a party body (R-ORG-06)."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.history import history_of
from ronglu.store.models import Case, Finding
from ronglu.store.projects import projects
from ronglu.work.findings import refresh_findings
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.loops_played import add, go, offices, raised  # noqa: F401

BEGUN = AT.date()
HALF_A_YEAR = "2026-09-30"


def found(cast: Cast, on: dt.date = BEGUN) -> list[Finding]:
    refresh_findings(plant=cast.plant, on=on, at=AT)
    return list(Finding.objects.filter(rule="R-ORG-06", cleared_on=None))


def project(cast: Cast, *team: str, finish_by: str = HALF_A_YEAR, **more: Any) -> Case:
    """Led by 李班长, who is of the branch of the converter."""
    case = raised(cast, "project", "陈技术员", kind="renewal", what="水系统分质分级回用", aim="新水降一成")
    go(cast, case, "马主任", "approve", manager="李班长")
    add(cast, case, "李班长", "stage", who="李班长", due_on=dt.date(2026, 4, 30), stage="design")
    people = [cast.person[name].pk for name in team]
    go(cast, case, "李班长", "start", finish_by=finish_by, team=people, **more)
    return case


@pytest.mark.covers("S2-21")
def test_members_of_two_branches_who_work_together_for_half_a_year_need_a_party_body_till_it_is_named(
    cast: Cast,
) -> None:
    case = project(cast, "郑师傅", "吴师傅")
    (row,) = found(cast)
    assert (row.severity, row.body, row.unit, row.opened_on) == ("MUST", None, case.unit, BEGUN)
    assert row.detail == f"{case.title}为期 6 个月以上，有党员 2 名，尚未建立党组织"
    assert row.clear_by == "在项目上成立党支部（或临时党支部），并登记到该项目"
    go(cast, case, "李班长", "attach", body=cast.body["QL-B2"].pk)
    assert found(cast) == []


def test_a_body_may_be_named_at_the_start_and_only_by_who_leads_or_stands_above(cast: Cast) -> None:
    case = project(cast, "郑师傅", body=cast.body["QL-B1"].pk)
    assert found(cast) == []
    with pytest.raises(LoopTrouble, match="“登记项目党组织”不归您办"):
        go(cast, case, "吴师傅", "attach", body=cast.body["QL-B2"].pk)


def test_members_of_one_branch_and_a_short_project_need_none(cast: Cast) -> None:
    project(cast, "何组长", "王书记")
    project(cast, "郑师傅", finish_by="2026-08-31")
    assert found(cast) == []
    assert len(projects(cast.plant)) == 2


def test_one_that_is_not_approved_or_over_is_no_project(cast: Cast) -> None:
    raised(cast, "project", "陈技术员", kind="renewal", what="水系统", aim="降一成")
    refused = raised(cast, "project", "陈技术员", kind="renewal", what="渣选", aim="提 2 个点")
    go(cast, refused, "马主任", "reject", reason="与集中供热重复")
    assert projects(cast.plant) == ()
    case = project(cast, "郑师傅")
    assert len(found(cast)) == 1
    go(cast, case, "马主任", "stop", reason="小试不成", at=AT + dt.timedelta(days=3))
    assert found(cast, BEGUN + dt.timedelta(days=3)) == []
    assert [one.span.until_on for one in history_of(cast.plant).projects] == [BEGUN + dt.timedelta(days=3)]
