"""The quota of 优秀: AV-20, and ties at the edge that no program breaks."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ronglu.kernel.standing.quota import Nominee, allot, places
from ronglu.packs import standing

THIRD = standing.load().year.member_quota


def named(*scores: int | None, **more: bool) -> list[Nominee]:
    return [Nominee(code=f"N{no:02}", score_h=score, **more) for no, score in enumerate(scores, 1)]


def test_of_thirty_members_ten_may_be_excellent_and_eleven_are_one_too_many() -> None:
    found = allot(nominees=named(*range(9800, 9690, -10)), rated=30, quota=THIRD)
    assert (found.places, len(found.within), found.beyond) == (10, 10, ("N11",))
    assert found.problems == ("参评 30，优秀最多 10 名，现提名 11 名，多 1 名",)


def test_members_on_probation_take_part_without_a_grade() -> None:
    found = allot(nominees=[*named(9800), Nominee(code="预备", score_h=9900, probationary=True)], rated=29, quota=THIRD)
    assert (found.within, found.places) == (("N01",), 9)
    assert found.barred == (("预备", "预备党员参加评议，不评等次"),)


def test_who_has_a_veto_or_no_score_cannot_be_named() -> None:
    found = allot(
        nominees=[Nominee(code="A", score_h=9900, vetoed=True), Nominee(code="B", score_h=None)], rated=6, quota=THIRD
    )
    assert found.barred == (("A", "有一票否决，不得评为优秀"), ("B", "没有得分，暂不评级"))
    assert found.within == ()


def test_equal_scores_at_the_edge_are_left_to_the_committee() -> None:
    found = allot(nominees=named(9500, 9300, 9300, 9300, 9000), rated=9, quota=THIRD)
    assert (found.within, found.edge, found.open, found.beyond) == (("N01",), ("N02", "N03", "N04"), 2, ("N05",))
    assert found.problems[-1] == "名额边上 3 名同分，只剩 2 个名额，由委员会决定"


def test_equal_scores_past_the_edge_are_no_tie() -> None:
    found = allot(nominees=named(9500, 9300, 9300), rated=3, quota=THIRD)
    assert (found.within, found.edge, found.beyond) == (("N01",), (), ("N02", "N03"))


def test_a_plant_without_a_quota_for_branches_has_no_edge() -> None:
    assert allot(nominees=named(9500, 9500), rated=2, quota=None).within == ("N01", "N02")
    assert places(rated=10, quota=Fraction(30, 100)) == 3 and places(rated=9, quota=Fraction(30, 100)) == 2


@given(scores=st.lists(st.integers(8000, 8005), max_size=30), rated=st.integers(0, 60))
def test_everybody_is_in_one_place_and_never_more_than_the_quota(scores: list[int], rated: int) -> None:
    found = allot(nominees=named(*scores), rated=rated, quota=THIRD)
    assert sorted((*found.within, *found.edge, *found.beyond)) == [one.code for one in named(*scores)]
    assert len(found.within) + found.open <= found.places or not found.problems
    assert not found.edge or 0 < found.open < len(found.edge)
