"""Readings from machines: at the door each number as it was written; in the table all or nothing, the same batch twice as one."""

import datetime as dt
import json
from typing import Any

import pytest

from ronglu.store.models import Account, CalendarRow, Channel, Reading
from ronglu.work.readings import Locked
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import SHIFTS
from tests.web.machines import fixed_day, machine  # noqa: F401


class Entered:
    added, changed, unchanged = 1, 0, 0


class FakeVerb:
    """Stands in for work.readings: what the door hands on is what is tested here."""

    def __init__(self, error: Exception | None = None) -> None:
        self.rows: list[Any] = []
        self.error = error

    def enter(self, *, rows: list[Any], by: Account, at: dt.datetime) -> Entered:
        if self.error:
            raise self.error
        self.rows, self.by, self.at = rows, by, at
        return Entered()


ROW = {"unit": "QL-R1", "series": "sm.coal", "starts_at": "2026-03-10T08:00", "value": "12.30"}


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch, series: str) -> FakeVerb:
    fake = FakeVerb()
    monkeypatch.setattr("ronglu.web.api.entry.readings.enter", fake.enter)
    return fake


@pytest.fixture
def series() -> str:
    """Some series that the plant's pack declares."""
    from ronglu.config.plant import pack_of

    return next(iter(pack_of("qinglan").series))


@pytest.mark.parametrize(
    ("written", "kept"), [('"12.30"', "12.30"), ("12.30", "12.30"), ("12", "12"), ("-0.10", "-0.10"), ("null", None)]
)
def test_a_number_is_kept_as_it_was_written(
    cast: Cast, verb: FakeVerb, series: str, written: str, kept: str | None
) -> None:
    text = json.dumps({"rows": [ROW | {"series": series, "value": "@"}]}).replace('"@"', written)
    status, answer = machine(cast, "陈技术员").post("/readings", text)
    assert (status, answer) == (200, {"added": 1, "changed": 0, "unchanged": 0})
    assert [(row.unit.code, row.series, row.starts_at, row.text) for row in verb.rows] == [
        ("QL-R1", series, dt.datetime(2026, 3, 10, 8, 0), kept)
    ]
    assert (verb.by, verb.at) == (cast.account["陈技术员"], dt.datetime(2026, 3, 10, 10, 0))


@pytest.mark.parametrize(
    "written", ["true", "false", '"true"', '"1e5"', '"NaN"', '"１２"', '""', "[]", '"1,5"', '"0x10"']
)
def test_what_is_no_number_is_refused_and_nothing_is_written(
    cast: Cast, verb: FakeVerb, series: str, written: str
) -> None:
    text = json.dumps({"rows": [ROW | {"series": series, "value": "@"}]}).replace('"@"', written)
    status, answer = machine(cast, "陈技术员").post("/readings", text)
    assert (status, answer["code"]) == (422, "invalid") and answer["where"].startswith("body.rows[0].value")
    assert verb.rows == []


@pytest.mark.parametrize("text", ["{", '{"rows": NaN}', '{"rows": [Infinity]}', "\xff"])
def test_what_is_no_json_is_refused(cast: Cast, verb: FakeVerb, text: str) -> None:
    status, answer = machine(cast, "陈技术员").post("/readings", text)
    assert (status, answer["code"], answer["where"]) == (422, "not_json", "body")


@pytest.mark.parametrize(
    ("change", "where", "status"),
    [
        ({"unit": "QL-F1"}, "body.rows[1].unit", 404),
        ({"unit": "BS-F1"}, "body.rows[1].unit", 404),
        ({"series": "no.such"}, "body.rows[1].series", 404),
        ({"starts_at": "2026-03-10T08:00Z"}, "body.rows[1].starts_at", 422),
        ({"starts_at": 1}, "body.rows[1].starts_at", 422),
        ({"colour": "red"}, "body.rows[1].colour", 422),
    ],
)
def test_one_wrong_row_is_named_and_keeps_all_out(
    cast: Cast, verb: FakeVerb, series: str, change: dict[str, object], where: str, status: int
) -> None:
    rows = [ROW | {"series": series}, ROW | {"series": series} | change]
    got, answer = machine(cast, "陈技术员").post("/readings", {"rows": rows})
    assert (got, answer["where"]) == (status, where)
    assert verb.rows == []


def test_who_may_not_enter_readings_may_not_by_machine_either(cast: Cast, verb: FakeVerb, series: str) -> None:
    body = {"rows": [ROW | {"series": series}]}
    assert machine(cast, "孙干事").post("/readings", body)[1]["code"] == "refused"
    assert machine(cast, "集团").post("/readings", body)[0] == 403
    assert machine(cast, "陈技术员", ["readings:read"]).post("/readings", body)[1]["code"] == "token_scope"
    assert machine(cast, "外人").post("/readings", body)[0] == 404
    assert verb.rows == []


def test_a_locked_month_is_a_conflict(cast: Cast, verb: FakeVerb, series: str) -> None:
    verb.error = Locked("2026-03 已锁定；更正须写明原因", row=0)
    status, answer = machine(cast, "陈技术员").post("/readings", {"rows": [ROW | {"series": series}]})
    assert (status, answer["code"], answer["where"]) == (409, "locked", "body.rows[0]")


@pytest.fixture
def clock(cast: Cast) -> None:
    CalendarRow.objects.create(
        plant=cast.plant, from_on=dt.date(2025, 1, 1), day_starts=dt.time(8), month_first=1, shifts=SHIFTS
    )
    Channel.objects.create(unit=cast.unit["QL-R1"], series="sm_coal", grain="shift", from_on=dt.date(2025, 1, 1))


def test_a_batch_is_written_as_forecasts_and_the_same_batch_again_changes_nothing(cast: Cast, clock: None) -> None:
    asks, rows = machine(cast, "陈技术员"), [ROW | {"series": "sm_coal"}]
    assert asks.post("/readings", {"rows": rows}) == (200, {"added": 1, "changed": 0, "unchanged": 0})
    assert asks.post("/readings", {"rows": rows}) == (200, {"added": 0, "changed": 0, "unchanged": 1})
    made = Reading.objects.get()
    assert (made.text, made.value, made.state, made.day, made.shift_no) == (
        "12.30", 123, "forecast", dt.date(2026, 3, 10), 1,
    )  # fmt: skip


def test_a_row_that_begins_no_slot_is_named_and_nothing_is_written(cast: Cast, clock: None) -> None:
    rows = [ROW | {"series": "sm_coal"}, ROW | {"series": "sm_coal", "starts_at": "2026-03-10T09:00"}]
    status, answer = machine(cast, "陈技术员").post("/readings", {"rows": rows})
    assert (status, answer["code"], answer["where"]) == (422, "refused_rows", "body.rows[1]")
    assert "不是一格的开始" in answer["message"] and not Reading.objects.exists()
