"""Records and lives as the worker finds them in stored rows: what counts, what does not, and that it can be made again."""

import datetime as dt

import pytest

from ronglu.boards.record.build import build
from ronglu.config.plant import pack_of
from ronglu.store.models import IndicatorRow, Lifetime, Record, Unit
from ronglu.store.values import calendar_of
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.work.effected import calendar

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 1, 1)


def rows(unit: Unit, values: list[str], *, code: str = "SM-02", **more: int) -> None:
    """One a day from New Year on."""
    IndicatorRow.objects.bulk_create(
        IndicatorRow(
            plant=unit.plant, unit=unit, indicator=code, grain="day", period=str(FIRST + dt.timedelta(days=place)), month=202601,
            value=value, **({"covered": 3, "expected": 3} | more),
        )
        for place, value in enumerate(values)
    )  # fmt: skip


def find(
    cast: Cast, until: dt.date = dt.date(2026, 3, 31), *, span: str = "ever"
) -> list[tuple[str, str, str, str, bool]]:
    calendar(cast)
    pack = pack_of(cast.plant.code)
    build(
        plant=cast.plant, indicators=pack.indicators, calendar=calendar_of(cast.plant), until=until, rules=pack.base.records
    )  # fmt: skip
    kept = (
        Record.objects.filter(span=span)
        .order_by("day")
        .values_list("period", "value", "previous", "margin", "standing")
    )
    return list(kept)


@pytest.mark.covers("S1-53")
def test_after_thirty_days_what_is_strictly_lower_is_a_record_of_the_line(cast: Cast) -> None:
    rows(cast.unit["QL-R1"], ["43"] * 9 + ["42"] + ["43"] * 20 + ["42", "41.5", "41.8"])
    assert find(cast) == [
        ("2026-01-10", "42", "", "", False),
        ("2026-02-01", "41.5", "42", "0.5", True),
    ]
    assert set(Record.objects.filter(span="ever").values_list("since", flat=True)) == {"2026-01-01"}


@pytest.mark.covers("S1-53")
def test_the_best_of_a_year_begins_anew_each_year_after_twenty_days(cast: Cast) -> None:
    """40 of the year before stays the record; of 2026 the best of the first twenty days is 43, then 42 and 41."""
    rows(cast.unit["QL-R1"], ["44"] * 10 + ["43"] + ["44"] * 9 + ["43", "42", "42", "41"])
    IndicatorRow.objects.bulk_create(
        IndicatorRow(
            plant=cast.plant, unit=cast.unit["QL-R1"], indicator="SM-02", grain="day", month=202511, covered=3, expected=3,
            period=str(dt.date(2025, 11, 1) + dt.timedelta(days=n)), value="40" if n == 4 else "45",
        )
        for n in range(40)
    )  # fmt: skip
    assert [one[1:] for one in find(cast)] == [("40", "", "", True)]
    assert [(one[1], one[3], one[4]) for one in find(cast, span="year")] == [
        ("40", "", True), ("43", "", False), ("42", "1", False), ("41", "1", True),
    ]  # fmt: skip
    assert set(Record.objects.filter(span="year").values_list("since", flat=True)) == {"2025-11-01", "2026-01-01"}


def test_a_day_read_below_ninety_five_per_cent_is_not_the_best_of_the_year(cast: Cast) -> None:
    rows(cast.unit["QL-R1"], ["43"] * 20 + ["40"])
    IndicatorRow.objects.filter(value="40").update(covered=94, expected=100)
    assert [one[1] for one in find(cast, span="year")] == ["43"]


@pytest.mark.parametrize("lacks", [{"covered": 94, "expected": 100}, {"pending": 1}])
def test_what_was_read_badly_or_not_audited_sets_no_record(cast: Cast, lacks: dict[str, int]) -> None:
    line = cast.unit["QL-R1"]
    rows(line, ["43"] * 30 + ["40"])
    IndicatorRow.objects.filter(value="40").update(**lacks)
    assert [one[1] for one in find(cast)] == ["43"]


def test_at_ninety_five_per_cent_it_counts(cast: Cast) -> None:
    rows(cast.unit["QL-R1"], ["43"] * 30 + ["40"], covered=95, expected=100)
    assert [one[1] for one in find(cast)] == ["43", "40"]


def test_a_period_that_is_not_over_sets_none(cast: Cast) -> None:
    rows(cast.unit["QL-R1"], ["43"] * 30 + ["40"])
    assert [one[1] for one in find(cast, until=dt.date(2026, 1, 30))] == ["43"]


def test_crews_have_none_and_neither_has_what_is_counted_in_pieces(cast: Cast) -> None:
    rows(cast.unit["QL-R1-甲"], ["43"] * 30 + ["40"])
    rows(cast.unit["QL-R1"], ["3"] * 30 + ["0"], code="SM-14b")
    assert find(cast) == []


@pytest.mark.covers("S1-54")
def test_lives_between_overhauls_and_again_the_same_after_a_rebuild(cast: Cast) -> None:
    """1,900 heats when it is overhauled on the third day, four more that day."""
    line = cast.unit["QL-R1"]
    rows(line, ["1890", "1895", "4", "10", "16"], code="SM-10")
    rows(line, ["1890", "1895", "1900", "10", "16"], code="SM-10a")
    for _ in range(2):
        find(cast)
        found = Lifetime.objects.values_list("number", "from_on", "until_on", "height")
        assert list(found) == [
            (1, FIRST, dt.date(2026, 1, 3), "1900"),
            (2, dt.date(2026, 1, 4), None, "16"),
        ]
    assert Record.objects.count() == 0
