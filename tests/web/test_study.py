"""Study plans, hours and training in the browser: by audience, taken up by meetings, hours for the check alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Person, StudyPlan, StudyTopic, Training
from ronglu.work import study
from tests.cast import Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, lines, post, text, the_10th_of_march
from tests.work.educated import LISTS, by, document, on, planned, topic, trained
from tests.work.gathered import arranged, held, members

__all__ = ["cast", "the_10th_of_march"]


@pytest.mark.covers("S2-02", "S1-18", "S2-04", "S2-06", "S2-08")
def test_a_plan_for_the_central_group_is_written_issued_and_seen_by_audience(cast: Cast) -> None:
    filled = {"body": cast.body["QL-C"].pk, "year": "2026", "audience": "leaders", "standard": ""}
    assert post(cast, "高书记", "study_new", **filled).status_code == 302
    plan = StudyPlan.objects.get()
    assert plan.standard == LISTS.audiences["leaders"].standard
    paper = document(cast, "国企改革指导意见", "superior")
    added = {
        "title": "学习国企改革指导意见", "form": "central", "due_on": "2026-03-31", "document": paper.pk, "speaker": "20112",
        "themes": ["reform", "whole"],
    }  # fmt: skip
    assert post(cast, "高书记", "study_deed", plan.pk, "add", **added).status_code == 302
    refused = post(cast, "高书记", "study_deed", plan.pk, "issue", yes="1")
    assert refused.status_code == 422 and "另一人审定" in refused.content.decode()
    assert "1 份学习教育计划等审定下达" in get(cast, "孙干事", "inbox_others").content.decode()
    assert post(cast, "孙干事", "study_deed", plan.pk, "issue", yes="1").status_code == 302
    page = text(cast, "孙干事", "study_plan", plan.pk)
    for words in ("党政班子", "关键少数", "中心组学习", "高书记", "国企改革指导意见、顾大局", "待学"):
        assert words in page
    assert "0 / 1 已落实" in text(cast, "孙干事", "study")


@pytest.mark.covers("S2-02")
def test_a_topic_is_put_on_the_agenda_of_a_meeting_that_is_ahead(cast: Cast) -> None:
    one = planned(cast).topics.get()
    assert "先到“会议”里排一次" in text(cast, "王书记", "topic_deed", one.pk, "take-up")
    meeting = arranged(cast, "assembly", "QL-B1", name="王书记")
    assert post(cast, "王书记", "topic_deed", one.pk, "take-up", gathering=meeting.pk).status_code == 302
    page = text(cast, "王书记", "study_plan", one.plan_id)
    assert "已排到会上" in page and reverse("gathering", args=[meeting.pk]) in page
    assert [row.title for row in meeting.agenda.all()] == ["国企改革指导意见"]


def test_a_draft_is_seen_by_those_who_write_plans_alone(cast: Cast) -> None:
    plan = planned(cast, issue=False)
    assert "转炉党支部" in text(cast, "王书记", "study")
    assert (
        "转炉党支部" not in text(cast, "李班长", "study")
        and get(cast, "李班长", "study_plan", plan.pk).status_code == 404
    )
    study.issue(plan=plan, **by(cast))
    assert "转炉党支部" in text(cast, "李班长", "study") and "加专题" not in text(cast, "李班长", "study_plan", plan.pk)


def test_the_inbox_tells_of_a_topic_nobody_took_up(cast: Cast, settings: Any) -> None:
    topic(cast, planned(cast), "1+N 政策体系", 16)
    assert "1 个学习专题七天内到期" in get(cast, "王书记", "inbox_others").content.decode()
    StudyTopic.objects.update(state="dropped")
    assert "学习专题七天内" not in get(cast, "王书记", "inbox_others").content.decode()


def test_the_plans_of_a_year_are_taken_away(cast: Cast) -> None:
    planned(cast)
    found = lines(get(cast, "李班长", "study_export"))
    assert [row[:4] for row in found[1:]] == [["转炉党支部", "党员队伍", "国企改革指导意见", "政策学习"]]


@pytest.mark.covers("S0-37")
def test_ones_hours_are_those_of_ones_meetings_and_training(cast: Cast) -> None:
    held(cast)
    page = text(cast, "何组长", "study_hours")
    assert "1 学时，全年要求 32 学时" in page and "党小组会" in page and "还差 31 学时" in page
    trained(cast)
    # a secretary is asked for 56; two days are sixteen
    assert "16 学时，全年要求 56 学时" in text(cast, "王书记", "study_hours")


def test_who_is_short_is_told_to_the_branchs_committee_alone_and_by_no_order_of_hours(cast: Cast) -> None:
    held(cast)
    page = text(cast, "王书记", "study_hours")
    assert "4 名党员中 0 名已达到全年要求" in page and page.index("王书记") < page.index("马主任") < page.index(
        "李班长"
    )
    for name in ("李班长", "孙干事", "高书记", "马主任"):
        assert "何组长" not in text(cast, name, "study_hours")
    trained(cast, "李班长", half_days=4)
    Training.objects.update(half_days=8)
    assert "4 名党员中 1 名已达到全年要求" in text(cast, "王书记", "study_hours")


def test_training_is_recorded_for_ones_own_members_and_struck(cast: Cast) -> None:
    filled = {
        "title": "党务培训班", "organ": "集团党校", "first_on": "2026-03-02", "last_on": "2026-03-03", "half_days": "4",
        "people": "20101，20103\n20101",
    }  # fmt: skip
    assert post(cast, "王书记", "training_new", **filled).status_code == 302
    row = Training.objects.get()
    assert row.people.count() == 2 and "党务培训班" in text(cast, "孙干事", "trainings")
    stranger = post(cast, "王书记", "training_new", **(filled | {"people": "20111"}))
    assert stranger.status_code == 422 and "不在您管的党组织里：20111" in stranger.content.decode()
    assert (
        "没有工号或姓名“999”" in post(cast, "王书记", "training_new", **(filled | {"people": "999"})).content.decode()
    )
    assert post(cast, "王书记", "training_strike", row.pk, reason="登错").status_code == 302
    assert "已撤销" in text(cast, "王书记", "trainings")


def more(cast: Cast, n: int) -> None:
    for no, code in enumerate(list(LISTS.audiences)[:n]):
        plan = StudyPlan.objects.filter(body=cast.body["QL-B1"], audience=code).first() or planned(cast, audience=code)
        topic(cast, plan, f"专题{no}", document=document(cast, f"读本{no}-{plan.topics.count()}", "study"))
        trained(cast, "王书记", "李班长")


def cost(cast: Cast, page: str, *args: int, name: str = "王书记") -> int:
    client = cast.login(Client(), name)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(page, args=args)).status_code == 200
    return len(seen)


@pytest.mark.parametrize("page", ["study", "trainings", "study_hours"])
def test_three_cost_no_more_queries_than_one(cast: Cast, page: str) -> None:
    held(cast)
    more(cast, 1)
    cost(cast, page)
    one = cost(cast, page)
    more(cast, 3)
    members(cast, 3)
    assert cost(cast, page) == one and Person.objects.filter(name="党员2").exists()


def test_a_plan_of_three_topics_costs_what_one_of_one_costs(cast: Cast) -> None:
    plan = planned(cast)
    study.take_up(topic=plan.topics.get(), gathering=arranged(cast), **by(cast, "王书记"))
    cost(cast, "study_plan", plan.pk)
    one = cost(cast, "study_plan", plan.pk)
    for no, hour in enumerate((11, 13)):
        other = topic(cast, plan, f"专题{no}", document=document(cast, f"读本{no}", "study"))
        meeting = arranged(cast, starts_at=on(10, hour))
        study.take_up(topic=other, gathering=meeting, **by(cast, "王书记"))
    assert cost(cast, "study_plan", plan.pk) == one


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = make_cast()
    held(cast)
    more(cast, 3)
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    plan = StudyPlan.objects.filter(audience="members")[0]
    for name, page, args in (
        ("王书记", "study", []), ("王书记", "study_plan", [plan.pk]), ("王书记", "study_hours", []), ("王书记", "trainings", []),
        ("王书记", "training_new", []), ("王书记", "study_new", []), ("王书记", "study_deed", [plan.pk, "add"]),
        ("王书记", "topic_deed", [plan.topics.all()[0].pk, "take-up"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        check(
            look(reverse(page, args=args), width=width, cookies=client.cookies),
            f"{page}-{name}-{'-'.join(map(str, args))}",
        )


def test_a_training_of_other_branches_too_is_struck_by_who_recorded_it_or_by_the_plant(cast: Cast) -> None:
    """王书记 looks after one of the two: the hours of the other are not his to take."""
    row = trained(cast, "李班长", "郑师傅")
    page = text(cast, "王书记", "trainings")
    assert row.title in page and "撤销登记" not in page
    assert post(cast, "王书记", "training_strike", row.pk, reason="登错").status_code == 404
    assert post(cast, "孙干事", "training_strike", row.pk, reason="登错").status_code == 302
