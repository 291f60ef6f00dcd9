"""An idea that was carried out is taken over by another line: both cases name each other; what is not done yet is not taken over."""

import pytest
from django.test import Client

from ronglu.store.models import Case, CaseLink, Notice
from ronglu.work import case_links
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS, report

__all__ = ["cast"]
IDEA = LOOPS["idea"]


@pytest.fixture(autouse=True)
def today(settings: object) -> None:
    settings.TODAY = AT.date().isoformat()  # type: ignore[attr-defined]


@pytest.fixture
def idea(cast: Cast) -> Case:
    made = report(cast, "李班长", loop=IDEA, given={"what": "缸头密封件换型"}).case
    Case.objects.filter(pk=made.pk).update(state="done", phase="closed", closed_at=AT)
    return Case.objects.get(pk=made.pk)


def take_over(cast: Cast, client: Client, number: str, what: str = "缸头密封件换型") -> None:
    cast.login(client, "郑师傅").post(
        f"/cases/idea/new/?adopt={number}", {"what": what, "case-place": f"unit:{cast.unit['QL-F1'].pk}"}
    )


@pytest.mark.covers("S3-10")
def test_another_line_takes_it_over_and_both_say_so(cast: Cast, client: Client, idea: Case) -> None:
    page = cast.login(client, "郑师傅").get(f"/cases/{idea.pk}/").content.decode()
    assert f"/cases/idea/new/?adopt={idea.number}" in page
    take_over(cast, client, idea.number)
    link = CaseLink.objects.get()
    assert (link.kind, link.other, link.case.body, link.case.raised_by) == (
        "adopted", idea, cast.body["QL-B2"], cast.person["郑师傅"],
    )  # fmt: skip
    assert "推广采用于" in cast.login(client, "孙干事").get(f"/cases/{idea.pk}/").content.decode()
    assert "采用自" in cast.login(client, "郑师傅").get(f"/cases/{link.case.pk}/").content.decode()


def test_who_raised_it_is_told_by_unit_and_number_and_nothing_of_what_is_written_there(
    cast: Cast, client: Client, idea: Case
) -> None:
    take_over(cast, client, idea.number, "精炼线 3 号炉先试")
    made = CaseLink.objects.get().case
    told = Notice.objects.get(kind="adopted")
    assert (told.person, told.case) == (cast.person["李班长"], idea)
    assert told.text == f"您提的金点子 {idea.number} 由精炼线采用，那边的编号是 {made.number}"
    assert cast.login(client, "李班长").get(f"/cases/{made.pk}/").status_code == 404
    inbox = client.get("/inbox/").content.decode()
    assert told.text in inbox and "先试" not in inbox


def test_the_page_of_the_idea_says_where_it_was_adopted_to_all_who_see_it(
    cast: Cast, client: Client, idea: Case
) -> None:
    """李班长 and 吴师傅 of the converters see the idea, not the case on the other line: number and unit, no title, no way in."""
    take_over(cast, client, idea.number, "精炼线 3 号炉先试")
    made = CaseLink.objects.get().case
    for name in ("李班长", "吴师傅"):
        page = cast.login(client, name).get(f"/cases/{idea.pk}/").content.decode()
        assert "推广采用于" in page and made.number in page and "精炼线" in page, name
        assert "先试" not in page and f"/cases/{made.pk}/" not in page, name
    whole = cast.login(client, "孙干事").get(f"/cases/{idea.pk}/").content.decode()
    assert "先试" in whole and f"/cases/{made.pk}/" in whole


def test_who_takes_over_his_own_idea_elsewhere_is_told_nothing_new(cast: Cast, client: Client, idea: Case) -> None:
    Case.objects.filter(pk=idea.pk).update(raised_by=cast.person["郑师傅"])
    take_over(cast, client, idea.number)
    assert CaseLink.objects.exists() and not Notice.objects.filter(kind="adopted").exists()


def test_linked_as_adopted_by_hand_it_is_told_just_the_same(cast: Cast, idea: Case) -> None:
    mine = report(cast, "郑师傅", loop=IDEA, given={"what": "照做"}, unit=cast.unit["QL-F1"]).case
    case_links.connect(
        loop=IDEA, loops=LOOPS, case=mine, number=idea.number, kind="adopted", at=AT, by=cast.account["郑师傅"],
        scope=cast.scope("郑师傅"),
    )  # fmt: skip
    assert Notice.objects.get(kind="adopted").person == cast.person["李班长"]


def test_what_is_still_being_done_is_not_taken_over(cast: Cast, client: Client, idea: Case) -> None:
    Case.objects.filter(pk=idea.pk).update(state="doing", phase="working", closed_at=None)
    take_over(cast, client, idea.number, "别的点子")
    assert not CaseLink.objects.exists()
    page = cast.login(client, "李班长").get(f"/cases/{idea.pk}/").content.decode()
    assert "?adopt=" not in page
