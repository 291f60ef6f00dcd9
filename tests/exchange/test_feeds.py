"""What sources say, placed: time labels of every kind, units, doubts, and everything wrong in a declaration at once."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.exchange.feeds.declared import read
from ronglu.exchange.feeds.place import Placed, place
from ronglu.exchange.feeds.said import BadMessage, Said, from_json
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.measure.series import Series
from tests.exchange.books import calendar

KWH = Series(code="power", name="用电", en="Power", unit="kWh", decimals=1, plausible=(Decimal(0), Decimal(1000)))
SERIES = {"power": KWH}
TAG: dict[str, Any] = {"tag": "P1", "line": "R1", "series": "power", "grain": "hour", "unit": "kWh"}


def placed(label: str, text: str = "1", unit: str = "", **more: Any) -> Placed:
    tags = tags_of([TAG | more], SERIES)
    assert not tags.problems
    said = Said(tag="P1", label=label, text=text, unit=unit)
    return place([said], tags=tags.known, series=SERIES, calendar=calendar(), name="电表")


def starts(found: Placed) -> dt.datetime:
    assert not found.refused
    return found.lots[0].stamps[0].starts_at


def why(found: Placed) -> str:
    assert not found.lots
    return found.refused[0].code


@pytest.mark.parametrize(
    ("label", "more", "begin"),
    [
        ("2026-03-10T08:00", {}, "2026-03-10 08:00"),
        ("2026-03-10T09:00", {"stamp": "closes"}, "2026-03-10 08:00"),
        ("2026-03-10T08:00:41", {}, "2026-03-10 08:00"),
        ("2026-03-10T07:59:20", {}, "2026-03-10 08:00"),
        ("2026-03-10T00:00:00Z", {}, "2026-03-10 08:00"),
        ("2026-03-10T08:00+08:00", {}, "2026-03-10 08:00"),
        ("2026-03-10T00:00", {"grain": "instant", "minutes": 15, "stamp": "closes-24"}, "2026-03-10 23:45"),
        ("2026-03-10T23:59:40", {"grain": "instant", "minutes": 15, "stamp": "closes-24"}, "2026-03-10 23:45"),
        ("2026-03-10T08:07:03", {"grain": "instant"}, "2026-03-10 08:07:03"),
        ("2026-03", {"grain": "month"}, "2026-03-01 08:00"),
        ("2026-03-10", {"grain": "day"}, "2026-03-10 08:00"),
        ("2026-03-10T16:00", {"grain": "shift", "stamp": "closes"}, "2026-03-10 08:00"),
    ],
)
def test_a_label_means_the_slot_that_its_source_means(label: str, more: dict[str, Any], begin: str) -> None:
    assert starts(placed(label, **more)) == dt.datetime.fromisoformat(begin)


@pytest.mark.parametrize("label", ["2026-03-10T08:12", "昨天", "1970-01-01T00:00", "2026-13-01T00:00", ""])
def test_a_label_that_is_no_edge_or_no_time_is_kept_back(label: str) -> None:
    assert why(placed(label)) == "time"


def test_another_unit_is_converted_and_kept_in_the_text() -> None:
    lot = placed("2026-03-10T08:00", "0.5", "MWh").lots[0]
    assert (lot.scaled, lot.text) == ([5000], ["0.5 MWh"])


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [("1", "t", "unit"), ("1", "箱", "unit"), ("NaN", "", "number"), ("1,5", "", "number"), ("1e90", "", "number"),
     ("12000", "", "doubt"), ("-1", "", "doubt"), ("12", "MWh", "doubt")],
)  # fmt: skip
def test_what_cannot_be_believed_or_converted_is_kept_back(text: str, unit: str, code: str) -> None:
    assert why(placed("2026-03-10T08:00", text, unit)) == code


def test_of_one_slot_told_twice_the_later_revision_counts_whatever_the_order() -> None:
    tags = tags_of([TAG], SERIES).known
    old = Said(tag="P1", label="2026-03-10T08:00", text="1", revised="2026-03-10T09:00")
    new = Said(tag="P1", label="2026-03-10T08:00", text="2", revised="2026-03-10T10:00")
    for order in ([old, new], [new, old]):
        assert place(order, tags=tags, series=SERIES, calendar=calendar(), name="").lots[0].text == ["2"]


def test_a_message_keeps_the_digits_it_was_written_with() -> None:
    said = from_json(b'{"tag": "P1", "at": "2026-03-10T08:00", "value": 0.10}')
    assert said[0].text == "0.10"
    assert from_json(b'[{"tag": "P1", "at": "2026-03-10T08:00", "value": null}]') == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"3", b'{"values": 3}', b'[{"tag": "P1"}]', b'{"tag":"P1","at":"x","value":NaN}', b"[" * 5000],
)
def test_a_message_that_is_none_is_told_in_words(raw: bytes) -> None:
    with pytest.raises(BadMessage, match=r"应为|没有"):
        from_json(raw)


def test_everything_wrong_in_a_declaration_is_told_at_once() -> None:
    given = {
        "code": "Bad Code", "name": "", "kind": "sql", "query": "delete from x; select 1", "password": "x",
        "tags": [{"tag": "P1", "line": "R1", "series": "none", "unit": "t"}, TAG | {"unit": "t"}, TAG | {"grain": "year"}],
    }  # fmt: skip
    told = "\n".join(read(given, series=SERIES).problems)
    for word in ("code", "name", "select", "分号", ":since", "password", "没有数列 none", "不能换成", "粒度"):
        assert word in told
