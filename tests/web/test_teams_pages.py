"""How the pages of teams and labour look: on a phone and on a desk, filled and empty, with forms refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Achievement, HelpRequest, Mission, ModelPost, SeasonShare, SeasonTask
from ronglu.work import help as asking
from tests.cast import Cast, make_cast
from tests.web import labour
from tests.web.pages import WIDTHS, Look, check

pytestmark = pytest.mark.browser

FILLED = [
    ("王书记", "teams", []),
    ("王书记", "team", ["TJ1"]),
    ("周统计员", "team", ["TJ1"]),
    ("马主任", "mission", [(Mission, 0)]),
    ("王书记", "duties", []),
    ("王书记", "model_posts", []),
    ("王书记", "studios", []),
    ("何组长", "seasons", []),
    ("赵安全员", "seasons", []),
    ("赵安全员", "season_task", [(SeasonTask, 0)]),
    ("王书记", "activities", []),
    ("王书记", "achievements", []),
    ("马主任", "achievement", [(Achievement, 0)]),
    ("吴师傅", "help", []),
    ("李班长", "help", []),
    ("郑师傅", "help", []),
]
FORMS = [
    ("王书记", "team_new", []),
    ("王书记", "team_deed", ["TJ1", "join"]),
    ("马主任", "team_call", ["TJ1"]),
    ("李班长", "mission_report", [(Mission, 1), "report"]),
    ("马主任", "mission_verify", [(Mission, 0)]),
    ("王书记", "duty_new", []),
    ("王书记", "model_post_new", []),
    ("王书记", "model_post_review", [(ModelPost, 0), "keep"]),
    ("王书记", "studio_new", []),
    ("赵安全员", "season_new", []),
    ("赵安全员", "season_deed", [(SeasonTask, 0), "split"]),
    ("何组长", "share_done", [(SeasonShare, 0)]),
    ("赵安全员", "share_check", [(SeasonShare, 1), "back"]),
    ("王书记", "activity_new", []),
    ("陈技术员", "achievement_new", []),
    ("吴师傅", "help_ask", []),
    ("李班长", "help_answer", [(HelpRequest, 1)]),
]
EMPTY = ["teams", "duties", "model_posts", "studios", "seasons", "activities", "achievements", "help"]


def address(page: str, args: list[Any]) -> str:
    """(Mission, 1): the second mission."""
    found = [list(one[0].objects.order_by("pk"))[one[1]].pk if isinstance(one, tuple) else one for one in args]
    return reverse(page, args=found)


@pytest.fixture
def empty(transactional_db: None, settings: "object") -> Cast:
    settings.TODAY = "2026-03-10"  # type: ignore[attr-defined]
    return make_cast()


@pytest.fixture
def house(empty: Cast) -> Cast:
    cast = empty
    labour.reported(cast)
    labour.mission(cast, "夜间停电，炉前照明")
    for name, role in (("李班长", "safety"), ("李班长", "quality"), ("何组长", "supervisor")):
        labour.duty(cast, name, role)
    labour.post(cast)
    labour.studio(cast)
    labour.share(cast)
    labour.done(cast)
    SeasonShare.objects.filter(part="东侧沟").update(due_on="2026-03-05", remark="拐角没有清到底")
    labour.activity(cast)
    for n in range(2):
        labour.achievement(cast, f"自抑结渣装置 {n}")
    Achievement.objects.filter(title__endswith="1").update(state="verified")
    first = labour.question(cast)
    asking.answer(asking=first, answer="趁热，分两次清", **labour.by(cast, "李班长"))
    labour.question(cast, "钎子怎么选")
    labour.question(cast, "天车刹车发软", "")
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for number, (name, page, args) in enumerate(FILLED):
        client = house.login(Client(), name)
        check(look(address(page, args), width=width, cookies=client.cookies), f"{page}-{number}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_forms_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    for name, page, args in FORMS:
        client = house.login(Client(), name)
        check(look(address(page, args), width=width, cookies=client.cookies), page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_empty_pages_say_what_to_do(empty: Cast, look: Look, width: int) -> None:
    client = empty.login(Client(), "王书记")
    for page in EMPTY:
        check(look(reverse(page), width=width, cookies=client.cookies), f"{page}-empty")


def test_a_group_leader_reports_a_piece_on_the_phone_in_four_touches(house: Cast, look: Look) -> None:
    client = house.login(Client(), "何组长")
    page = look(reverse("seasons"), width=360, cookies=client.cookies)
    page.click("text=报完成")
    page.fill("[name=output]", "清淤装车")
    page.fill("[name=amount]", "120")
    page.fill("[name=hours]", "3")
    page.click("main button.main")
    page.wait_for_selector("text=已报，等另一人检查。")
    share = SeasonShare.objects.get(part="东侧沟")
    assert (share.state, share.minutes, share.amount) == ("done", 180, "120")
