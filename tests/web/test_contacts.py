"""横班联系 in the browser: paired, agreed, a sentence a week with its case, and a week's completeness for the branch."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import Case, Contact, ContactNote, Engagement, Person
from ronglu.work import contacts
from tests.cast import AT, SINCE, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.web.test_teams import get, post, text, the_10th_of_march
from tests.work.paired import PAIR, join, kept, standing

__all__ = ["cast", "the_10th_of_march"]
FRIDAY = "2026-03-13"


def said(cast: Cast, name: str) -> dict[str, Any]:
    return {"by": cast.account[name], "scope": cast.scope(name), "at": AT}


@pytest.mark.covers("S0-22")
def test_a_pair_is_made_agreed_and_noted_with_a_case_in_the_browser(cast: Cast) -> None:
    join(cast)
    assert get(cast, "李班长", "contact_new").context["form"]["one"].value() == "20101"
    assert post(cast, "李班长", "contact_new", one="20101", other="20110").status_code == 302
    row = Contact.objects.get()
    assert ">同意<" in text(cast, "吴师傅", "contacts") and ">同意<" not in text(cast, "李班长", "contacts")
    post(cast, "吴师傅", "contact_deed", row.pk, "agree", yes="1")
    filled = {"words": "二号风机轴承发热", "act": "hazard", "kind": "equipment"}
    assert post(cast, "李班长", "contact_deed", row.pk, "note", **filled).status_code == 302
    case = Case.objects.get()
    page = text(cast, "吴师傅", "contact", row.pk)
    assert "二号风机轴承发热" in page and case.number in page and "有记录" in page


def test_a_hazard_without_its_kind_is_refused_and_the_sentence_stays(cast: Cast) -> None:
    row = standing(cast)
    answer = post(cast, "李班长", "contact_deed", row.pk, "note", words="轴承发热", act="hazard")
    assert answer.status_code == 422 and "轴承发热" in answer.content.decode()
    assert not ContactNote.objects.exists()


@pytest.mark.covers("S0-22")
def test_the_branch_sees_how_complete_the_week_is_and_its_secretary_what_was_said(cast: Cast) -> None:
    row = standing(cast)
    contacts.note(contact=row, words="二号风机轴承发热", **said(cast, "李班长"))
    standing(cast, ("李班长", "郑师傅"))
    page = text(cast, "王书记", "contacts")
    assert "本周 2 对中 1 对有记录，0 对班次碰不上，0 对写了原因，1 对还没有" in page
    assert "二号风机轴承发热" not in page
    assert "二号风机轴承发热" in text(cast, "王书记", "contact", row.pk)


def test_a_pair_is_nothing_to_others_and_no_number_of_a_person_stands_anywhere(cast: Cast) -> None:
    row = standing(cast)
    for name in ("何组长", "马主任", "高书记"):
        assert get(cast, name, "contact", row.pk).status_code == 404
        assert "吴师傅" not in text(cast, name, "contacts")
    assert get(cast, "周统计员", "contacts").status_code == 403


@pytest.mark.covers("S0-22")
def test_the_inbox_asks_for_a_yes_and_on_friday_for_the_sentence(cast: Cast, settings: Any) -> None:
    join(cast)
    post(cast, "李班长", "contact_new", one="20101", other="20110")
    assert "1 对等您同意" in get(cast, "吴师傅", "inbox_others").content.decode()
    post(cast, "吴师傅", "contact_deed", Contact.objects.get().pk, "agree", yes="1")
    assert "还没有记" not in get(cast, "吴师傅", "inbox_others").content.decode()
    settings.TODAY = FRIDAY
    assert "本周 1 对还没有记" in get(cast, "吴师傅", "inbox_others").content.decode()


def more(cast: Cast, n: int) -> None:
    """李班长 with one more member of the sister crew each."""
    for no in range(n):
        person = Person.objects.create(plant=cast.plant, staff_no=f"2020{no}", name=f"兄弟{no}")
        Engagement.objects.create(person=person, unit=cast.unit["QL-R1-乙"], from_on=SINCE)
        account = type(cast.account["李班长"]).objects.create(staff_no=f"2020{no}", person=person, must_change=False)
        cast.person[person.name], cast.account[person.name] = person, account
        join(cast, person.name)
        contacts.note(contact=standing(cast, ("李班长", person.name)), words="交了一句", **said(cast, "李班长"))


@pytest.mark.parametrize("name", ["李班长", "王书记"])
def test_three_pairs_cost_no_more_queries_than_one(cast: Cast, name: str) -> None:
    def cost(n: int) -> int:
        more_client = cast.login(Client(), name)
        with CaptureQueriesContext(connection) as asked:
            page = more_client.get(reverse("contacts")).content.decode()
        assert page.count("兄弟") >= n
        return len(asked)

    more(cast, 1)
    cost(1)
    one = cost(1)
    Contact.objects.all().delete()
    Person.objects.filter(name="兄弟0").update(name="旧人")
    Person.objects.filter(name="旧人").update(staff_no="29999")
    type(cast.account["李班长"]).objects.filter(staff_no="20200").update(staff_no="29999")
    more(cast, 3)
    assert cost(3) == one


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = FRIDAY
    cast = make_cast()
    row = kept(cast)
    contacts.note(contact=row, words="二号风机轴承发热，已经报修，夜班多看一眼", **said(cast, "李班长"))
    standing(cast, ("李班长", "郑师傅"))
    return cast


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_sound_at_every_width(house: Cast, look: Look, width: int) -> None:
    row = kept(house)
    for name, page, args in (
        ("李班长", "contacts", []), ("王书记", "contacts", []), ("吴师傅", "contact", [row.pk]), ("孙干事", "contacts", []),
        ("李班长", "contact_new", []), ("吴师傅", "contact_deed", [row.pk, "note"]),
    ):  # fmt: skip
        client = house.login(Client(), name)
        check(look(reverse(page, args=args), width=width, cookies=client.cookies), f"{page}-{name}-{len(args)}")


@pytest.mark.browser
def test_a_sentence_is_noted_on_the_phone_in_three_touches(house: Cast, look: Look) -> None:
    client = house.login(Client(), PAIR[1])
    page = look(reverse("contacts"), width=360, cookies=client.cookies)
    page.goto(page.url.replace("contacts/", f"contacts/{kept(house).pk}/"))
    page.click("text=记一句")
    page.fill("[name=words]", "收到，夜班盯着")
    page.click("main button.main")
    page.wait_for_selector("text=记下了。")
    assert ContactNote.objects.filter(words="收到，夜班盯着", by=house.account[PAIR[1]]).exists()
