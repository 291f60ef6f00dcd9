"""Home and inbox: a contest to be declared, appeals that hold a result, campaign tasks that fall due — each told to whom it concerns."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.config.plant import pack_of
from ronglu.store.models import CampaignTask, Case, Contest
from ronglu.work import campaigns, contests
from tests.cast import Cast, cast
from tests.work.contested import DRAFTED, Raced, overhaul, plain

__all__ = ["cast"]
DECLARE, APPEAL, TASK, CHECK = "等第二人宣布", "件申诉没有结论", "项任务到期或七天内到期", "项任务办完等检查"
NAMES = ("李班长", "王书记", "马主任", "孙干事", "冯主席", "吴师傅", "郑师傅", "邻厂书记")


@pytest.fixture(autouse=True)
def before_march(settings: Any) -> None:
    settings.TODAY = "2026-02-27"


def seen(cast: Cast, name: str) -> str:
    """What the rows of the inbox say."""
    return cast.login(Client(), name).get(reverse("inbox_others")).content.decode()


def told(cast: Cast, words: str) -> set[str]:
    return {name for name in NAMES if words in seen(cast, name)}


def test_a_draft_waits_for_those_who_may_declare_it_and_did_not_draft_it(cast: Cast) -> None:
    """冯主席 drafted it; who sees contests and declares none is not told."""
    contest = Raced(cast).drafted()
    assert told(cast, DECLARE) == {"马主任", "孙干事"}
    page = seen(cast, "马主任")
    assert contest.title in page and reverse("contest", args=[contest.pk]) in page and "截止 02-28" in page
    contests.declare(contest=contest, known=Raced(cast).known, by=cast.account["马主任"], at=DRAFTED)
    assert told(cast, DECLARE) == set()


def test_a_draft_whose_first_day_has_come_waits_no_longer(cast: Cast, settings: Any) -> None:
    Raced(cast).drafted()
    settings.TODAY = "2026-03-01"
    assert told(cast, DECLARE) == set()


def test_open_appeals_are_counted_for_who_declares_and_nothing_of_them_is_said(cast: Cast) -> None:
    contest = plain(cast, "provisional")
    loops = pack_of(cast.plant.code).loops
    for what in ("五日缺数", "六日缺数"):
        contests.appeal(
            contest=contest,
            what=what,
            wish="重算",
            loops=loops,
            by=cast.account["李班长"],
            at=dt.datetime(2026, 2, 27, 9),
        )
    assert told(cast, APPEAL) == {"马主任", "孙干事", "冯主席"}
    page = seen(cast, "冯主席")
    assert f"有 2 {APPEAL}" in page
    assert "缺数" not in page.split(APPEAL)[0].rsplit("<li", 1)[1]
    Case.objects.filter(loop="appeal").update(phase="closed")
    assert told(cast, APPEAL) == set()


def test_tasks_that_fall_due_wait_for_the_body_that_does_them_and_then_for_who_checks(
    cast: Cast, settings: Any
) -> None:
    campaign = overhaul(cast)
    CampaignTask.objects.filter(campaign=campaign).update(due_on=dt.date(2026, 3, 20))
    assert told(cast, TASK) == set()
    task = CampaignTask.objects.filter(campaign=campaign).order_by("pk")[0]
    CampaignTask.objects.filter(pk=task.pk).update(due_on=dt.date(2026, 3, 6))
    mine = told(cast, TASK)
    assert "王书记" in mine and not mine & {"吴师傅", "郑师傅", "邻厂书记"}
    assert f"有 1 {TASK}" in seen(cast, "王书记") and reverse("campaign", args=[campaign.pk]) in seen(cast, "王书记")
    task.refresh_from_db()
    campaigns.report(
        task=task, words="办了", people=9, review="慢", by=cast.account["王书记"], at=dt.datetime(2026, 2, 27, 9)
    )
    assert told(cast, TASK) == set()
    checkers = told(cast, CHECK)
    assert "马主任" in checkers and not checkers & {"王书记", "吴师傅", "郑师傅", "邻厂书记"}


def test_three_of_each_cost_what_one_does(cast: Cast) -> None:
    def many() -> None:
        made = plain(cast, "provisional")
        contests.appeal(
            contest=made, what="缺数", wish="重算", loops=pack_of(cast.plant.code).loops, by=cast.account["李班长"],
            at=dt.datetime(2026, 2, 27, 9),
        )  # fmt: skip
        Raced(cast).drafted()
        CampaignTask.objects.filter(campaign=overhaul(cast)).update(due_on=dt.date(2026, 3, 2))

    many()
    client = cast.login(Client(), "孙干事")
    client.get(reverse("inbox_others"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("inbox_others"))
    for _ in range(2):
        many()
    assert Contest.objects.count() == 6
    with CaptureQueriesContext(connection) as three:
        rows = client.get(reverse("inbox_others")).context["rows"]
    assert len(three) == len(one)
    assert [sum(words in row.text for row in rows) for words in (DECLARE, APPEAL, TASK)] == [3, 3, 3]
