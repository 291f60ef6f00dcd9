"""Units: what plants write converts through the library, exactly, and only inside one kind."""

from decimal import Decimal

import pytest

from ronglu.exchange import units


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("2.5", "万度", "kWh", "25000"),
        ("1", "吨", "公斤", "1000"),
        ("90", "分钟", "小时", "1.5"),
        ("212", "℉", "℃", "100"),
        ("1550", "摄氏度", "开", "1823.15"),
        ("1", "MWh", "kWh", "1000"),
        ("0.6", "MPa", "kPa", "600"),
        ("3", "亿元", "万元", "30000"),
        ("45", "‰", "%", "4.5"),
        ("2", "t", "t", "2"),
    ],
)
def test_a_value_is_turned_into_the_other_unit_exactly(value: str, source: str, target: str, result: str) -> None:
    found = units.convert(Decimal(value), source, target)
    assert found is not None and found.quantize(Decimal("0.0000001")) == Decimal(result)


@pytest.mark.parametrize(
    ("source", "target"), [("m³", "Nm³"), ("t", "kWh"), ("kWh", "GJ"), ("箱", "t"), ("件", "人"), ("m³/h", "Nm³/h")]
)
def test_what_nobody_declared_alike_does_not_convert(source: str, target: str) -> None:
    assert units.convert(Decimal(1), source, target) is None and units.factor(source, target) is None


def test_degrees_of_two_scales_have_no_factor() -> None:
    assert units.factor("℉", "℃") is None and units.factor("摄氏度", "℃") == 1


def test_every_unit_of_the_table_is_known_to_the_library_and_converts_inside_its_row() -> None:
    for row in units._file()["rows"]:
        first = next(iter(row))
        assert all(units.convert(Decimal(1), unit, first) is not None for unit in row)


def test_a_unit_from_outside_never_reaches_the_library() -> None:
    """The library reads expressions; a message must not make it compute."""
    assert units.convert(Decimal(1), "9**9**9**9 t", "t") is None
