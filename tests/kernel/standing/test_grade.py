"""Grades, stars, the veto cap, and the scale that is not graded."""

from decimal import Decimal

import pytest

from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.total import Total, total
from ronglu.kernel.standing.grade import Standing, stand
from tests.kernel.rules.sheets import score, sheet

SHEET = sheet()


def reached(points: str, *, vetoed: bool = False) -> Standing:
    """The standing of a scale that converts to these points (K1 to K4 are worth 40, 30, 10 and 20)."""
    left = Decimal(points)
    scores = []
    for code, full in (("K1", 40), ("K2", 30), ("K3", 10), ("K4", 20)):
        took = min(left, Decimal(full))
        scores.append(score(code, full, f"{took:.2f}"))
        left -= took
    return stand(sheet=SHEET, total=total(sheet=SHEET, scale="k", scores=scores), vetoed=vetoed)


@pytest.mark.parametrize(
    ("points", "grade", "stars"),
    [
        ("100", "优秀", 5), ("95", "优秀", 5), ("94.99", "优秀", 4), ("90", "优秀", 4), ("89.99", "良好", 3),
        ("80", "良好", 3), ("79.99", "一般", 2), ("70", "一般", 2), ("69.99", "较差", 1), ("60", "较差", 1),
        ("59.99", "较差", 0), ("0", "较差", 0),
    ],
)  # fmt: skip
def test_the_edge_belongs_to_the_better_grade(points: str, grade: str, stars: int) -> None:
    found = reached(points)
    assert found.star is not None and (found.label, found.star.count) == (grade, stars)
    assert found.linkable and not found.capped


@pytest.mark.parametrize(("points", "grade", "stars"), [("97", "一般", 2), ("85", "一般", 2)])
def test_an_approved_veto_holds_a_scale_at_fair(points: str, grade: str, stars: int) -> None:
    found = reached(points, vetoed=True)
    assert found.star is not None and (found.label, found.star.count, found.capped) == (grade, stars, True)
    assert found.reason == "一票否决，等级以一般为限"


@pytest.mark.parametrize(("points", "grade", "stars"), [("75", "一般", 2), ("65", "较差", 1)])
def test_a_veto_lifts_nobody(points: str, grade: str, stars: int) -> None:
    found = reached(points, vetoed=True)
    assert found.star is not None and (found.label, found.star.count, found.capped) == (grade, stars, False)


def unrated() -> Total:
    states = (("K1", 40, "40"), ("K2", 30, None), ("K3", 10, "10"), ("K4", 20, "20"))
    scores = [score(c, f, won, None if won else State.READINGS_MISSING) for c, f, won in states]
    return total(sheet=SHEET, scale="k", scores=scores)


@pytest.mark.parametrize("vetoed", [False, True])
def test_too_little_to_judge_is_neither_graded_nor_linked(vetoed: bool) -> None:
    found = stand(sheet=SHEET, total=unrated(), vetoed=vetoed)
    assert (found.label, found.linkable, found.grade, found.star) == ("暂不评级", False, None, None)
    assert found.reason == "已评 70.00 分，不足适用 100.00 分的 80%"
