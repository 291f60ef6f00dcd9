"""Teams and their missions; duties, model posts and studios: who may be named, who may judge, what is refused."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import packs
from ronglu.kernel.labour import LabourTrouble
from ronglu.store.models import AuditEntry, Case, Duty, Mission, ModelPost, Partition, Studio, Team, TeamMember
from ronglu.work import duties, missions, model_posts, studios, teams
from ronglu.work.duties import BadDuty
from ronglu.work.missions import BadMission
from ronglu.work.model_posts import BadModelPost
from ronglu.work.queries.teams import challenges
from ronglu.work.queries.todo import todo
from ronglu.work.studios import BadStudio
from ronglu.work.teams import BadTeam
from tests.cast import AT, ON, SINCE, Cast, cast

__all__ = ["cast"]
LATER = AT + dt.timedelta(days=3)


def by(cast: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def found(cast: Cast, code: str = "TJ1", **other: Any) -> Team:
    said = {
        "name": "熔炼抢险突击队",
        "kind": "shock_rescue",
        "purpose": "炉体跑漏、停电抢险",
        "body": cast.body["QL-B1"],
    }
    return teams.found(plant=cast.plant, code=code, on=SINCE, **(said | other), **by(cast, "王书记"))


def join(cast: Cast, team: Team, name: str, role: str = "member", **other: Any) -> TeamMember:
    said = {"duties": "看好天车", "on": SINCE}
    return teams.join(team=team, person=cast.person[name], role=role, **(said | other), **by(cast, "王书记"))


@pytest.fixture
def team(cast: Cast) -> Team:
    """李班长 leads, 吴师傅 (no Party member) belongs to it as well."""
    team = found(cast)
    join(cast, team, "李班长", "leader", duties="现场指挥")
    join(cast, team, "吴师傅")
    return team


@pytest.fixture
def mission(team: Team, cast: Cast) -> Mission:
    return missions.call(team=team, unit=cast.unit["QL-R1"], why="转炉炉口漏水", **by(cast, "马主任"))


def reported(mission: Mission, cast: Cast, **other: Any) -> Mission:
    said = {"report": "两小时堵住漏点，更换水套", "effect": "少停炉一天"}
    return missions.report(mission=mission, **(said | other), **by(cast, "李班长", LATER))


@pytest.mark.covers("S0-13", "S3-14")
def test_a_team_has_a_kind_a_task_a_leader_and_a_share_of_the_work_for_each(team: Team) -> None:
    assert team.get_kind_display() == "应急抢险突击队"
    assert [(m.person.name, m.get_role_display(), m.duties) for m in team.members.order_by("pk")] == [
        ("李班长", "队长", "现场指挥"),
        ("吴师傅", "队员", "看好天车"),
    ]
    assert [e.verb for e in AuditEntry.objects.order_by("pk")] == ["teams.found", "teams.join", "teams.join"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "编码 TJ1 已被另一支队伍使用"),
        ({"code": "TJ2", "kind": "choir"}, "应为党员先锋队、技术攻关突击队、应急抢险突击队之一"),
        ({"code": "TJ2", "purpose": " "}, "请填写任务"),
        ({"code": "TJ2", "name": ""}, "请填写名称"),
    ],
)
def test_a_team_that_may_not_be_founded_is_refused(team: Team, cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(LabourTrouble, match=why):
        found(cast, **said)
    assert Team.objects.count() == 1


def test_a_team_at_a_body_of_the_neighbour_is_refused(cast: Cast) -> None:
    with pytest.raises(BadTeam, match="不在本厂"):
        found(cast, body=cast.body["BS-B1"])


def test_nobody_is_in_a_team_twice_nor_leads_it_beside_another_nor_comes_from_elsewhere(team: Team, cast: Cast) -> None:
    for name, role, why in (
        ("吴师傅", "member", "吴师傅已在熔炼抢险突击队里"),
        ("何组长", "leader", "队长是李班长，先请他离任"),
        ("邻厂书记", "member", "邻厂书记不在本厂"),
        ("何组长", "chief", "身份应为队长或队员"),
    ):
        with pytest.raises(BadTeam, match=why):
            join(cast, team, name, role)


def test_who_left_is_in_the_team_until_the_day_before(team: Team, cast: Cast) -> None:
    row = team.members.get(person=cast.person["吴师傅"])
    teams.leave(member=row, on=ON, **by(cast, "王书记"))
    assert [m.person.name for m in team.members.on(ON)] == ["李班长"]
    assert team.members.on(ON - dt.timedelta(days=1)).count() == 2
    with pytest.raises(BadTeam, match="已于 2026-03-10 离队"):
        teams.leave(member=row, on=ON, **by(cast, "王书记"))


def test_a_disbanded_team_is_called_no_more_and_its_missions_stay(mission: Mission, cast: Cast) -> None:
    teams.disband(team=mission.team, on=ON + dt.timedelta(days=1), **by(cast, "王书记"))
    assert mission.team.members.on(LATER.date()).count() == 0 and Mission.objects.count() == 1
    with pytest.raises(BadMission, match="现在没有设立"):
        missions.call(team=mission.team, unit=mission.unit, why="再去", **by(cast, "马主任", LATER))


def test_a_team_without_people_cannot_be_called(cast: Cast) -> None:
    with pytest.raises(BadMission, match="还没有队员"):
        missions.call(team=found(cast), unit=cast.unit["QL-R1"], why="漏水", **by(cast, "马主任"))


@pytest.mark.covers("S3-14")
def test_a_mission_is_called_done_reported_and_found_true_by_somebody_outside_the_team(
    mission: Mission, cast: Cast
) -> None:
    missions.start(mission=mission, **by(cast, "吴师傅"))
    reported(mission, cast, indicator="SM-01", before="82.1", after="84")
    done = missions.verify(mission=mission, holds=True, verdict="查交接班，当班未停炉", **by(cast, "马主任", LATER))
    assert (done.state, done.verified_by, done.before, done.after) == ("verified", cast.account["马主任"], "82.1", "84")
    verbs = [e.verb for e in AuditEntry.objects.filter(verb__startswith="missions").order_by("pk")]
    assert verbs == ["missions.call", "missions.start", "missions.report", "missions.verify"]


def test_neither_the_reporter_nor_a_mate_nor_one_who_left_meanwhile_verifies(mission: Mission, cast: Cast) -> None:
    reported(mission, cast)
    with pytest.raises(BadMission, match="报告的人不能自己核实"):
        missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "李班长", LATER))
    with pytest.raises(BadMission, match="您是熔炼抢险突击队的队员"):
        missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "吴师傅", LATER))
    row = mission.team.members.get(person=cast.person["吴师傅"])
    teams.leave(member=row, on=ON + dt.timedelta(days=1), **by(cast, "王书记"))
    with pytest.raises(BadMission, match="须由队外的人核实"):
        missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "吴师傅", LATER))
    assert Mission.objects.get().state == "reported"


def test_only_the_team_starts_and_reports(mission: Mission, cast: Cast) -> None:
    outsider = by(cast, "何组长")
    with pytest.raises(BadMission, match="只有熔炼抢险突击队的队员"):
        missions.start(mission=mission, **outsider)
    with pytest.raises(BadMission, match="只有熔炼抢险突击队的队员"):
        missions.report(mission=mission, report="去过", effect="好", **outsider)


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ({"indicator": "SM-01"}, "写明之前和之后各是多少"),
        ({"indicator": "SM-01", "before": "82"}, "写明之前和之后各是多少"),
        ({"before": "82", "after": "84"}, "选是哪个指标"),
        ({"indicator": "SM-01", "before": "八十", "after": "84"}, "之前的数“八十”不是数字"),
        ({"effect": " "}, "请填写效果"),
    ],
)
def test_a_claim_in_figures_names_its_indicator_and_both_figures(
    mission: Mission, cast: Cast, figures: dict[str, str], why: str
) -> None:
    with pytest.raises(LabourTrouble, match=why):
        reported(mission, cast, **figures)


def test_what_was_found_untrue_may_be_reported_again_and_keeps_its_trail(mission: Mission, cast: Cast) -> None:
    reported(mission, cast)
    missions.verify(mission=mission, holds=False, verdict="当天仍停炉", **by(cast, "马主任", LATER))
    again = reported(mission, cast, effect="少停炉两小时")
    assert (again.state, again.verdict, again.verified_by) == ("reported", "", None)
    rejected = AuditEntry.objects.get(verb="missions.reject")
    assert rejected.detail == {"told": "当天仍停炉"}


def test_a_mission_is_verified_once_and_says_where_it_stands(mission: Mission, cast: Cast) -> None:
    with pytest.raises(BadMission, match="已出动令，不能再办这一步"):
        missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "马主任", LATER))
    reported(mission, cast)
    missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "马主任", LATER))
    with pytest.raises(BadMission, match="已核实，不能再办这一步"):
        missions.verify(mission=mission, holds=False, verdict="不对", **by(cast, "高书记", LATER))


@pytest.mark.covers("S3-15")
def test_a_team_takes_on_an_open_challenge_of_its_own_plant(team: Team, cast: Cast) -> None:
    shared = {"loop": "bounty", "version": 1, "title": "降低渣含铜", "state": "bidding", "phase": "open"}
    shared |= {"raised_at": AT, "entered_at": AT}
    challenge = Case.objects.create(plant=cast.plant, number="JB-2026-001", **shared)
    Case.objects.create(plant=cast.plant, number="SQ-1", secrecy="confidential", **shared)
    Case.objects.create(plant=cast.neighbour, number="JB-9", **shared)
    Case.objects.create(plant=cast.plant, number="JB-0", **(shared | {"state": "draft"}))
    hazard = {"loop": "hazard", "state": "found", "unit": cast.unit["QL-F1-甲"]}
    Case.objects.create(plant=cast.plant, number="YH-1", **(shared | hazard))
    said = {"team": team, "unit": cast.unit["QL-R1"], "why": "攻渣含铜", "loops": packs().loops, **by(cast, "马主任")}
    assert challenges(plant=cast.plant, loops=packs().loops) == [("JB-2026-001", "JB-2026-001 降低渣含铜")]
    assert missions.call(case_no="JB-2026-001", **said).case == challenge
    # 马主任 heads the converters: neither the draft of another nor what lies at the furnaces is his to know of
    for number in ("JB-9", "SQ-1", "JB-0", "YH-1", "没有"):
        with pytest.raises(LabourTrouble, match=f"本厂没有编号为 {number} 的事项"):
            missions.call(case_no=number, **said)


@pytest.mark.covers("S0-14")
def test_one_person_has_several_duties_each_once(cast: Cast) -> None:
    roles = packs().base.duties
    for code in ("safety", "quality"):
        named = {"person": cast.person["李班长"], "body": cast.body["QL-B1-甲"], "on": ON}
        duties.name(role=roles[code], **named, **by(cast, "王书记"))
    assert set(Duty.objects.on(ON).values_list("role", flat=True)) == {"safety", "quality"}
    with pytest.raises(BadDuty, match="李班长已经是安全员"):
        duties.name(role=roles["safety"], **named, **by(cast, "王书记"))
    with pytest.raises(BadDuty, match="不在本厂"):
        duties.name(role=roles["safety"], **(named | {"person": cast.person["邻厂书记"]}), **by(cast, "王书记"))


def test_a_relieved_duty_may_be_taken_up_again(cast: Cast) -> None:
    safety = packs().base.duties["safety"]
    said = {"person": cast.person["李班长"], "role": safety, "body": cast.body["QL-B1-甲"], **by(cast, "王书记")}
    row = duties.name(on=SINCE, **said)
    duties.relieve(duty=row, on=ON, **by(cast, "王书记"))
    assert not Duty.objects.on(ON).exists()
    with pytest.raises(BadDuty, match="已于 2026-03-10 结束"):
        duties.relieve(duty=row, on=ON, **by(cast, "王书记"))
    assert duties.name(on=ON, **said).holds(ON)


def set_up(cast: Cast, **other: Any) -> ModelPost:
    said = {
        "body": cast.body["QL-B1"], "unit": cast.unit["QL-R1"], "name": "炉口岗", "people": [cast.person["李班长"]],
        "weakness": "炉口粘渣，清理时易烫伤", "criteria": "本季无烫伤", "indicator": "", "on": ON,
        "review_on": dt.date(2026, 6, 30),
    }  # fmt: skip
    return model_posts.set_up(**(said | other), **by(cast, "王书记"))


@pytest.mark.covers("S0-11", "S4-22")
def test_a_model_post_stands_at_a_weak_point_until_it_was_looked_at_again(cast: Cast) -> None:
    post = set_up(cast)
    kept = model_posts.keep(post=post, review="仍有险情", review_on=dt.date(2026, 9, 30), **by(cast, "王书记", LATER))
    assert (kept.state, kept.review_on, kept.until_on) == ("kept", dt.date(2026, 9, 30), None)
    ended = model_posts.end(post=post, review="两季无伤，撤岗", **by(cast, "王书记", LATER))
    assert (ended.state, ended.until_on) == ("ended", LATER.date())
    with pytest.raises(BadModelPost, match="已经撤岗"):
        model_posts.end(post=post, review="再撤", **by(cast, "王书记", LATER))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"people": []}, "至少一人"),
        ({"weakness": " "}, "请填写薄弱环节"),
        ({"criteria": ""}, "请填写达到什么样"),
        ({"review_on": ON}, "复核日 2026-03-10 应晚于 2026-03-10"),
    ],
)
def test_a_model_post_without_a_weak_point_or_an_end_is_refused(cast: Cast, said: dict[str, Any], why: str) -> None:
    with pytest.raises(LabourTrouble, match=why):
        set_up(cast, **said)


def test_who_stands_at_the_post_does_not_review_it(cast: Cast) -> None:
    post = set_up(cast, people=[cast.person["王书记"], cast.person["李班长"]])
    with pytest.raises(BadModelPost, match="您就在这个岗"):
        model_posts.end(post=post, review="很好", **by(cast, "王书记"))
    with pytest.raises(LabourTrouble, match="请填写复核意见"):
        model_posts.end(post=post, review="", **by(cast, "高书记"))


@pytest.mark.covers("S4-03")
def test_a_studio_shows_which_of_the_five_elements_it_lacks(cast: Cast) -> None:
    said = {"unit": cast.unit["QL-R"], "body": cast.body["QL-B1"], "name": "熔炼创新工作室", "on": ON}
    studio = studios.found(**said, topic="降渣含铜", leader="陈技术员", **by(cast, "王书记"))
    assert studios.gaps(studio) == ["有场地", "有奖励措施", "有容错机制"]
    studios.fill(studio=studio, venue="二楼", reward="按效益奖励", tolerance=" ", **by(cast, "王书记"))
    studio.refresh_from_db()
    assert (studios.gaps(studio), studio.topic) == (["有容错机制"], "降渣含铜")
    with pytest.raises(BadStudio, match="已有名为“熔炼创新工作室”的工作室"):
        studios.found(**said, **by(cast, "王书记"))


def test_a_closed_studio_makes_room_for_another_of_its_name(cast: Cast) -> None:
    said = {"unit": cast.unit["QL-R"], "body": cast.body["QL-B1"], "name": "熔炼创新工作室"}
    studio = studios.found(**said, on=SINCE, **by(cast, "王书记"))
    studios.close(studio=studio, on=ON, **by(cast, "王书记"))
    with pytest.raises(BadStudio, match="已于 2026-03-10 撤销"):
        studios.close(studio=studio, on=ON, **by(cast, "王书记"))
    studios.found(**said, on=ON, **by(cast, "王书记"))
    assert Studio.objects.on(ON).count() == 1


def test_a_mission_waits_for_its_team_and_then_for_those_outside_it(mission: Mission, cast: Cast) -> None:
    def waits(name: str) -> list[tuple[str, int]]:
        scope = cast.scope(name)
        return [(one.kind, one.count) for one in todo(scope=scope, on=ON) if one.kind.startswith("mission")]

    assert (waits("吴师傅"), waits("何组长"), waits("马主任")) == ([("mission", 0)], [], [])
    reported(mission, cast)
    assert (waits("吴师傅"), waits("马主任"), waits("郑师傅")) == ([], [("mission_verify", 1)], [])


def test_a_post_whose_day_has_come_waits_for_its_branch_not_for_who_stands_there(cast: Cast) -> None:
    set_up(cast, on=SINCE, review_on=ON, people=[cast.person["李班长"]])
    set_up(cast, on=SINCE, review_on=ON, people=[cast.person["王书记"]])

    def waits(name: str) -> list[tuple[str, int]]:
        scope = cast.scope(name)
        return [(one.kind, one.count) for one in todo(scope=scope, on=ON) if one.kind == "post_review"]

    assert (waits("王书记"), waits("高书记"), waits("李班长")) == ([("post_review", 1)], [("post_review", 2)], [])


def test_a_verified_mission_asks_for_its_month_to_be_scored_again(mission: Mission, cast: Cast) -> None:
    reported(mission, cast)
    assert not Partition.objects.exists()
    missions.verify(mission=mission, holds=True, verdict="属实", **by(cast, "马主任", LATER))
    part = Partition.objects.get()
    assert (part.fact, part.month, part.plant) == ("missions", 202603, cast.plant)
