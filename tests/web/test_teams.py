"""Teams and labour in the browser: who sees which names, what each may do, and what a form refuses with the draft kept."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.store.models import Activity, Case, Duty, Mission, ModelPost, SeasonShare, SeasonTask, Studio, Team
from ronglu.work import seasons, studios, teams
from tests.cast import AT, SINCE, Cast, cast
from tests.web import labour

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


def get(cast: Cast, name: str, page: str, /, *args: Any, **query: str) -> HttpResponse:
    return cast.login(Client(), name).get(reverse(page, args=args), query)  # type: ignore[return-value]


def text(cast: Cast, name: str, page: str, /, *args: Any, **query: str) -> str:
    response = get(cast, name, page, *args, **query)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def post(cast: Cast, name: str, page: str, /, *args: Any, **said: Any) -> HttpResponse:
    return cast.login(Client(), name).post(reverse(page, args=args), said)  # type: ignore[return-value]


def offered(cast: Cast, name: str, page: str, field: str) -> list[str]:
    form = get(cast, name, page).context["form"]
    return [label.strip("　") for _value, label in form.fields[field].choices][1:]


def lines(response: HttpResponse, sheet: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return book.get_sheet_by_index(sheet).to_python()


@pytest.mark.covers("S3-14")
def test_a_team_is_founded_filled_called_reports_and_is_judged_in_the_browser(cast: Cast) -> None:
    said = {"name": "技改突击队", "kind": "shock_tech", "code": "JG1", "purpose": "攻渣含铜", "on": "2026-03-01"}
    post(cast, "王书记", "team_new", body=cast.body["QL-B1"].pk, **said)
    for number, role in (("20101", "leader"), ("20110", "member")):
        joined = {"person": number, "role": role, "duties": "试验", "on": "2026-03-01"}
        assert post(cast, "王书记", "team_deed", "JG1", "join", **joined).status_code == 302
    team = Team.objects.get()
    assert [one.person.name for one in team.members.order_by("pk")] == ["李班长", "吴师傅"]
    post(cast, "马主任", "team_call", "JG1", unit=cast.unit["QL-R1"].pk, why="三天内把渣含铜压下来")
    mission = Mission.objects.get()
    post(cast, "吴师傅", "mission_report", mission.pk, "start")
    figures = {"indicator": "SM-01", "before": "82.1", "after": "84"}
    post(cast, "李班长", "mission_report", mission.pk, "report", report="调配煤", effect="渣含铜下降", **figures)
    post(cast, "陈技术员", "mission_verify", mission.pk, holds="yes", verdict="查化验单")
    mission.refresh_from_db()
    assert (mission.state, mission.verified_by) == ("verified", cast.account["陈技术员"])
    assert "82.1 → 84" in text(cast, "何组长", "mission", mission.pk)


def test_a_form_offers_and_takes_only_bodies_of_ones_own_reach(cast: Cast) -> None:
    assert offered(cast, "王书记", "team_new", "body") == [
        "转炉党支部（党支部）", "转炉甲班党小组（党小组）", "转炉乙班党小组（党小组）",
    ]  # fmt: skip
    said = {"name": "越界队", "kind": "pioneer", "code": "YJ", "purpose": "无", "on": "2026-03-01"}
    refused = post(cast, "王书记", "team_new", body=cast.body["QL-B2"].pk, **said)
    assert refused.status_code == 422 and not Team.objects.exists()
    assert "越界队" in refused.content.decode()  # the draft stays


def test_a_crew_leader_calls_a_team_to_his_line_and_no_further(cast: Cast) -> None:
    labour.team(cast)
    form = get(cast, "李班长", "team_call", "TJ1").context["form"]
    assert {value for value, _label in form.fields["unit"].choices[1:]} == {
        cast.unit[code].pk for code in ("QL-R1", "QL-R1-甲", "QL-R1-乙", "QL-R1-丙", "QL-R1-丁")
    }


@pytest.mark.parametrize(
    ("name", "sees"),
    [("何组长", True), ("吴师傅", True), ("孙干事", True), ("郑师傅", False), ("周统计员", False), ("马主任", True)],
)
def test_the_list_of_names_is_for_its_branch_and_its_own_the_leader_for_all(cast: Cast, name: str, sees: bool) -> None:
    """马主任 is a member of the branch himself; a workshop head who is none sees the leader only."""
    labour.team(cast)
    page = text(cast, name, "team", "TJ1")
    assert ("吴师傅" in page, "李班长" in page) == (sees, True)
    assert ("其余队员的名单只对本支部和队员公开" in page) is not sees


def test_a_mission_tells_the_names_of_its_people_to_the_same_ones_only(cast: Cast) -> None:
    mission = labour.reported(cast)
    assert "马主任" in text(cast, "何组长", "mission", mission.pk)
    page = text(cast, "郑师傅", "mission", mission.pk)
    assert "少停炉一天" in page and not {name for name in ("马主任", "李班长") if name in page}


def test_buttons_stand_only_where_they_would_work(cast: Cast) -> None:
    mission = labour.mission(cast)
    assert "报告" in [str(deed.label) for _w, deed in get(cast, "吴师傅", "mission", mission.pk).context["steps"]]
    assert get(cast, "何组长", "mission", mission.pk).context["steps"] == []
    labour.reported(cast)
    may = {
        name: get(cast, name, "mission", mission.pk).context["may_verify"] for name in ("马主任", "李班长", "郑师傅")
    }
    assert may == {"马主任": True, "李班长": False, "郑师傅": False}


@pytest.mark.covers("S3-15")
def test_a_team_is_called_for_a_published_challenge_and_its_mission_leads_there(cast: Cast) -> None:
    labour.team(cast)
    shared = {"plant": cast.plant, "version": 1, "state": "judging", "phase": "open", "raised_at": AT, "entered_at": AT}
    case = Case.objects.create(loop="bounty", number="JB-1", title="降渣含铜", **shared)
    Case.objects.create(loop="hazard", number="YH-1", title="平台护栏松动", **shared)
    Case.objects.create(loop="bounty", number="JB-0", title="已结", closed_at=AT, **shared)
    for number, state in (("JB-2", "draft"), ("JB-3", "withdrawn")):
        Case.objects.create(loop="bounty", number=number, title="未发榜", **(shared | {"state": state}))
    form = get(cast, "马主任", "team_call", "TJ1").context["form"]
    assert form.fields["case_no"].choices[1:] == [("JB-1", "JB-1 降渣含铜")]
    post(cast, "马主任", "team_call", "TJ1", unit=cast.unit["QL-R1"].pk, why="攻关", case_no="JB-1")
    page = text(cast, "郑师傅", "mission", Mission.objects.get(case=case).pk)
    # the case page itself says who may read it: here stands its number only
    assert reverse("case", args=[case.pk]) in page and "降渣含铜" not in page


def test_the_missions_are_taken_away_as_a_workbook(cast: Cast) -> None:
    labour.reported(cast)
    head, line = lines(get(cast, "吴师傅", "missions_xlsx"))
    assert dict(zip(head, line, strict=True))["自报成效"] == "少停炉一天"


@pytest.mark.covers("S0-14")
def test_duties_are_listed_by_person_with_what_each_asks_for(cast: Cast) -> None:
    labour.duty(cast)
    labour.duty(cast, role="quality")
    rows = get(cast, "王书记", "duties").context["rows"]
    assert [(one.person.name, [role for role, _d, _m in held]) for one, held in rows] == [
        ("李班长", ["安全员", "质检员"])
    ]
    page = text(cast, "王书记", "duties")
    assert "班前提醒当班的主要风险和防护要求" in page and "系统默认" in page
    post(cast, "王书记", "duty_relieve", Duty.objects.get(role="quality").pk, on="2026-03-10")
    assert [len(held) for _one, held in get(cast, "王书记", "duties").context["rows"]] == [1]


def test_duties_of_another_branch_are_not_shown_ones_own_always_are(cast: Cast) -> None:
    labour.duty(cast)
    labour.duty(cast, "吴师傅")
    seen = {
        name: [one.person.name for one, _held in get(cast, name, "duties").context["rows"]]
        for name in ("郑师傅", "吴师傅", "何组长", "冯主席")
    }
    assert seen == {"郑师傅": [], "吴师傅": ["吴师傅"], "何组长": ["李班长", "吴师傅"], "冯主席": []}


def test_a_duty_is_named_by_staff_number_and_an_unknown_one_is_told(cast: Cast) -> None:
    said = {"role": "safety", "body": cast.body["QL-B1-甲"].pk, "area": "炉前", "on": "2026-03-01"}
    assert post(cast, "王书记", "duty_new", person="20110", **said).status_code == 302
    refused = post(cast, "王书记", "duty_new", person="77777", **said)
    assert "没有工号或姓名“77777”" in refused.content.decode() and Duty.objects.count() == 1


@pytest.mark.covers("S4-22")
def test_a_model_post_says_its_weak_point_and_that_its_review_is_due(cast: Cast) -> None:
    labour.post(cast)
    page = text(cast, "王书记", "model_posts")
    assert "炉口粘渣，清理时易烫伤" in page and "该复核了" in page
    said = {"review": "渣清得快了", "review_on": "2026-06-30"}
    post(cast, "王书记", "model_post_review", ModelPost.objects.get().pk, "keep", **said)
    assert "该复核了" not in text(cast, "王书记", "model_posts")


def test_several_people_stand_at_a_post_named_by_numbers(cast: Cast) -> None:
    said = {
        "name": "炉口岗", "unit": cast.unit["QL-R1"].pk, "body": cast.body["QL-B1"].pk, "people": "20101，20110",
        "weakness": "粘渣", "criteria": "无伤", "on": "2026-03-01", "review_on": "2026-06-30", "indicator": "SM-01",
    }  # fmt: skip
    assert post(cast, "王书记", "model_post_new", **said).status_code == 302
    assert {one.name for one in ModelPost.objects.get().people.all()} == {"李班长", "吴师傅"}
    assert "李班长" not in text(cast, "郑师傅", "model_posts")


@pytest.mark.covers("S4-03")
def test_studios_show_gaps_and_which_workshop_has_none(cast: Cast) -> None:
    labour.studio(cast)
    page = text(cast, "王书记", "studios")
    assert "2 个车间中 1 个有工作室，0 个五要素齐全。" in page and "精炼车间" in page
    rows = get(cast, "王书记", "studios").context["rows"]
    assert [row.gaps for row, _may in rows] == [["有场地", "有奖励措施", "有容错机制"]]
    said = {"venue": "二楼", "reward": "按效益奖励", "tolerance": "试错不追责", "topic": "降渣", "leader": "陈技术员"}
    post(cast, "王书记", "studio_deed", Studio.objects.get().pk, "fill", **said)
    assert "1 个五要素齐全" in text(cast, "王书记", "studios")


def test_a_studio_at_a_line_counts_for_the_lines_workshop(cast: Cast) -> None:
    studios.found(
        unit=cast.unit["QL-F1"], body=cast.body["QL-B2"], name="精炼工作室", on=SINCE, **labour.by(cast, "高书记")
    )
    found = get(cast, "高书记", "studios").context["coverage"]
    assert (found.workshops, found.covered, found.without) == (2, 1, ("熔炼车间",))


@pytest.mark.covers("S4-25", "S4-26")
def test_a_group_reports_its_piece_on_the_phone_and_another_checks_it(cast: Cast) -> None:
    said = {
        "season": "flood", "title": "清沟", "unit": cast.unit["QL-R"].pk, "area": "车间四周", "year": "2026",
        "due_on": "2026-04-10",
    }  # fmt: skip
    post(cast, "赵安全员", "season_new", **said)
    task = SeasonTask.objects.get()
    piece = {
        "body": cast.body["QL-B1-甲"].pk,
        "part": "东侧",
        "due_on": "2026-04-01",
        "planned": "120",
        "measure": "米",
    }
    post(cast, "赵安全员", "season_deed", task.pk, "split", **piece)
    share = SeasonShare.objects.get()
    assert [row.share.part for row in get(cast, "何组长", "seasons").context["mine"]] == ["东侧"]
    report = {"output": "清淤", "amount": "118.5", "hours": "2", "minutes": "15"}
    assert post(cast, "何组长", "share_done", share.pk, **report).status_code == 302
    share.refresh_from_db()
    assert (share.minutes, share.state) == (135, "done")
    assert "1 片中干完 1 片，检查过 0 片" in text(cast, "吴师傅", "season_task", task.pk)
    assert [row.share.pk for row in get(cast, "赵安全员", "seasons").context["checks"]] == [share.pk]
    assert get(cast, "何组长", "seasons").context["checks"] == []
    post(cast, "赵安全员", "share_check", share.pk, "check", remark="沟底见底")
    task.refresh_from_db()
    assert task.state == "done" and "2 小时 15 分" in text(cast, "吴师傅", "season_task", task.pk)


def test_who_may_check_does_not_find_the_piece_that_he_reported_himself(cast: Cast) -> None:
    share = labour.share(cast)
    report = {"output": "清淤", "amount": "120", "hours": "1", "minutes": "0"}
    post(cast, "王书记", "share_done", share.pk, **report)
    found = {name: len(get(cast, name, "seasons").context["checks"]) for name in ("王书记", "马主任")}
    assert found == {"王书记": 0, "马主任": 1}
    rows = get(cast, "王书记", "season_task", share.task_id).context["shares"]
    assert [row.may_check for row, _mark, _time in rows] == [False]


def test_usual_tasks_that_nobody_planned_this_year_are_offered_once(cast: Cast) -> None:
    labour.task(cast)
    rest = {season.code: left for season, _rows, left in get(cast, "赵安全员", "seasons").context["seasons"]}
    assert "清理厂区排水沟渠和雨水井" not in rest["flood"] and len(rest["flood"]) == 3
    form = get(cast, "赵安全员", "season_new", season="cold", title="放空停用设备").context["form"]
    assert (form["season"].value(), form["title"].value(), form["year"].value()) == ("cold", "放空停用设备", 2026)


def test_a_late_piece_says_so_and_a_dropped_task_waits_for_nobody(cast: Cast) -> None:
    share = labour.share(cast)
    SeasonShare.objects.update(due_on="2026-03-09")
    assert "已过期限" in text(cast, "何组长", "seasons")
    seasons.drop(task=share.task, reason="改暗管", **labour.by(cast, "赵安全员"))
    assert get(cast, "何组长", "seasons").context["mine"] == []


def test_the_shares_are_taken_away_as_a_workbook(cast: Cast) -> None:
    labour.done(cast)
    head, line = lines(get(cast, "吴师傅", "seasons_xlsx"))
    found = dict(zip(head, line, strict=True))
    assert (found["党组织"], found["完成量"], found["用工（分钟）"]) == ("转炉甲班党小组", "118.5", 135)


@pytest.mark.covers("S0-20", "S4-27")
def test_labour_is_a_record_and_the_page_says_that_it_is_no_score(cast: Cast) -> None:
    said = {
        "body": cast.body["QL-B1-甲"].pk, "day": "2026-03-10", "title": "搬运钢板", "hours": "2", "minutes": "15",
        "people": "12", "output": "为检修搬运", "amount": "46", "measure": "块",
    }  # fmt: skip
    assert post(cast, "何组长", "activity_new", **said).status_code == 302
    page = text(cast, "吴师傅", "activities")
    assert "工时只作记录，不计分。" in page and "2 小时 15 分" in page and "46 块" in page
    head, line = lines(get(cast, "吴师傅", "activities_xlsx"))
    assert dict(zip(head, line, strict=True))["时长（分钟）"] == 135


def test_a_record_of_labour_is_taken_back_by_those_over_the_body_only(cast: Cast) -> None:
    row = labour.activity(cast)
    assert post(cast, "何组长", "activity_withdraw", row.pk).status_code == 404  # his is one group of the branch
    assert Activity.objects.exists()
    assert post(cast, "王书记", "activity_withdraw", row.pk).status_code == 302
    assert not Activity.objects.exists()


def many(cast: Cast, number: int) -> None:
    """`number` of everything that a list shows."""
    for n in range(number):
        labour.team(cast, f"TJ{n}")
        labour.mission(cast, f"任务{n}", "TJ0")
        labour.duty(cast, ("李班长", "何组长", "吴师傅")[n])
        labour.post(cast, f"岗{n}")
        labour.studio(cast, f"工作室{n}")
        labour.share(cast, f"片{n}")
        labour.done(cast, f"完{n}")
        labour.task(cast, f"任务{n}")
        labour.share(cast, "片", f"任务{n}")
        labour.activity(cast, f"劳动{n}")
        labour.achievement(cast, f"成果{n}")
        labour.question(cast, f"问{n}")
        labour.question(cast, f"谁懂{n}", "")
    if number > 1:
        person = cast.person["何组长"]
        teams.join(
            team=Team.objects.get(code="TJ0"), person=person, role="member", duties="", on=SINCE,
            **labour.by(cast, "王书记"),
        )  # fmt: skip


PAGES = [
    "teams", "team", "mission", "missions_xlsx", "duties", "model_posts", "studios", "seasons", "season_task",
    "seasons_xlsx", "activities", "activities_xlsx", "achievements", "achievements_xlsx", "help",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["王书记", "李班长"])
def test_a_list_costs_as_many_queries_for_three_as_for_one(cast: Cast, page: str, name: str) -> None:
    client = cast.login(Client(), name)

    def cost(number: int) -> int:
        many(cast, number)
        args = {"team": ["TJ0"], "mission": [_first(Mission)], "season_task": [_first(SeasonTask)]}.get(page, [])
        client.get(address := reverse(page, args=args))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            assert response.status_code == 200
            assert response.streaming or response.content
        return len(queries)

    assert cost(1) == cost(3)


def _first(model: Any) -> int:
    return int(model.objects.order_by("pk").values_list("pk", flat=True)[0])
