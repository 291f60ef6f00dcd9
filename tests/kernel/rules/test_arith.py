"""How whole-number arithmetic is written out for people."""

from ronglu.kernel.rules.arith import weighted

HALF, FOUR_FIFTHS = 500_000_000, 800_000_000


def test_weights_are_written_in_their_smallest_whole_numbers() -> None:
    assert weighted([(200, FOUR_FIFTHS), (100, HALF)]) == "（0.8×2＋0.5×1）÷ 3"
    assert weighted([(150, FOUR_FIFTHS), (100, HALF)]) == "（0.8×3＋0.5×2）÷ 5"
    assert weighted([(7, HALF)]) == "（0.5×1）÷ 1"
