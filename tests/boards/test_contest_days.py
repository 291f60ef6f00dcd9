"""The days of a counted contest, by hand: what each crew brought on its shifts of the day, and the day's score by plan."""

import datetime as dt
from decimal import Decimal as D
from typing import Any

from ronglu.boards.contest.read import Day, days
from ronglu.kernel.standing.contest import Terms, Weight
from ronglu.store.models import ContestResult

TERMS = Terms(
    kind="crew", teams=(1, 2), weights=(Weight("FEED", 50), Weight("COAL", 50)), first=dt.date(2026, 3, 1),
    last=dt.date(2026, 3, 2), improvement=D(0),
)  # fmt: skip
EVEN = [[0, 0], [1_000_000, 1_000_000_000]]
"""A curve that gives the share that was reached."""


def told(code: str, direction: str, *, additive: bool) -> dict[str, Any]:
    return {
        "name": code, "unit": "t", "decimals": 1, "direction": direction, "method": "attainment", "tolerance": None,
        "additive": additive,
    }  # fmt: skip


def shift(
    day: str, no: int, team: int, feed: str | None, coal: tuple[str, str] | None, out: str = ""
) -> dict[str, Any]:
    values = {"FEED": [feed, "1"] if feed else None, "COAL": list(coal) if coal else None}
    return {"day": day, "no": no, "unit": 9, "team": team, "past": False, "out": out, "v": values, "x": {}}


def result(*shifts: dict[str, Any], plans: dict[str, dict[str, str]]) -> ContestResult:
    inputs = {
        "curve": EVEN, "names": {"1": "甲班", "2": "乙班"}, "shifts": list(shifts), "plans": plans, "events": {},
        "indicators": {"FEED": told("FEED", "up", additive=True), "COAL": told("COAL", "down", additive=False)},
    }  # fmt: skip
    return ContestResult(inputs=inputs)


def test_a_days_score_is_that_of_its_shifts_and_a_shift_left_out_is_none_of_it() -> None:
    """甲 stands twice on the first day, once on the second: a plan of 300 t is 100 a shift. 80 + 100 of 200 is 90 %; coal
    (45 + 35) / 2 = 40 against 36 is 90 %. On the second day 75 of 100, and 40 against 36 again: 82.5."""
    plans = {"1": {"FEED": "300", "COAL": "36"}, "2": {"FEED": "100", "COAL": "36"}}
    found = days(
        result(
            shift("2026-03-01", 1, 1, "80", ("45", "1")), shift("2026-03-01", 2, 1, "100", ("35", "1")),
            shift("2026-03-01", 3, 2, "100", ("36", "1")), shift("2026-03-02", 1, 1, "75", ("80", "2")),
            shift("2026-03-02", 2, 2, "999", ("1", "1"), out="计划停机"), plans=plans,
        ),
        TERMS,
    )  # fmt: skip
    assert found == [
        Day("2026-03-01", "甲班", 2, (D("180.0"), D("40.0")), D("90.00")),
        Day("2026-03-01", "乙班", 1, (D("100.0"), D("36.0")), D("100.00")),
        Day("2026-03-02", "甲班", 1, (D("75.0"), D("40.0")), D("82.50")),
        Day("2026-03-02", "乙班", 0, (None, None), None),
    ]


def test_without_plan_or_reading_a_day_has_no_score_and_is_not_nought() -> None:
    found = days(
        result(shift("2026-03-01", 1, 1, None, None), shift("2026-03-01", 2, 2, "100", ("36", "1")), plans={}), TERMS
    )
    assert [(one.values, one.points) for one in found] == [((None, None), None), ((D("100.0"), D("36.0")), None)]
