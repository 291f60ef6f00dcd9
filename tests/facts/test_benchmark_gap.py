"""D5: how far the gap to a benchmark was closed in a month, by the figures of two months and one benchmark."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.store.models import Benchmark, Partition, Reading, Result
from ronglu.tasks.assess import assess_month
from ronglu.work import benchmarks, partitions
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march
from tests.facts.scored import result, same_in_the_kernel

pytestmark = pytest.mark.django_db
NEW_YEAR = dt.date(2026, 1, 1)


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    """43.00 kg of coal a tonne in every shift of March."""
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    line = cast.unit["QL-R1"]
    return make_march(plant=line.plant, line=line, by=cast.account["周统计员"])


def february(march: March, coal: str) -> None:
    """One reading of 10 t and so much coal: the month's ratio is what counts."""
    for series, text in (("sm_feed_dry", "10"), ("sm_coal", coal)):
        old = march.reading(series, 1, 1)
        old.pk, old.month, old.day = None, 202602, dt.date(2026, 2, 10)
        old.starts_at, old.ends_at = dt.datetime(2026, 2, 10, 8), dt.datetime(2026, 2, 10, 16)
        scale = 1000 if series == "sm_feed_dry" else 10
        old.text, old.value = text, int(float(text) * scale)
        old.save(force_insert=True)
    partitions.touch(plant=march.plant, fact="readings", months=[202602])


def mark(march: March, value: str, *, tier: str = "industry", on: dt.date = NEW_YEAR, code: str = "SM-02") -> Benchmark:
    return Benchmark.objects.create(
        plant=march.plant, indicator=code, tier=tier, value=value, source="行业年报", dated_on=on
    )


def lines(found: Result) -> list[tuple[str, int, int]]:
    """Key, numerator and denominator of each line; a denominator of nought is not written down."""
    return [(one["key"], one["num"], one.get("den", 0)) for one in found.basis["lines"]]


def d5(march: March, body: str = "QL-B1") -> Result:
    return result(assess_month(plant=march.plant, month=MARCH, at=AT), "D5", body)


@pytest.mark.covers("S0-02", "S1-28")
@pytest.mark.parametrize(
    ("before", "line", "won"),
    [
        # benchmark 41.00, now 43.00: 2.00 left. 43.40 before: 2.40 → 2.00, a sixth closed
        ("434", ("SM-02", 40, 240), 600),
        # 43.10 before: 0.10 of 2.10 closed, less than a tenth
        ("431", ("SM-02", 10, 210), 400),
        # 42.50 before: widened
        ("425", ("SM-02", -50, 150), 200),
        # 40.50 before: had been reached, a gap opened anew
        ("405", ("SM-02", -250, 0), 200),
    ],
)
def test_the_gap_of_this_month_is_compared_with_that_of_the_month_before(
    march: March, before: str, line: tuple[str, int, int], won: int
) -> None:
    february(march, before)
    mark(march, "41")
    found = d5(march)
    assert lines(found) == [line]
    assert (found.state, found.won) == ("scored", won)
    assert same_in_the_kernel(found)


def test_all_tiers_reached_is_full_without_a_month_before(march: March) -> None:
    mark(march, "43.5")
    mark(march, "43", tier="world")
    found = d5(march)
    assert [one[0] for one in lines(found)] == ["met"]
    assert (found.state, found.won) == ("scored", 600)


def test_the_nearest_tier_not_reached_is_the_one_measured_against(march: March) -> None:
    february(march, "434")
    mark(march, "44", tier="own")
    mark(march, "42", tier="industry")
    mark(march, "38", tier="world")
    # to 42.00: 1.40 → 1.00
    assert lines(d5(march)) == [("SM-02", 40, 140)]


def test_without_a_benchmark_it_does_not_apply_and_without_the_month_before_readings_are_missing(march: March) -> None:
    assert d5(march).state == "not_applicable"
    mark(march, "41", on=dt.date(2026, 4, 1))  # said after the month
    assert d5(march).state == "not_applicable"
    mark(march, "41")
    assert d5(march).state == "readings_missing"


def test_a_benchmark_of_a_quantity_or_of_another_branch_counts_for_nothing(march: March) -> None:
    mark(march, "1200", code="SM-01")
    mark(march, "41")
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert result(run, "D5", "QL-B2").state == "not_applicable"
    assert [one["key"] for one in result(run, "D5").basis["lines"]] == ["SM-02"]


def test_setting_a_benchmark_marks_the_months_from_its_day_on(march: March, cast: Cast) -> None:
    february(march, "434")
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    assert not partitions.moved_on(run)
    coal = {
        "indicator": pack_of("qinglan").indicators["SM-02"],
        "tier": "industry",
        "value": Decimal(41),
        "source": "行业年报",
        "at": AT,
    }
    benchmarks.put(plant=march.plant, dated_on=dt.date(2026, 3, 1), by=cast.account["陈技术员"], **coal)
    assert partitions.moved_on(run)
    wanted = {one.month: one.built < one.wanted for one in Partition.objects.filter(fact="readings")}
    assert wanted == {202602: False, 202603: True}
    assert Reading.objects.filter(month=202602).count() == 2
