"""What was typed becomes a value, or the sentence that says what would be right."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.loops.errors import BadField
from ronglu.kernel.loops.field import Choice, Field, Kind, key_of


def field(kind: Kind, **rest: Any) -> Field:
    choices = (Choice("a", "甲", "A"), Choice("b", "乙", "B")) if kind is Kind.CHOICE else ()
    return Field(code="x", label="某项", en="X", kind=kind, choices=choices, **rest)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (Kind.TEXT, " 换灯 ", "换灯"),
        (Kind.TEXT, "a\0b", "ab"),
        (Kind.LONG, "两\n行", "两\n行"),
        (Kind.CHOICE, "b", "b"),
        (Kind.NUMBER, "1,200", "1200"),
        (Kind.NUMBER, "1，200", "1200"),
        (Kind.NUMBER, 7, "7"),
        (Kind.NUMBER, "-3", "-3"),
        (Kind.MONEY, "8600", "8600.00"),
        (Kind.MONEY, "0.5", "0.50"),
        (Kind.DATE, "2026-03-14", "2026-03-14"),
        (Kind.DATE, dt.date(2026, 3, 14), "2026-03-14"),
        (Kind.YES, "yes", True),
        (Kind.YES, "on", True),
        (Kind.YES, "no", False),
        (Kind.YES, False, False),
        (Kind.PERSON, "17", 17),
        (Kind.UNIT, 17, 17),
        (Kind.BODY, "17", 17),
        (Kind.ZONE, "17", 17),
        (Kind.INDICATOR, "CN-04", "CN-04"),
        (Kind.INDICATOR, "CN-04\0", "CN-04"),
        (Kind.NUMBER, "999999999999", "999999999999"),
        (Kind.DATE, "2000-01-01", "2000-01-01"),
    ],
)
def test_each_kind_keeps_an_exact_value(kind: Kind, given: Any, kept: Any) -> None:
    found = field(kind).read(given)
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("given", [None, "", "  "])
def test_nothing_given_is_nothing_kept(kind: Kind, given: Any) -> None:
    assert field(kind).read(given) is None


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (Kind.TEXT, "长" * 121, "“某项”写了 121 个字，最多 120 个"),
        (Kind.LONG, "长" * 2001, "“某项”写了 2001 个字，最多 2000 个"),
        (Kind.CHOICE, "c", "“某项”没有“c”这一项，应为甲、乙之一"),
        (Kind.NUMBER, "一百", "“某项”的“一百”不是一个数"),
        (Kind.NUMBER, "1.5", "“某项”最多 0 位小数，写的是 1.5"),
        (Kind.NUMBER, 1.5, "“某项”应写成文字形式的数，如 12.5"),
        (Kind.NUMBER, True, "“某项”应写成文字形式的数，如 12.5"),
        (Kind.NUMBER, "1000000000000", "“某项”的“1000000000000”太大，请核对单位"),
        (Kind.NUMBER, "NaN", "“某项”的“NaN”太大，请核对单位"),
        (Kind.NUMBER, "Infinity", "“某项”的“Infinity”太大，请核对单位"),
        (Kind.MONEY, "1.005", "“某项”最多 2 位小数，写的是 1.005"),
        (Kind.DATE, "3 月 14 日", "“某项”的“3 月 14 日”不是日期，应写成 2026-03-14"),
        (Kind.DATE, "2026-02-30", "“某项”的“2026-02-30”不是日期，应写成 2026-03-14"),
        (Kind.YES, "也许", "“某项”只能答是或否"),
        (Kind.PERSON, "李班长", "“某项”没有选对"),
        (Kind.PERSON, True, "“某项”没有选对"),
        (Kind.ZONE, "-1", "“某项”没有选对"),
        (Kind.BODY, "1.0", "“某项”没有选对"),
        (Kind.PERSON, "²", "“某项”没有选对"),
        (Kind.PERSON, "１", "“某项”没有选对"),
        (Kind.UNIT, "9" * 19, "“某项”没有选对"),
        (Kind.UNIT, "9" * 5000, "“某项”没有选对"),
        (Kind.NUMBER, "1e999999999", "“某项”的“1e999999999”太大，请核对单位"),
        (Kind.NUMBER, "-1e12", "“某项”的“-1e12”太大，请核对单位"),
        (Kind.NUMBER, "1e-999999999", "“某项”最多 0 位小数，写的是 1e-999999999"),
        (Kind.NUMBER, "1" * 5000, f"“某项”的“{'1' * 40}”不是一个数"),
        (Kind.DATE, "1999-12-31", "“某项”的“1999-12-31”年份不对，应在 2000 到 2099 年之间"),
        (Kind.DATE, "9999-12-31", "“某项”的“9999-12-31”年份不对，应在 2000 到 2099 年之间"),
        (Kind.INDICATOR, "C" * 121, "“某项”写了 121 个字，最多 120 个"),
    ],
)
def test_each_refusal_says_what_would_be_right(kind: Kind, given: Any, said: str) -> None:
    with pytest.raises(BadField) as refused:
        field(kind).read(given)
    assert str(refused.value) == said


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.MONEY])
def test_a_number_below_the_declared_least_is_refused(kind: Kind) -> None:
    assert Decimal(field(kind, least=Decimal(0)).read("0")) == 0
    with pytest.raises(BadField) as refused:
        field(kind, least=Decimal(0)).read("-3")
    assert str(refused.value) == "“某项”不能小于 0，写的是 -3"


@pytest.mark.parametrize(
    ("sent", "key"), [("17", 17), (17, 17), ("²", None), ("9" * 19, None), ("", None), ("-1", None)]
)
def test_the_number_of_a_record_is_plain_digits_that_the_database_can_hold(sent: Any, key: int | None) -> None:
    assert key_of(sent) == key


def test_declared_decimals_are_filled_up_and_more_of_them_refused() -> None:
    assert field(Kind.NUMBER, decimals=3).read("8.4") == "8.400"
    with pytest.raises(BadField, match="最多 3 位小数"):
        field(Kind.NUMBER, decimals=3).read("8.4001")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.CHOICE, "a", "甲"),
        (Kind.CHOICE, "gone", "gone"),
        (Kind.YES, True, "是"),
        (Kind.YES, False, "否"),
        (Kind.MONEY, "8600.00", "8600.00 元"),
        (Kind.NUMBER, "12", "12 块"),
        (Kind.TEXT, None, ""),
    ],
)
def test_a_kept_value_is_shown_as_people_read_it(kind: Kind, value: Any, shown: str) -> None:
    rest = {"unit": "块"} if kind is Kind.NUMBER else {}
    assert field(kind, **rest).shown(value) == shown
