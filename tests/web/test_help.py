"""问一问 in the browser: two people read it, and no page or interface shows how often anybody was asked or helped."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import HelpRequest
from ronglu.work import help as verbs
from tests.cast import Cast, cast
from tests.web import labour
from tests.web.access_table import RULES, WHO
from tests.web.test_teams import get, post, text, the_10th_of_march

__all__ = ["cast", "the_10th_of_march"]
READERS = ("孙干事", "何组长", "审计员")
# tokens that every look draws anew; nobody reads them
PASSING = re.compile(r"<input type=\"hidden\"[^>]*>|X-CSRFToken[^}]*}")


@pytest.mark.covers("S0-17")
def test_asked_answered_and_helped_in_the_browser(cast: Cast) -> None:
    said = {"topic": "炉口清渣", "question": "怎么清得快？", "asked": "20101"}
    assert post(cast, "吴师傅", "help_ask", **said).status_code == 302
    row = HelpRequest.objects.get()
    post(cast, "李班长", "help_answer", row.pk, answer="趁热，分两次")
    assert "趁热，分两次" in text(cast, "吴师傅", "help")
    post(cast, "吴师傅", "help_settle", row.pk, "yes")
    row.refresh_from_db()
    assert row.state == "helped" and "帮上了" in text(cast, "李班长", "help")


def test_an_open_question_shows_members_the_question_and_not_who_asks(cast: Cast) -> None:
    row = labour.question(cast, "天车维护", "")
    page = text(cast, "郑师傅", "help")
    assert "天车维护" in page and "吴师傅" not in page
    answering = get(cast, "郑师傅", "help_answer", row.pk).content.decode()
    assert "天车维护" in answering and "吴师傅" not in answering
    assert "天车维护" not in text(cast, "周统计员", "help")
    post(cast, "郑师傅", "help_answer", row.pk, answer="看润滑")
    assert "天车维护" not in text(cast, "何组长", "help")
    assert "吴师傅问我" in text(cast, "郑师傅", "help")


def test_nobody_else_can_answer_settle_or_look(cast: Cast) -> None:
    row = labour.question(cast)
    assert post(cast, "王书记", "help_answer", row.pk, answer="我来").status_code == 404
    assert post(cast, "王书记", "help_settle", row.pk, "yes").status_code == 404
    post(cast, "李班长", "help_answer", row.pk, answer="趁热")
    refused = cast.login(Client(), "李班长").post(reverse("help_settle", args=[row.pk, "yes"]), follow=True)
    assert "由提问的人说" in refused.content.decode()
    assert HelpRequest.objects.get().state == "answered"


def helped(cast: Cast, topic: str) -> None:
    """李班长 helps 吴师傅 once more."""
    row = labour.question(cast, topic)
    verbs.answer(asking=row, answer="如此", **labour.by(cast, "李班长"))
    verbs.settle(asking=row, helped=True, **labour.by(cast, "吴师傅"))


def everything(cast: Cast, name: str, addresses: dict[str, str]) -> dict[str, str]:
    """Every page that opens for him, without what changes at every look."""
    client = cast.login(Client(), name)
    answers = {page: client.get(url) for page, url in addresses.items()}
    return {
        page: PASSING.sub("", one.content.decode())
        for page, one in answers.items()
        if one.status_code == 200 and not one.streaming
    }


@pytest.mark.covers("S0-17")
@pytest.mark.parametrize("name", READERS)
def test_no_page_of_anybody_else_changes_however_often_somebody_helped(cast: Cast, name: str) -> None:
    """Whatever showed a rank or a count per person would read otherwise after the third help than after the first."""
    rules = {page: rule for page, rule in RULES.items() if rule.ok == 200 and name in WHO[rule.verb] - set(rule.blind)}
    addresses = {page: reverse(page, kwargs=rule.kwargs(cast)) for page, rule in rules.items() if not rule.public}
    helped(cast, "一")
    before = everything(cast, name, addresses)
    helped(cast, "二")
    helped(cast, "三")
    after = everything(cast, name, addresses)
    assert before
    assert [page for page in before if before[page] != after[page]] == []


def test_the_interface_for_machines_knows_no_questions(cast: Cast) -> None:
    api = cast.login(Client(), "孙干事").get(reverse("api_openapi")).content.decode()
    assert "/api/" in api and not re.search(r"help|question|asked", api, re.IGNORECASE)


def test_the_page_of_the_two_has_no_number_of_questions_either(cast: Cast) -> None:
    def shape(name: str) -> str:
        page = re.sub(r"<li>.*?</li>", "", text(cast, name, "help"), flags=re.DOTALL)
        return re.sub(PASSING, "", page)

    helped(cast, "一")
    before = {name: shape(name) for name in ("吴师傅", "李班长")}
    helped(cast, "二")
    assert {name: shape(name) for name in before} == before


def test_a_form_keeps_what_was_written_when_the_number_is_wrong(cast: Cast) -> None:
    said: dict[str, Any] = {"topic": "炉口", "question": "怎么清？", "asked": "30101"}
    refused = post(cast, "吴师傅", "help_ask", **said)
    assert refused.status_code == 422 and "怎么清？" in refused.content.decode()
    assert not HelpRequest.objects.exists()
