"""Applicable, available, won, converted: what a scale comes to and when it is not graded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.load import build
from ronglu.kernel.rules.score import Score, judge
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import Total, total
from tests.kernel.rules.made import reading
from tests.kernel.rules.sheets import bonus_on, score, sheet

SHEET = sheet()
FULLS = (("K1", 40), ("K2", 30), ("K3", 10), ("K4", 20))


def add(*won: str | State | None) -> Total:
    """One value an item: points, None for not applicable, or a state without points."""
    made = [
        score(code, full, None, value) if isinstance(value, State) else score(code, full, value)
        for (code, full), value in zip(FULLS, won, strict=True)
    ]
    return total(sheet=SHEET, scale="k", scores=made)


def test_a_full_sheet_is_what_was_won() -> None:
    found = add("36", "27.5", "10", "16.25")
    assert (found.applicable_h, found.available_h, found.won_h, found.converted) == (
        10_000,
        10_000,
        8975,
        Decimal("89.75"),
    )
    assert found.rated and found.lockable


def test_what_does_not_apply_leaves_the_denominator() -> None:
    found = add("36", "27", None, "18")
    assert (found.applicable_h, found.available_h, found.won_h) == (9000, 9000, 8100)
    assert found.converted == Decimal("90.00")


def test_what_is_missing_stays_applicable_and_is_never_padded() -> None:
    found = add("36", "27", State.READINGS_MISSING, "18")
    assert (found.applicable_h, found.available_h, found.won_h) == (10_000, 9000, 8100)


def test_converted_is_rounded_half_up_at_two_decimals() -> None:
    # 59.99 of 90 is 66.6555…; 22.23 of 80 is 27.7875, a true half
    assert add("40", "19.99", State.NOT_WIRED, "0").converted == Decimal("66.66")
    assert add("22.23", State.NOT_WIRED, "0", State.NOT_WIRED).converted == Decimal("44.46")
    assert add("22.23", "0", "0", None).converted == Decimal("27.79")


@pytest.mark.parametrize(
    ("won", "rated"),
    [
        (("32", "24", "8", State.NOT_WIRED), True),  # 80 of 100 is exactly enough
        (("32", State.READINGS_MISSING, "8", "16"), False),  # 70 of 100
        ((None, "30", State.AWAITING_REVIEW, None), False),  # 30 of 40
        ((None, "30", "10", None), True),  # 40 applicable is exactly enough
        ((None, "30", None, None), False),  # 30 applicable
    ],
)
def test_a_scale_is_graded_only_where_enough_stands(won: tuple[str | State | None, ...], rated: bool) -> None:
    found = add(*won)
    assert found.rated is rated and bool(found.reason) is not rated


def test_the_reason_names_both_figures() -> None:
    assert add("32", State.NOT_WIRED, "8", "16").reason == "已评 70.00 分，不足适用 100.00 分的 80%"
    assert add(None, "30", None, None).reason == "适用 30.00 分，不足 40.00 分"


def test_nothing_available_converts_to_nothing() -> None:
    found = add(None, None, None, None)
    assert found.converted is None and not found.rated


def test_an_unjudged_panel_item_keeps_the_month_open() -> None:
    found = add("36", "27", State.AWAITING_REVIEW, "18")
    assert found.waiting == ("K3",) and not found.lockable


def test_a_forgotten_item_is_an_error_and_not_a_gap() -> None:
    scores = [score(code, full, "1") for code, full in FULLS[:3]]
    with pytest.raises(ValueError, match="缺 K4，多 无"):
        total(sheet=SHEET, scale="k", scores=scores)
    with pytest.raises(ValueError, match="缺 无，多 K1"):
        total(sheet=SHEET, scale="k", scores=[*(score(c, f, "1") for c, f in FULLS), score("K1", 40, "1")])


STATES = st.sampled_from([State.SCORED, State.CARRIED, State.NOTHING, State.IMPORTED])
NONE = st.sampled_from([State.NOT_APPLICABLE, State.NOT_WIRED, State.READINGS_MISSING, State.AWAITING_REVIEW])


def any_score(code: str, full: int) -> st.SearchStrategy[Score]:
    stands = st.builds(
        lambda won, state: Score(item=code, full_h=full * 100, state=state, won_h=won),
        st.integers(0, full * 100),
        STATES,
    )
    return stands | NONE.map(lambda state: Score(item=code, full_h=full * 100, state=state))


SCORES = st.tuples(*(any_score(code, full) for code, full in FULLS)).flatmap(st.permutations)


@given(SCORES)
def test_a_total_is_the_sum_of_its_parts_in_any_order(scores: list[Score]) -> None:
    found = total(sheet=SHEET, scale="k", scores=scores)
    assert found.won_h == sum(s.won_h for s in scores if s.won_h is not None)
    assert 0 <= found.won_h <= found.available_h <= found.applicable_h <= 10_000
    if found.converted_h is not None:
        assert 0 <= found.converted_h <= 10_000
        assert abs(found.converted_h * found.available_h - 10_000 * found.won_h) * 2 <= found.available_h


@given(SCORES)
def test_lost_and_won_make_up_what_is_available(scores: list[Score]) -> None:
    found = total(sheet=SHEET, scale="k", scores=scores)
    assert found.won_h + sum(s.lost_h for s in scores) == found.available_h


def test_with_bonus_off_neither_claims_nor_overshoot_count() -> None:
    scores = [score(code, full, str(full)) for code, full in FULLS]
    found = total(sheet=SHEET, scale="k", scores=scores, claims_h=500)
    assert (found.bonus_h, found.converted) == (0, Decimal("100.00"))


def test_with_bonus_on_a_target_may_overshoot_and_the_year_caps_it() -> None:
    on = build(bonus_on())
    over = judge(item=on.item("K4"), basis=Basis.of(reading(105, 100), covered=1, expected=1))
    assert over.won_h == 2200
    scores = [*(score(code, full, "0") for code, full in FULLS[:3]), over]
    found = total(sheet=on, scale="k", scores=scores)
    assert (found.won_h, found.bonus_h, found.converted) == (2000, 200, Decimal("22.00"))
    assert total(sheet=on, scale="k", scores=scores, claims_h=900).bonus_h == 500
    assert total(sheet=on, scale="k", scores=scores, claims_h=900, bonus_left_h=150).bonus_h == 150
