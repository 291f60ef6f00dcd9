"""Numbers in addresses: no page falls over one that is too large, in another script, or no number at all."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, cast
from tests.work.clock import set_clock

__all__ = ["cast"]
HOSTILE = ("9" * 17, "9" * 19, "9" * 60, "202613", "٣", "３", "²", "-1", "x")
PAGES = [
    ("zones", (), "unit", "赵安全员"),
    ("zones_xlsx", (), "unit", "赵安全员"),
    ("zone_labels", (), "unit", "赵安全员"),
    ("people", (), "unit", "孙干事"),
    ("cases_loop", ("hazard",), "unit", "赵安全员"),
    ("cases_loop", ("hazard",), "zone", "赵安全员"),
    ("cases_loop", ("hazard",), "page", "赵安全员"),
    ("case_new", ("hazard",), "zone", "李班长"),
    ("readings", (), "unit", "周统计员"),
    ("readings", (), "month", "周统计员"),
    ("holidays", (), "year", "孙干事"),
    ("plans", (), "year", "周统计员"),
    ("seasons", (), "year", "赵安全员"),
]


@pytest.mark.parametrize(("page", "args", "name", "who"), PAGES)
def test_a_number_that_is_none_is_as_good_as_not_asked(
    cast: Cast, settings: Any, page: str, args: tuple[Any, ...], name: str, who: str
) -> None:
    settings.TODAY = "2026-03-10"
    set_clock(cast.plant)
    client = cast.login(Client(), who)
    for text in HOSTILE:
        assert client.get(reverse(page, args=args), {name: text}).status_code == 200, text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_run_or_a_version_of_the_sheet_that_is_no_number_is_not_found_or_left_out(
    cast: Cast, settings: Any, text: str
) -> None:
    settings.TODAY = "2026-03-10"
    client = cast.login(Client(), "孙干事")
    assert client.get(reverse("sheet"), {"run": text}).status_code == 404
    assert client.get(reverse("sheet_rules"), {"version": text}).status_code in (200, 404)


def test_a_year_is_taken_from_the_address_within_its_bounds(cast: Cast, settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    client = cast.login(Client(), "孙干事")

    def year(text: str) -> Any:
        return client.get(reverse("holidays"), {"year": text}).context["year"]

    assert [year(text) for text in ("2027", "2000", "2099", "1999", "2100", "20270", "")] == [
        2027, 2000, 2099, 2026, 2026, 2026, 2026,
    ]  # fmt: skip
