"""The editor's pages as people see them: on a phone and on a desk, without a violation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Job
from tests.cast import Cast, cast  # noqa: F401
from tests.web.pages import WIDTHS, Look, check
from tests.web.scored import scored
from tests.work.drafted import AT, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.TODAY = "2026-04-03"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_the_editor_fit_and_say_so_to_everybody(
    cast: Cast, client: Client, look: Look, width: int
) -> None:
    scored(cast)
    draft = ready(cast)
    _answered(cast, draft.pk)
    cast.login(client, "孙干事")
    new = reverse("draft_item_new", args=[draft.pk])
    pages = {
        "drafts": reverse("drafts"), "draft": reverse("draft", args=[draft.pk]), "draft_head": reverse("draft_head", args=[draft.pk]),
        "draft_choose": reverse("draft_choose", args=[draft.pk]), "draft_item_new": f"{new}?shape=band&category=B",
        "draft_item": reverse("draft_item", args=[draft.pk, "E4"]),
        "draft_examples": reverse("draft_examples", args=[draft.pk, "D1"]), "draft_admin": reverse("draft_admin"),
        "draft_whatif": reverse("draft_whatif", args=[draft.pk]), "version_diff": reverse("version_diff"),
    }  # fmt: skip
    for name, url in pages.items():
        check(look(url, width=width, cookies=client.cookies), name)


def _answered(cast: Cast, draft: int) -> None:
    """A what-if that is done: one branch moves, one loses its grade."""
    one, two = cast.body["QL-B1"].pk, cast.body["QL-B2"].pk
    result = {
        "draft": draft, "revision": 0, "months": ["2026-02", "2026-03"],
        "totals": [
            ["2026-02", one, "party", 9000, 9050, "excellent", "excellent"], ["2026-03", one, "party", 8990, 9010, "good", "excellent"],
            ["2026-02", two, "party", 8800, None, "good", ""], ["2026-03", two, "party", 8800, 8800, "good", "good"],
        ],
        "cells": [["2026-02", one, "B3", "scored", 700, "scored", 600], ["2026-03", two, "D8", "scored", 400, "", None]],
    }  # fmt: skip
    Job.objects.create(
        kind="whatif", label="推演", plant=cast.plant, args={"draft": draft, "months": 3}, state="done", result=result,
        created_at=AT,
    )  # fmt: skip
