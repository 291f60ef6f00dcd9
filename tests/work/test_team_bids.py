"""A bid for a team: by one of its people only; and nobody of the team judges, accepts or gives it more time."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, CaseRow, Post, Team, TeamMember
from ronglu.work import cases_clock, cases_view
from tests.cast import AT, SINCE, Cast, cast
from tests.work.loops_cast import LOOPS, settle
from tests.work.loops_played import SPRING, add, go, offices, raised

__all__ = ["cast", "offices"]
BOUNTY = LOOPS["bounty"]
STAKE = "评审人不能是揭榜人、揭榜队伍的人或发榜人，请另选"


@pytest.fixture
def squad(cast: Cast) -> Team:
    """Led by 李班长, with 何组长 and 马主任 in it; 郑师傅 left it before the challenge."""
    made = Team.objects.create(
        plant=cast.plant, code="T1", name="转炉突击队", kind="shock_tech", body=cast.body["QL-B1"], purpose="攻关", from_on=SINCE
    )  # fmt: skip
    for name, role in (("李班长", "leader"), ("何组长", "member"), ("马主任", "member")):
        join(cast, made, name, role=role)
    join(cast, made, "郑师傅", until_on=AT.date())
    return made


def join(cast: Cast, team: Team, name: str, *, role: str = "member", **days: Any) -> TeamMember:
    return TeamMember.objects.create(team=team, person=cast.person[name], role=role, **{"from_on": SINCE} | days)


def challenge(cast: Cast) -> Case:
    given = {"what": "烟罩漏风", "indicator": "SM-09", "was": "12", "aim": "8", "reach_by": "2026-09-30"}
    case = raised(cast, "bounty", "陈技术员", **given)
    go(cast, case, "周统计员", "publish", reward="2 万元", bids_until="2026-03-20")
    return case


def shut(case: Case) -> Case:
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 21))
    case.refresh_from_db()
    assert case.state == "judging"
    return case


def appoint(cast: Cast, case: Case, *judges: str) -> None:
    go(cast, case, "周统计员", "appoint", judge=[cast.person[name].pk for name in judges])


@pytest.mark.covers("S3-15")
@pytest.mark.parametrize("name", ["李班长", "何组长"])
def test_its_leader_and_its_members_bid_for_a_team(cast: Cast, squad: Team, name: str) -> None:
    row = add(cast, challenge(cast), name, "bid", plan="水冷密封", squad=squad.pk)
    assert (row.data["squad"], row.added_by) == (squad.pk, cast.person[name])


@pytest.mark.parametrize("name", ["吴师傅", "郑师傅", "周统计员"])
def test_nobody_else_bids_for_it(cast: Cast, squad: Team, name: str) -> None:
    """郑师傅 left it that very day."""
    case = challenge(cast)
    with pytest.raises(LoopTrouble, match="您不是“转炉突击队”的队长或队员，不能以它的名义填揭榜方案"):
        add(cast, case, name, "bid", plan="水冷密封", squad=squad.pk)
    assert not CaseRow.objects.exists()


def test_nobody_bids_for_a_team_that_is_no_more_or_that_is_of_another_plant(cast: Cast, squad: Team) -> None:
    case = challenge(cast)
    Team.objects.update(until_on=AT.date())
    with pytest.raises(LoopTrouble, match="“转炉突击队”已经撤销"):
        add(cast, case, "李班长", "bid", plan="水冷密封", squad=squad.pk)
    Team.objects.update(until_on=None, plant=cast.neighbour)
    with pytest.raises(LoopTrouble, match="“以哪支队伍揭榜”没有选对，本厂没有这一项"):
        add(cast, case, "李班长", "bid", plan="水冷密封", squad=squad.pk)


@pytest.mark.parametrize("judge", ["李班长", "何组长", "马主任"])
def test_nobody_of_the_team_is_made_a_judge(cast: Cast, squad: Team, judge: str) -> None:
    case = challenge(cast)
    add(cast, case, "李班长", "bid", plan="水冷密封", squad=squad.pk)
    shut(case)
    with pytest.raises(LoopTrouble, match=STAKE):
        appoint(cast, case, "冯主席", judge)
    appoint(cast, case, "冯主席", "郑师傅")


def test_a_judge_who_joins_the_team_later_awards_nothing_and_neither_does_one_who_leaves_it(
    cast: Cast, squad: Team
) -> None:
    case = challenge(cast)
    add(cast, case, "李班长", "bid", plan="水冷密封", squad=squad.pk)
    shut(case)
    appoint(cast, case, "冯主席")
    add(cast, case, "冯主席", "mark", bid_no="1", points="88", why="可靠")
    joined = join(cast, squad, "冯主席", from_on=AT.date() + dt.timedelta(days=3))
    with pytest.raises(LoopTrouble, match=f"您与这一件有关（揭榜方案），“定中榜人”须由另一人\n{STAKE}"):
        go(cast, case, "冯主席", "award", winner="李班长", reason="分高")
    TeamMember.objects.filter(pk=joined.pk).delete()
    TeamMember.objects.filter(person=cast.person["马主任"]).update(until_on=AT.date() + dt.timedelta(days=1))
    with pytest.raises(LoopTrouble, match=STAKE):
        appoint(cast, case, "马主任")


def working(cast: Cast, squad: Team | None) -> Case:
    """Won by 李班长, judged by 冯主席."""
    case = challenge(cast)
    add(cast, case, "李班长", "bid", plan="水冷密封", **({"squad": squad.pk} if squad else {}))
    shut(case)
    appoint(cast, case, "冯主席")
    add(cast, case, "冯主席", "mark", bid_no="1", points="88", why="可靠")
    go(cast, case, "冯主席", "award", winner="李班长", reason="只有一家")
    go(cast, case, "李班长", "sign", pledge="九月底达到")
    return case


def test_one_of_the_winning_team_gives_it_no_more_time_whatever_his_post(cast: Cast, squad: Team) -> None:
    case = working(cast, squad)
    Post.objects.create(person=cast.person["马主任"], role="plant_head", unit=cast.unit["QL"], from_on=SINCE)
    with pytest.raises(LoopTrouble, match="您与这一件有关（中榜人），“准许延期”须由另一人"):
        go(cast, case, "马主任", "extend", reach_by="2026-12-31", reason="忙")
    go(cast, case, "周统计员", "extend", reach_by="2026-12-31", reason="停机推迟")


def test_one_of_the_winning_team_neither_sends_it_back_nor_records_its_reward(cast: Cast, squad: Team) -> None:
    case = working(cast, squad)
    row = add(cast, case, "李班长", "milestone", who="李班长", due_on=SPRING, milestone="样机上线")
    settle(cast, row, "李班长", "done", loop=BOUNTY)
    go(cast, case, "李班长", "hand_in", result="改造完")
    settle(cast, row, "冯主席", "pass", loop=BOUNTY)
    go(cast, case, "冯主席", "accept", measured="7.8")
    go(cast, case, "郑师傅", "confirm", verified="360000")
    Post.objects.create(person=cast.person["何组长"], role="plant_head", unit=cast.unit["QL"], from_on=SINCE)
    with pytest.raises(LoopTrouble, match="这一件由您办理，“登记兑现”须由另一人"):
        go(cast, case, "何组长", "pay", paid="已发")
    go(cast, case, "周统计员", "pay", paid="已发 2 万元")


def test_who_bids_for_himself_has_no_team_with_a_stake(cast: Cast, squad: Team) -> None:
    case = working(cast, None)
    Post.objects.create(person=cast.person["马主任"], role="plant_head", unit=cast.unit["QL"], from_on=SINCE)
    go(cast, case, "马主任", "extend", reach_by="2026-12-31", reason="停机推迟")


def test_teams_cost_one_query_more_however_many_bid(
    cast: Cast, squad: Team, django_assert_num_queries: Any
) -> None:  # fmt: skip
    case = challenge(cast)
    with django_assert_num_queries(3):
        cases_view.view(BOUNTY, case)
    for name in ("李班长", "何组长", "马主任"):
        add(cast, case, name, "bid", plan="水冷密封", squad=squad.pk)
        with django_assert_num_queries(4):
            cases_view.view(BOUNTY, case)
