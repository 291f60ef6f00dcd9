"""The sheet's pages as people see them: on a phone and on a desk, without a violation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import ItemFigure, VetoMark
from tests.boards.assessed import AT, March, assess, cast, march  # noqa: F401
from tests.cast import Cast
from tests.web.pages import WIDTHS, Look, check, complaints
from tests.web.scored import assess_job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ITEM = {"month": "2026-03", "body": "QL-B1"}


def address(page: str) -> str:
    where: dict[str, Any] = {"sheet_branch": ITEM, "sheet_item": {**ITEM, "item": "D3"}}.get(page, {})
    return reverse(page, kwargs=where)


@pytest.fixture
def busy(cast: Cast, march: March) -> March:
    """Two runs with a corrected reading between them, a figure that waits, a veto that waits."""
    assess(march)
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=350, ground="一季度检查通报第 2 条",
        entered_by=cast.account["孙干事"], entered_at=AT, signed_by=cast.account["高书记"], signed_at=AT,
    )  # fmt: skip
    ItemFigure.objects.create(
        body=cast.body["QL-B2"], item="A1", month=202603, won=400, ground="台账第 3 页",
        entered_by=cast.account["孙干事"], entered_at=AT,
    )  # fmt: skip
    VetoMark.objects.create(
        body=cast.body["QL-B2"], month=202603, reason="falsified", evidence="核查结论 3 号",
        entered_by=cast.account["孙干事"],
    )  # fmt: skip
    assess(march)
    return march


PAGES = (
    "sheet", "sheet_branch", "sheet_item", "sheet_runs", "sheet_figures", "sheet_vetoes", "sheet_rules", "sheet_publish",
)  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_fit_and_say_so_to_everybody(cast: Cast, busy: March, client: Client, look: Look, width: int) -> None:
    cast.login(client, "孙干事")
    for page in PAGES:
        check(look(address(page), width=width, cookies=client.cookies), page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_computation_on_its_way_fits(cast: Cast, client: Client, look: Look, width: int) -> None:
    cast.login(client, "孙干事")
    job = assess_job(cast)
    check(look(reverse("sheet_job", args=[job.pk]), width=width, cookies=client.cookies), "sheet_job")


def test_nothing_on_the_pages_needs_leave_from_the_content_policy(
    cast: Cast, busy: March, client: Client, look: Look
) -> None:
    cast.login(client, "王书记")
    for page in ("sheet", "sheet_item"):
        assert complaints(look(address(page), cookies=client.cookies, strict=True)) == []
