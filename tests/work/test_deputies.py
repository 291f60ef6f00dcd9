"""Deputies: named by the absent or his superior, dated, ended by the calendar."""

import datetime as dt

import pytest

from ronglu.store.models import AuditEntry, Deputy, Post
from ronglu.work import deputies
from ronglu.work.deputies import DeputyProblem
from tests.cast import AT, ON, Cast, cast  # noqa: F401

BACK = dt.date(2026, 3, 16)


def name(cast: Cast, absent: str, deputy: str, by: str, from_on: dt.date = ON, until_on: dt.date = BACK) -> Deputy:
    return deputies.name(
        absent=cast.person[absent],
        deputy=cast.person[deputy],
        from_on=from_on,
        until_on=until_on,
        by=cast.account[by],
        at=AT,
    )


def test_the_absent_names_his_deputy_and_it_ends_by_itself(cast: Cast) -> None:
    name(cast, "李班长", "何组长", by="李班长")
    assert "crew_leader" in cast.scope("何组长", dt.date(2026, 3, 15)).roles
    assert "crew_leader" not in cast.scope("何组长", BACK).roles
    entry = AuditEntry.objects.get(verb="deputies.name")
    assert entry.detail == {"deputy": "20103", "from_on": "2026-03-10", "until_on": "2026-03-16"}


def test_the_workshop_head_names_one_for_his_crew_leader_and_his_statistician(cast: Cast) -> None:
    name(cast, "李班长", "何组长", by="马主任")
    name(cast, "周统计员", "陈技术员", by="马主任")
    assert "statistician" in cast.scope("陈技术员").roles


@pytest.mark.parametrize(
    ("absent", "by"),
    [
        ("李班长", "周统计员"),  # works in the same workshop, heads nothing
        ("李班长", "王书记"),  # heads the branch, not the crew
        ("马主任", "李班长"),  # stands below
        ("李班长", "邻厂书记"),
        ("李班长", "孙干事"),
        ("王书记", "马主任"),  # else he could hand the branch's points to whom he likes
        ("李班长", "外人"),
    ],
)
def test_nobody_else_may(cast: Cast, absent: str, by: str) -> None:
    with pytest.raises(DeputyProblem, match="本人或其上级指定"):
        name(cast, absent, "吴师傅", by=by)
    assert not Deputy.objects.exists()


def test_a_superior_of_one_of_two_posts_is_not_enough(cast: Cast) -> None:
    """陈技术员 works under 马主任; as 委员 of the branch he sees its members' points, which are not 马主任's to lend."""
    Post.objects.create(person=cast.person["陈技术员"], role="member", body=cast.body["QL-B1"], from_on=ON)
    with pytest.raises(DeputyProblem, match="本人或其上级指定"):
        name(cast, "陈技术员", "吴师傅", by="马主任")


def test_the_secretary_of_the_committee_names_one_for_a_branch_secretary(cast: Cast) -> None:
    assert name(cast, "王书记", "何组长", by="高书记").deputy.name == "何组长"


def test_a_lent_post_is_not_lent_on(cast: Cast) -> None:
    name(cast, "马主任", "吴师傅", by="马主任")
    with pytest.raises(DeputyProblem, match="本人或其上级指定"):
        name(cast, "李班长", "郑师傅", by="吴师傅")


@pytest.mark.parametrize(
    ("deputy", "from_on", "until_on", "says"),
    [
        ("李班长", ON, BACK, "不能由本人代理本人"),
        ("邻厂书记", ON, BACK, "不在本厂"),
        ("何组长", ON, ON, "必须晚于"),
        ("何组长", dt.date(2026, 3, 9), BACK, "不能倒签"),
        ("何组长", ON, dt.date(2026, 6, 11), "最长 92 天"),
    ],
)
def test_dates_and_persons_must_make_sense(
    cast: Cast, deputy: str, from_on: dt.date, until_on: dt.date, says: str
) -> None:
    with pytest.raises(DeputyProblem, match=says):
        name(cast, "李班长", deputy, by="李班长", from_on=from_on, until_on=until_on)


def test_two_deputies_for_the_same_days_are_refused_but_one_after_the_other_is_not(cast: Cast) -> None:
    name(cast, "李班长", "何组长", by="李班长")
    with pytest.raises(DeputyProblem, match="已经指定过代理"):
        name(cast, "李班长", "吴师傅", by="李班长", from_on=dt.date(2026, 3, 15), until_on=dt.date(2026, 3, 20))
    name(cast, "李班长", "吴师傅", by="李班长", from_on=BACK, until_on=dt.date(2026, 3, 20))


def test_who_is_away_himself_does_not_stand_in(cast: Cast) -> None:
    name(cast, "马主任", "周统计员", by="马主任")
    with pytest.raises(DeputyProblem, match="自己这几天也由人代理"):
        name(cast, "李班长", "马主任", by="李班长")


def test_back_early_ends_it_today(cast: Cast) -> None:
    made = name(cast, "李班长", "何组长", by="李班长")
    later = dt.datetime(2026, 3, 12, 8, 0)
    deputies.end(deputy=made, by=cast.account["李班长"], at=later)
    assert "crew_leader" in cast.scope("何组长", dt.date(2026, 3, 11)).roles
    assert "crew_leader" not in cast.scope("何组长", dt.date(2026, 3, 12)).roles
    with pytest.raises(DeputyProblem, match="已经结束"):
        deputies.end(deputy=made, by=cast.account["李班长"], at=later)


def test_the_deputy_does_not_end_or_prolong_it_himself(cast: Cast) -> None:
    made = name(cast, "李班长", "何组长", by="李班长")
    with pytest.raises(DeputyProblem, match="本人或其上级结束"):
        deputies.end(deputy=made, by=cast.account["何组长"], at=AT)
