"""How much of a required register is there, and who is still to be asked (domain/08 AV-13)."""

from decimal import Decimal

from ronglu.kernel.regulation.completeness import Completeness, against

REQUIRED = [f"职工{number}" for number in range(1, 35)]


def test_av_13_32_signed_of_34_required() -> None:
    found = against(REQUIRED, [name for name in REQUIRED if name not in ("职工5", "职工20")])
    assert found == Completeness(required=34, there=32, missing=("职工5", "职工20"))
    assert found.percent == Decimal("94.12")


def test_what_was_signed_twice_or_beyond_the_list_makes_up_for_nothing() -> None:
    found = against(["甲", "乙", "乙"], ["甲", "甲", "丙", "丁"])
    assert found == Completeness(required=2, there=1, missing=("乙",))
    assert found.percent == Decimal("50.00")


def test_nothing_required_is_not_complete_and_not_incomplete() -> None:
    assert against([], ["甲"]) == Completeness(required=0, there=0, missing=())
    assert against([], []).percent is None
