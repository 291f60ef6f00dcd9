"""Spells of time that a unit stood: what overlaps, minutes inside a period, the longest reasons first, a tree that is whole."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from ronglu.kernel.measure.halts import Spell, StopBookTrouble, pareto, read

DAY = dt.datetime(2026, 3, 10)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return DAY.replace(hour=hour, minute=minute)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Spell(at(8), at(9)), Spell(at(9), at(10)), False),
        (Spell(at(8), at(9, 1)), Spell(at(9), at(10)), True),
        (Spell(at(8), None), Spell(at(20), at(21)), True),
        (Spell(at(20), None), Spell(at(8), at(20)), False),
        (Spell(at(8), at(12)), Spell(at(9), at(10)), True),
    ],
)
def test_two_that_only_touch_do_not_overlap(one: Spell, other: Spell, meets: bool) -> None:
    assert one.meets(other) is meets and other.meets(one) is meets


def test_only_the_minutes_inside_the_period_count_and_what_lasts_counts_to_its_end() -> None:
    """07:30–08:45 in a shift from 08:00 is 45 minutes; from 15:30 on still standing it is 30 up to 16:00."""
    assert Spell(at(7, 30), at(8, 45)).minutes(at(8), at(16)) == 45
    assert Spell(at(15, 30), None).minutes(at(8), at(16)) == 30
    assert Spell(at(5), at(6)).minutes(at(8), at(16)) == 0


def test_the_longest_reason_comes_first_with_what_all_up_to_it_make_up() -> None:
    """60 + 30 of 120 minutes for a, 20 for c, 10 for b: 3/4, 11/12, all. A spell of no minute is none."""
    found = pareto([("b", 10), ("a", 60), ("c", 20), ("a", 30), ("d", 0)])
    assert [(one.key, one.times, one.minutes, one.share) for one in found] == [
        ("a", 2, 90, Fraction(3, 4)),
        ("c", 1, 20, Fraction(11, 12)),
        ("b", 1, 10, Fraction(1)),
    ]


def group(**change: Any) -> dict[str, Any]:
    reasons = [{"code": "belt", "zh": "皮带", "en": "Belt"}]
    return {"code": "equipment", "zh": "设备", "en": "Equipment", "kind": "unplanned", "reasons": reasons} | change


def test_a_tree_of_reasons_tells_all_its_faults_at_once() -> None:
    twice = group(code="more", kind="sometimes", reasons=[{"code": "belt", "zh": "皮带"}])
    with pytest.raises(StopBookTrouble) as told:
        read({"groups": [group(), twice]})
    lines = str(told.value).splitlines()
    assert lines == [
        "more：kind 应为 planned 或 unplanned，现为 sometimes",
        "more：有一条原因缺少 en",
        "原因 belt 写了两遍",
    ]


def test_a_reason_knows_its_group_and_whether_its_hours_are_failure_hours() -> None:
    book = read(
        {
            "groups": [
                group(fault=True),
                group(code="plan", kind="planned", reasons=[{"code": "o", "zh": "大修", "en": "O"}]),
            ]
        }
    )
    assert (book.group("belt").fault, book.group("o").kind, book.group("o").fault) == (True, "planned", False)  # type: ignore[union-attr]
    assert book.reason("nothing") is None
