"""An idea that was carried out is taken over by another line: both cases name each other; what is not done yet is not taken over."""

import pytest
from django.test import Client

from ronglu.store.models import Case, CaseLink
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


def test_what_is_still_being_done_is_not_taken_over(cast: Cast, client: Client, idea: Case) -> None:
    Case.objects.filter(pk=idea.pk).update(state="doing", phase="working", closed_at=None)
    take_over(cast, client, idea.number, "别的点子")
    assert not CaseLink.objects.exists()
    page = cast.login(client, "李班长").get(f"/cases/{idea.pk}/").content.decode()
    assert "?adopt=" not in page
