"""Numbers are written the way the plant writes them."""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from ronglu.kernel.time.period import Period
from ronglu.web import formats
from ronglu.web.words import named


def test_a_ratio_that_never_ends_in_decimals_is_a_number_all_the_same() -> None:
    assert (formats.pct(Fraction(2, 3)), formats.num(Fraction(4, 5), 2)) == ("66.7\u00a0%", "0.80")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234567, None, "1,234,567"),
        ("42.50", None, "42.50"),
        (Decimal("2.345"), 2, "2.35"),
        (-114, None, "−114"),
        (Decimal("-0.004"), 2, "0.00"),
        (None, 2, "—"),
        ("停电检修", None, "—"),
        (0, 1, "0.0"),
        (True, None, "—"),
        (Decimal("NaN"), 1, "—"),
    ],
)
def test_a_number_has_groups_a_true_minus_and_a_dash_when_missing(
    value: object, decimals: int | None, shown: str
) -> None:
    assert formats.num(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("1.6", "+1.6"), ("-2.9", "−2.9"), (0, "0"), (None, "—"), ("0.00", "0.00")]
)
def test_a_difference_carries_its_sign_unless_it_is_nothing(value: object, shown: str) -> None:
    assert formats.signed(value) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"), [(50, None, "50\u00a0%"), ("97.436", 2, "97.44\u00a0%"), (None, None, "—")]
)
def test_what_is_percent_already_is_written_in_the_same_way(value: Any, decimals: int | None, shown: str) -> None:
    assert formats.percent(value, decimals) == shown


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2026-06", "2026 年 6 月", "2026-06"),
        ("2026-Q1", "2026 年一季度", "2026 Q1"),
        ("2026-H2", "2026 年下半年", "2026 H2"),
        ("2026-W11", "2026 年第 11 周", "2026 week 11"),
        ("2026-03-14", "2026 年 3 月 14 日", "2026-03-14"),
        ("2026", "2026 年", "2026"),
    ],
)
def test_a_period_is_written_in_one_way(period: str, chinese: str, english: str) -> None:
    assert named(Period.parse(period)) == chinese
    with translation.override("en"):
        assert named(Period.parse(period)) == english
    if re.fullmatch(r"\d{4}-\d\d", period):
        assert formats.month_name(period) == chinese


def test_no_page_writes_a_percent_sign_of_its_own() -> None:
    web = Path(formats.__file__).parent
    own = re.compile(r"\}\}%(?![}\w])")
    found = {path.relative_to(web).as_posix() for path in web.rglob("*.html") if own.search(path.read_text("utf-8"))}
    assert found == set()


def test_a_share_becomes_percent_and_a_difference_of_percents_points() -> None:
    assert (formats.pct(Decimal("0.659")), formats.pp("-2.9"), formats.pct(None)) == (
        "65.9\u00a0%",
        "−2.9\u00a0pp",
        "—",
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(9999, "9,999"), (12345678, "1,234.57\u00a0万"), (-250000000, "−2.50\u00a0亿"), (None, "—")]
)
def test_large_amounts_are_said_in_wan_and_yi(value: object, shown: str) -> None:
    assert formats.wan(value) == shown


def test_in_english_large_amounts_stay_in_thousands() -> None:
    with translation.override("en"):
        assert formats.wan(12345678) == "12,345,678"


def test_days_months_and_sizes() -> None:
    assert formats.long_day(dt.date(2026, 11, 16)) == "11 月 16 日 周一"
    assert (formats.month_name("2026-03"), formats.month_name("2026-Q1")) == ("2026 年 3 月", "2026-Q1")
    assert (formats.file_size(1_400), formats.file_size(12), formats.file_size(2_500_000)) == (
        "1.4\u00a0kB",
        "12\u00a0B",
        "2.5\u00a0MB",
    )


@pytest.mark.parametrize(("share", "name"), [("0.404", "pc-40"), (-1, "pc-0"), (3, "pc-100"), (None, "pc-0")])
def test_a_width_is_a_class_between_0_and_100(share: object, name: str) -> None:
    assert formats.percent_class(share) == name


def test_a_written_out_calculation_has_true_minus_signs_and_keeps_the_hyphens_of_days() -> None:
    assert formats.minus("1 ＋（-0.04）÷ 1.00") == "1 ＋（−0.04）÷ 1.00"
    assert formats.minus("-0.04 pp，2026-03-18") == "−0.04 pp，2026-03-18"


def test_a_moment_of_this_year_is_short_and_midnight_is_a_day_without_an_hour(settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    assert [
        formats.short_moment(dt.datetime(2026, 3, 9, 7, 5)), formats.short_moment(dt.datetime(2025, 12, 31, 7, 5)),
        formats.short_moment(dt.datetime(2026, 3, 9)), formats.short_moment(None),
    ] == ["03-09 07:05", "2025-12-31 07:05", "03-09", "—"]  # fmt: skip
