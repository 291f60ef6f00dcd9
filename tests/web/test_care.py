"""Help pairs, talks and contacts in the browser: what the two write stays with the two, of talks there are only numbers."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import AidPair, Case, ServeRecord, TalkRecord
from tests.cast import Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.taken_away import cells, words
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.test_care import faced, note, served, standing

__all__ = ["cast", "the_10th_of_march"]


@pytest.mark.covers("S1-24")
def test_a_pair_is_made_agreed_and_noted_in_the_browser_and_nobody_else_opens_it(cast: Cast) -> None:
    assert get(cast, "李班长", "aid_new").context["form"]["one"].value() == "20101"
    assert post(cast, "李班长", "aid_new", one="20101", other="20110", axis="life").status_code == 302
    row = AidPair.objects.get()
    assert "1 对等您同意" in get(cast, "吴师傅", "inbox_others").content.decode()
    assert post(cast, "吴师傅", "aid_deed", row.pk, "agree", yes="1").status_code == 302
    given = {"gave": "yes", "words": "陪他去了医院", "on": "2026-03-10"}
    assert post(cast, "李班长", "aid_deed", row.pk, "note", **given).status_code == 302
    page = text(cast, "吴师傅", "aid_pair", row.pk)
    assert "陪他去了医院" in page and "对方帮了我" in page
    for name in ("王书记", "何组长", "孙干事", "高书记", "马主任"):
        assert get(cast, name, "aid_pair", row.pk).status_code == 404
        assert "吴师傅" not in text(cast, name, "aid")
    assert "生活方面 1 对，只报数" in text(cast, "王书记", "aid")


@pytest.mark.covers("S4-13")
def test_talks_are_entered_as_numbers_and_no_page_says_who_entered_them(cast: Cast) -> None:
    body = cast.body["QL-B1"].pk
    heart = {"body": body, "pair": "committee_member", "on": "2026-03-10"}
    assert post(cast, "王书记", "talk_new", "heart", **heart).status_code == 302
    face = {"body": body, "headings": ["situation", "duties"], "people": "18", "on": "2026-03-10"}
    assert post(cast, "王书记", "talk_new", "face", **face).status_code == 302
    page = text(cast, "高书记", "talks")
    assert "转炉党支部" in page and "讲清形势" in page and ">18<" in page and "王书记" not in page
    assert get(cast, "李班长", "talks").status_code == 403
    assert get(cast, "高书记", "talk_withdraw", TalkRecord.objects.first().pk).status_code == 404
    assert post(cast, "王书记", "talk_withdraw", TalkRecord.objects.first().pk, yes="1").status_code == 302
    assert TalkRecord.objects.count() == 1
    wrong = post(cast, "王书记", "talk_new", "face", **(face | {"on": "2026-03-11"}))
    assert wrong.status_code == 422 and "还没有到" in wrong.content.decode()


def test_the_counts_of_a_quarter_come_as_a_workbook_and_on_paper_without_a_name(cast: Cast) -> None:
    faced(cast)
    heart = {"body": cast.body["QL-B1"].pk, "pair": "committee_member", "on": "2026-03-10"}
    assert post(cast, "王书记", "talk_new", "heart", **heart).status_code == 302
    row = TalkRecord.objects.get(kind="face")
    book = cells(get(cast, "王书记", "talks_xlsx", quarter="2026-Q1"))
    (heads, line) = book["面对面"]
    assert heads[0] == "党组织" and heads[-2:] == ["场次", "人次"] and line[0] == "转炉党支部"
    assert line[-2:] == [1, row.people] and sum(line[1:-2]) == len(row.headings)
    assert book["谈心谈话"][1] == ["转炉党支部", 0, 1, 0, 1]
    told = words(get(cast, "王书记", "talks_xlsx", form="word", quarter="2026-Q1"))
    assert "一、面对面" in told and "转炉党支部" in told and "青岚冶炼厂" in told
    assert not any(one.name in told for one in cast.person.values())
    assert get(cast, "李班长", "talks_xlsx").status_code == 403
    assert "转炉" not in words(get(cast, "邻厂书记", "talks_xlsx", form="word", quarter="2026-Q1"))


def test_a_month_of_contacts_comes_on_paper_with_what_the_reader_may_see(cast: Cast) -> None:
    served(cast, "王书记", heard="夜班照明不够")
    told = words(get(cast, "王书记", "serving_xlsx", form="word", month="2026-03"))
    assert "夜班照明不够" in told and "王书记" in told and "2026-03-" in told
    assert "夜班照明不够" not in words(get(cast, "邻厂书记", "serving_xlsx", form="word", month="2026-03"))


@pytest.mark.covers("S2-12")
def test_a_contact_is_entered_and_what_it_brought_back_is_a_case(cast: Cast) -> None:
    given = {
        "link": "crew", "unit": cast.unit["QL-R1-甲"].pk, "body": "", "serves": ["people"], "heard": "夜班照明不够",
        "opens": "on", "on": "2026-03-10",
    }  # fmt: skip
    assert post(cast, "马主任", "serving_new", **given).status_code == 302
    page = text(cast, "王书记", "serving")
    assert "夜班照明不够" in page and Case.objects.get().number in page and "系统默认" in page
    assert ServeRecord.objects.get().person == cast.person["马主任"]
    assert get(cast, "王书记", "serving_xlsx", month="2026-03").status_code == 200
    assert get(cast, "李班长", "serving").status_code == 403


@pytest.mark.parametrize("page", ["aid", "talks", "serving"])
def test_three_rows_cost_no_more_queries_than_one(cast: Cast, page: str) -> None:
    def cost() -> int:
        client = cast.login(Client(), "王书记")
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(page)).status_code == 200
        return len(queries)

    def grow(two: tuple[str, str]) -> None:
        note(cast, standing(cast, "work", two), two[0])
        faced(cast)
        served(cast, "王书记", heard="x")

    grow(("王书记", "李班长"))
    one = cost()
    grow(("王书记", "何组长"))
    grow(("王书记", "马主任"))
    grow(("李班长", "何组长"))
    assert cost() == one


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    cast = make_cast()
    row = standing(cast, "work", ("王书记", "李班长"))
    note(cast, row, "王书记", words="一起看了一个班的炉口火焰，讲怎么判断终点")
    standing(cast, "work", ("何组长", "吴师傅"))
    faced(cast)
    served(cast, "王书记", heard="夜班照明不够，休息室暖气不热")
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", ["aid", "talks", "serving", "aid_pair"])
def test_the_pages_are_right_on_phone_and_screen(
    house: Cast, look: Look, client: Client, width: int, page: str
) -> None:
    house.login(client, "王书记")
    args = [AidPair.objects.first().pk] if page == "aid_pair" else []
    check(look(reverse(page, args=args), width=width, cookies=client.cookies), page)
