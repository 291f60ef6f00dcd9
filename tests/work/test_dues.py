"""Dues: told by the secretary of the branch alone, and what the rule finds is nowhere but in his own hands."""

import datetime as dt

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, BodyState, DuesUnpaid, Finding, Membership, Post
from ronglu.work import dues, life_findings
from ronglu.work.dues import Alert, BadDues
from ronglu.work.queries import org_findings
from ronglu.work.queries.todo_dues import waiting_dues
from tests.cast import AT, ON, Cast, cast  # noqa: F401
from tests.work.lived import held

MARCH = Period.month(2026, 3)


def keep(cast: Cast, month: Period, *names: str, excused: tuple[str, ...] = (), who: str = "王书记") -> None:
    keys = {name: cast.person[name].pk for name in (*names, *excused)}
    dues.keep(
        branch=cast.body["QL-B1"], month=month, unpaid=keys.values(), excused=[keys[one] for one in excused],
        by=cast.account[who], at=AT,
    )  # fmt: skip


def unpaid_for(cast: Cast, months: int, name: str = "李班长") -> None:
    for back in reversed(range(months)):
        keep(cast, MARCH - back, name)


def alerts(cast: Cast, on: dt.date = ON) -> list[Alert]:
    return dues.alerts(branch=cast.body["QL-B1"], on=on)


def test_all_have_paid_but_those_who_are_ticked_and_a_month_that_was_not_told_is_no_miss(cast: Cast) -> None:
    assert dues.told(branch=cast.body["QL-B1"], month=MARCH) is None
    keep(cast, MARCH, "李班长", excused=("何组长",))
    told = dues.told(branch=cast.body["QL-B1"], month=MARCH)
    assert told == {cast.person["李班长"].pk: False, cast.person["何组长"].pk: True}
    keep(cast, MARCH)
    assert dues.told(branch=cast.body["QL-B1"], month=MARCH) == {}


def test_the_sixth_month_in_a_row_is_told_and_the_fifth_is_not(cast: Cast) -> None:
    unpaid_for(cast, 5)
    assert alerts(cast) == []
    unpaid_for(cast, 6)
    assert alerts(cast) == [Alert("李班长", 6)]


def test_a_good_reason_or_a_month_nobody_told_breaks_the_row(cast: Cast) -> None:
    unpaid_for(cast, 6)
    keep(cast, MARCH - 2, excused=("李班长",))
    assert alerts(cast) == []
    unpaid_for(cast, 7)
    cast.body["QL-B1"].dues_months.filter(month=(MARCH - 1).yyyymm).delete()
    assert alerts(cast) == []


def test_who_paid_in_the_newest_month_or_left_the_branch_is_told_no_more(cast: Cast) -> None:
    unpaid_for(cast, 6)
    keep(cast, MARCH)
    assert alerts(cast) == []
    keep(cast, MARCH, "李班长")
    Membership.objects.filter(person=cast.person["李班长"]).update(until_on=ON)
    assert alerts(cast) == []


def test_the_rule_stands_for_nobody_as_a_row_and_in_no_count(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", ON)  # members are judged from then on
    unpaid_for(cast, 8)
    life_findings.refresh(plant=cast.plant, on=ON, at=AT)
    assert not Finding.objects.filter(rule="R-EDU-08").exists()
    judged = {one.rule for one in life_findings.judge(plant=cast.plant, on=ON)}
    assert "R-EDU-01" in judged and "R-EDU-08" not in judged
    rows = org_findings.visible(scope=cast.scope("王书记"), plant=cast.plant, on=ON)
    (rule,) = [one for one in org_findings.told(plant=cast.plant, on=ON, rows=rows) if one.rule.id == "R-EDU-08"]
    assert (rule.checked, rule.open) == (True, 0)


def test_only_the_secretary_of_that_very_branch_may_tell_and_only_while_he_is(cast: Cast) -> None:
    for name in ("高书记", "孙干事", "何组长", "马主任", "邻厂书记", "赵安全员"):
        with pytest.raises(BadDues, match="只由本支部的书记"):
            keep(cast, MARCH, "李班长", who=name)
    Post.objects.filter(person=cast.person["王书记"], role="secretary").update(until_on=ON)
    with pytest.raises(BadDues, match="只由本支部的书记"):
        keep(cast, MARCH, "李班长")
    assert not DuesUnpaid.objects.exists()


def test_what_waits_is_told_to_him_without_a_name_and_to_nobody_else(cast: Cast) -> None:
    assert list(waiting_dues(cast.scope("王书记"))) == []
    unpaid_for(cast, 6)
    (one,) = waiting_dues(cast.scope("王书记"))
    assert (one.kind, one.count, one.place, one.key) == ("dues", 0, "", "")
    assert [name for name in cast.names if list(waiting_dues(cast.scope(name)))] == ["王书记"]


def test_neither_a_committee_member_nor_a_stand_in_is_the_secretary(cast: Cast) -> None:
    unpaid_for(cast, 6)
    for role in ("deputy", "organiser"):
        Post.objects.create(
            person=cast.person["马主任"], role=role, body=cast.body["QL-B1"], from_on=dt.date(2026, 1, 1)
        )
    cast.person["马主任"].refresh_from_db()
    assert dues.branch_of(person=cast.person["马主任"].pk, on=ON) is None
    assert list(waiting_dues(cast.scope("马主任"))) == []


def test_the_trail_says_who_told_which_month_and_no_name_or_number(cast: Cast) -> None:
    keep(cast, MARCH, "李班长", excused=("何组长",))
    (entry,) = AuditEntry.objects.filter(verb="dues.keep")
    assert (entry.subject, entry.detail) == ("QL-B1", {"month": 202603})


@pytest.mark.parametrize(
    ("month", "who", "why"),
    [(MARCH + 1, "李班长", "不能登记"), (MARCH - 25, "李班长", "不能登记"), (MARCH, "郑师傅", "不在本支部")],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, month: Period, who: str, why: str) -> None:
    with pytest.raises(BadDues, match=why):
        keep(cast, month, who)


def test_a_reason_without_a_miss_is_refused(cast: Cast) -> None:
    with pytest.raises(BadDues, match="只对没有交的人"):
        dues.keep(
            branch=cast.body["QL-B1"], month=MARCH, unpaid=(), excused=[cast.person["李班长"].pk],
            by=cast.account["王书记"], at=AT,
        )  # fmt: skip


def test_a_branch_that_became_a_general_branch_has_no_dues_book_over_the_branches_below(cast: Cast) -> None:
    branch = cast.body["QL-B1"]
    BodyState.objects.filter(body=branch).update(until_on=ON)
    BodyState.objects.create(body=branch, name="转炉党总支", kind="general", parent=cast.body["QL-C"], from_on=ON)
    wang = cast.person["王书记"].pk
    assert dues.branch_of(person=wang, on=ON - dt.timedelta(days=1)) == branch
    assert dues.branch_of(person=wang, on=ON) is None
