"""Tiers of benchmarks, energy levels, the history of records, lives between overhauls, the target card."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.measure import dimensions, energy, records
from ronglu.kernel.measure.benchmark import aim, reached, relative
from ronglu.kernel.measure.counter import lives
from ronglu.kernel.measure.indicator import Direction
from ronglu.kernel.time.period import Grain

UP, DOWN = Direction.UP, Direction.DOWN


def d(text: str) -> Decimal:
    return Decimal(text)


def marks(**values: str) -> dict[str, Decimal]:
    return {tier: Decimal(value) for tier, value in values.items()}


@pytest.mark.covers("S1-07")
@pytest.mark.parametrize(
    ("value", "direction", "tier", "next_"),
    [
        ("97.9", UP, "", "industry"),
        ("98.0", UP, "industry", "domestic"),  # as good is reached
        ("98.6", UP, "domestic", "world"),
        ("99.5", UP, "world", ""),
        ("98.6", DOWN, "world", "domestic"),
    ],
)
def test_a_tier_is_reached_by_what_is_as_good_and_the_next_is_the_nearest_not_reached(
    value: str, direction: Direction, tier: str, next_: str
) -> None:
    given = marks(industry="98.0", domestic="98.5", world="99.0")
    assert (reached(d(value), given, direction), aim(d(value), given, direction)) == (tier, next_)


def test_a_band_has_no_tiers_and_a_missing_value_reaches_nothing() -> None:
    given = marks(industry="98")
    assert reached(d("99"), given, Direction.BAND) == "" and aim(d("99"), given, Direction.BAND) == ""
    assert reached(None, given, UP) == "" and aim(None, given, UP) == ""


def test_own_best_and_sister_lines_are_no_outside_tier() -> None:
    assert reached(d("99"), marks(own="98", sister="98.5"), UP) == ""


def test_the_gap_in_per_cent_of_its_benchmark() -> None:
    assert relative(d("1.00"), d("34.9")) == d("2.87")
    assert relative(d("1"), d("0")) is None and relative(None, d("3")) is None


def test_an_energy_level_is_the_first_limit_that_holds() -> None:
    step = energy.EnergyStep("电解", "", (d("70"), d("85"), d("110")), "EL-14")
    assert [step.level(d(one)) for one in ("70", "70.1", "110", "110.1")] == [1, 2, 3, 0]
    assert step.level(None) is None


@pytest.mark.parametrize("limits", [[85, 70, 110], [70, 85], [0, 85, 110], ["一级", 2, 3]])
def test_energy_limits_that_cannot_be_are_refused(limits: list[object]) -> None:
    with pytest.raises(energy.EnergyTrouble, match="电解"):
        energy.read({"steps": [{"zh": "电解", "limits": limits}]})


def steps(values: str, *, up: bool = True, least: int = 3) -> list[tuple[int, str, str]]:
    found = records.history(map(Decimal, values.split()), up=up, least=least)
    return [(one.place, str(one.value), str(one.margin or "")) for one in found]


@pytest.mark.covers("S1-53")
def test_the_best_of_the_first_periods_is_the_start_and_only_what_is_strictly_better_is_a_record() -> None:
    # 5 stands at the second place after three periods; 5 again ties; 7 beats it by 2, 6 does not, 9 by 2
    assert steps("4 5 3 5 7 6 9") == [(1, "5", ""), (4, "7", "2"), (6, "9", "2")]
    assert steps("4 5 3 5 2", up=False) == [(2, "3", ""), (4, "2", "1")]


def test_too_short_a_history_holds_no_record() -> None:
    assert steps("4 5") == []


def test_rules_of_records_name_what_is_wrong() -> None:
    assert records.read({"least": {"day": 30}}).least == {Grain.DAY: 30}
    with pytest.raises(records.RecordTrouble, match="hour"):
        records.read({"least": {"hour": 5}})
    with pytest.raises(records.RecordTrouble, match="-1"):
        records.read({"news_days": -1})


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


@pytest.mark.covers("S1-54")
def test_a_life_ends_on_the_day_of_its_overhaul_with_the_height_reached_that_day() -> None:
    # 10, 20, then 24 reached and an overhaul, 3 after it; then 13 and running
    found = lives(
        [(day(1), d("10"), d("10")), (day(2), d("20"), d("20")), (day(3), d("24"), d("3")), (day(4), d("13"), d("13"))]
    )
    assert [(one.from_on, one.until_on, str(one.height)) for one in found] == [
        (day(1), day(3), "24"),
        (day(4), None, "13"),
    ]


def test_without_a_height_of_its_own_the_day_before_tells_how_far_it_came() -> None:
    found = lives([(day(1), d("10"), d("10")), (day(2), d("4"), d("4"))])
    assert [(one.until_on, str(one.height)) for one in found] == [(day(2), "10")]


def test_a_demand_with_neither_indicators_nor_words_is_refused() -> None:
    with pytest.raises(dimensions.DimensionTrouble, match="投资省"):
        dimensions.read({"dimensions": [{"code": "capital", "zh": "投资省"}]})
    twice = {"code": "a", "zh": "甲", "asks": "看"}
    with pytest.raises(dimensions.DimensionTrouble, match="同一个"):
        dimensions.read({"dimensions": [twice, twice]})
