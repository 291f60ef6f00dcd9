"""The sheet of the room in two hands and over a bad network: what one wrote the other does not wipe away, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import Gathering
from ronglu.work import gatherings_room
from tests.cast import Cast, cast, make_cast
from tests.web.pages import Look
from tests.web.test_gatherings import write
from tests.web.test_teams import get, the_10th_of_march
from tests.work.gathered import by, came, close, held, opened

__all__ = ["cast", "the_10th_of_march"]


def drawn(cast: Cast, row: Gathering, name: str = "何组长") -> str:
    """What the page of one who opens the sheet sends back of what stood there."""
    return str(get(cast, name, "gathering", row.pk).context["room"].before())


def said(row: Gathering, block: str) -> str:
    return row.agenda.get(block=block).said


def box(row: Gathering, block: str) -> str:
    return f"said-{row.agenda.get(block=block).pk}"


def test_two_who_write_different_lines_do_not_wipe_each_other(cast: Cast) -> None:
    row = opened(cast)
    was, talk, three = drawn(cast, row), box(row, "talk"), box(row, "three")
    away = cast.person["李班长"].pk
    first = {talk: "防护罩不能再拖", three: "", f"away-{away}": "on", f"why-{away}": "出差"}
    assert write(cast, row, was=was, **first).status_code == 302
    assert write(cast, row, was=was, **{talk: "", three: "三班定点测温", f"why-{away}": ""}).status_code == 302
    assert (said(row, "talk"), said(row, "three")) == ("防护罩不能再拖", "三班定点测温")
    assert row.people.get(person=away).mark == "away" and row.people.get(person=away).reason == "出差"


def test_a_line_that_both_changed_is_told_and_both_texts_are_there(cast: Cast) -> None:
    row = opened(cast)
    was, talk = drawn(cast, row), box(row, "talk")
    write(cast, row, was=was, **{talk: "防护罩不能再拖"})
    answer = write(cast, row, was=was, **{talk: "月底装好"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "另一个人刚改成：防护罩不能再拖" in page and "月底装好</textarea>" in page
    assert said(row, "talk") == "防护罩不能再拖"
    again = answer.context["room"].before()
    assert write(cast, row, was=again, **{talk: "防护罩不能再拖；月底装好"}).status_code == 302
    assert said(row, "talk") == "防护罩不能再拖；月底装好"


def test_what_is_refused_for_another_reason_still_knows_what_stood_there(cast: Cast) -> None:
    row = opened(cast)
    was, talk, three = drawn(cast, row), box(row, "talk"), box(row, "three")
    answer = write(cast, row, was=was, **{talk: "月底装好", three: "", "res-text": "装", "res-staff": "99999"})
    assert answer.status_code == 422 and 'value="99999"' in answer.content.decode()
    write(cast, row, was=was, **{talk: "", three: "三班定点测温"})
    assert write(cast, row, was=answer.context["room"].before(), **{talk: "月底装好", three: ""}).status_code == 302
    assert (said(row, "talk"), said(row, "three")) == ("月底装好", "三班定点测温")


def test_the_same_sheet_sent_twice_is_written_once(cast: Cast) -> None:
    row = opened(cast)
    sent = {
        "was": drawn(cast, row),
        box(row, "talk"): "防护罩\r\n不能再拖 ",
        "res-text": "装防护罩",
        "res-due": "2026-03-31",
    }
    assert [write(cast, row, **sent).status_code for _ in range(2)] == [302, 302]
    assert row.resolutions.count() == 1


def test_who_is_overtaken_between_reading_and_writing_tries_again(cast: Cast) -> None:
    row = opened(cast)
    seen = gatherings_room.written(row)
    gatherings_room.take_down(gathering=row, said={row.agenda.get(block="talk").pk: "防护罩"}, **by(cast))
    with pytest.raises(GatheringTrouble, match="正好同时保存"):
        gatherings_room.write_down(gathering=row, away={}, count=None, said={}, given={}, seen=seen, **by(cast))


def test_what_was_typed_after_another_closed_it_is_shown_to_be_copied(cast: Cast) -> None:
    row = opened(cast)
    was, talk = drawn(cast, row), box(row, "talk")
    close(cast, came(cast, row))
    answer = write(cast, row, was=was, **{talk: "月底装好", "res-text": "装防护罩"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已办结，不能再办这一步" in page
    assert "没有存进去" in page and "月底装好" in page and "装防护罩" in page
    assert said(row, "talk") == "" and not row.resolutions.exists()


@pytest.mark.parametrize(("given", "says"), [
    ({"res-text": "装防护罩", "res-due": "下周五"}, "期限“下周五”不是一个日期"),
    ({"res-text": "装防护罩", "res-due": "2026-02-30"}, "不是一个日期"),
    ({"res-due": "2026-03-31"}, "还没有写决定了什么"),
    ({"res-staff": "20101"}, "还没有写决定了什么"),
])  # fmt: skip
def test_half_a_resolution_is_not_dropped_in_silence(cast: Cast, given: dict[str, str], says: str) -> None:
    row = opened(cast)
    answer = write(cast, row, **given)
    assert answer.status_code == 422 and says in answer.content.decode() and not row.resolutions.exists()


def test_who_made_it_up_is_not_counted_as_there_when_the_record_is_put_right(cast: Cast) -> None:
    """The page of a meeting that is put right has him away still, as he was."""
    first = held(cast, away=("李班长",))
    first.people.filter(mark="away").update(mark="makeup")
    Gathering.objects.update(state="open")
    page = get(cast, "何组长", "gathering", first.pk).content.decode()
    assert re.findall(r'name="away-(\d+)" checked', page) == [str(cast.person["李班长"].pk)]


def test_a_step_that_was_unticked_stays_unticked_when_the_sheet_is_refused(cast: Cast) -> None:
    row = opened(cast, "appraisal", "QL-B1", name="王书记")
    guide = get(cast, "王书记", "gathering", row.pk).context["guide"]
    steps = next(one for one in guide.inputs if one.kind == "steps")
    first, second = (f"in-{steps.code}-{one.code}" for one in steps.choices[:2])
    write(cast, row, name="王书记", **{first: "on", second: "on"})
    page = write(cast, row, name="王书记", **{first: "on", "res-due": "x"}).content.decode()
    assert re.findall(rf'name="({first}|{second})" checked', page) == [first]


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Cast:
    settings.TODAY = "2026-03-10"
    return make_cast()


@pytest.mark.browser
def test_what_was_typed_outlives_a_cut_of_the_network_and_a_closed_page(house: Cast, look: Look) -> None:
    row = opened(house)
    talk, address = box(row, "talk"), reverse("gathering", args=[row.pk])
    away = house.person["李班长"].pk
    page = look(address, width=360, cookies=house.login(Client(), "何组长").cookies)
    page.locator(f"[name={talk}]").fill("防护罩不能再拖")
    page.locator(f"[name=away-{away}]").check()
    page.locator("[name=res-text]").fill("装防护罩")
    page.context.set_offline(True)
    page.get_by_role("button", name="保存，接着记").click()
    page.locator("[data-says]", has_text="网络不通").wait_for()
    page.context.set_offline(False)
    gatherings_room.take_down(gathering=row, said={row.agenda.get(block="three").pk: "三班定点测温"}, **by(house))
    page.goto(page.url)
    assert page.locator(f"[name={talk}]").input_value() == "防护罩不能再拖"
    assert page.locator(f"[name=away-{away}]").is_checked()
    assert "没有送到" in page.locator("[data-says]").inner_text()
    page.get_by_role("button", name="保存，接着记").click()
    page.wait_for_load_state("load")
    assert (said(row, "talk"), said(row, "three")) == ("防护罩不能再拖", "三班定点测温")
    assert row.resolutions.get().text == "装防护罩" and row.people.get(person=away).mark == "away"
    assert page.locator("[data-says]").is_hidden() and page.locator("[name=res-text]").input_value() == ""
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('ronglu.sheet'))") == []
