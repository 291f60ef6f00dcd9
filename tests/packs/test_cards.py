"""The energy levels, the rules of records and the target card that ship: whole, labelled, and about indicators that exist."""

from ronglu.kernel.time.period import Grain
from ronglu.packs.loader import load, modules_available


def test_every_indicator_named_by_a_card_is_declared_by_some_module() -> None:
    pack = load([], modules=modules_available())
    named = {code for one in pack.base.targets.dimensions for code in one.indicators}
    named |= {one.indicator for one in pack.base.energy.steps if one.indicator}
    assert named - set(pack.indicators) == set()


def test_the_card_has_the_eight_demands_in_their_order() -> None:
    card = load([]).base.targets
    said = "投资省 用人少 流程短 成本低 回收优 能效高 安全环保优 感官好"
    assert [one.zh for one in card.dimensions] == said.split()
    assert card.source == "S1-06" and card.note == "系统默认，可修改"


def test_the_energy_levels_are_as_transcribed_and_say_that_they_must_be_checked() -> None:
    """05 §5.6: blister 100/125/175, electrolysis 70/85/110 kgce/t."""
    book = load([]).base.energy
    assert book.note == "引用前须核对原文" and len(book.steps) == 9
    found = {one.indicator: tuple(map(str, one.limits)) for one in book.steps if one.indicator}
    assert found == {"SM-13": ("100", "125", "175"), "EL-14": ("70", "85", "110")}


def test_records_are_looked_for_in_shifts_days_weeks_and_months() -> None:
    rules = load([]).base.records
    assert set(rules.least) == {Grain.SHIFT, Grain.DAY, Grain.WEEK, Grain.MONTH}
    assert rules.note == "系统默认，可修改"
