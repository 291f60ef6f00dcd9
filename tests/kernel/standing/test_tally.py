"""What may be told of a poll: figures worked out by hand, and no group small enough to be found by subtraction."""

from decimal import Decimal
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ronglu.packs
from ronglu.kernel.standing import ballot, tally
from ronglu.kernel.standing.ballot import BadBallot, PollKind, PollTrouble, Tick
from ronglu.packs import reading

ROOT = Path(ronglu.packs.__file__).parent
KINDS = ballot.read(reading.read(ROOT / "base" / "polls.yaml", root=ROOT).content)
CADRE, SECRET, DEMOCRATIC = KINDS["cadre"], KINDS["secret"], KINDS["democratic"]


def small(**more: Any) -> PollKind:
    """Two questions 60 and 40, three answers of 100, 60 and none, two groups 70 and 30."""
    row: dict[str, Any] = {
        "code": "small", "zh": "小测", "en": "Small", "status": "系统默认，可修改", "form": "rate", "about": "person", "roll": "named",
        "questions": [{"code": "a", "zh": "甲", "en": "A", "weight": 60}, {"code": "b", "zh": "乙", "en": "B", "weight": 40}],
        "answers": [
            {"code": "good", "zh": "好", "en": "Good", "points_h": 10000},
            {"code": "poor", "zh": "差", "en": "Poor", "points_h": 6000},
            {"code": "unknown", "zh": "不了解", "en": "Cannot say"},
        ],
        "groups": [
            {"code": "up", "zh": "上", "en": "Up", "weight": 70},
            {"code": "down", "zh": "下", "en": "Down", "weight": 30},
        ],
    }  # fmt: skip
    return ballot.kind_of(row | more)


def counts(part: str, question: str, good: int, poor: int, unknown: int = 0) -> dict[tuple[str, int, str, str], int]:
    return {
        (part, 1, question, "good"): good,
        (part, 1, question, "poor"): poor,
        (part, 1, question, "unknown"): unknown,
    }


def test_means_are_half_up_questions_by_weight_groups_by_weight() -> None:
    told = counts("up", "a", 5, 1) | counts("up", "b", 3, 3) | counts("down", "a", 2, 5) | counts("down", "b", 7, 0)
    (one,) = tally.scores(small(), told, subjects=1)
    up, down = one.parts
    # up: a = (500 + 60) / 6 = 93.333…, b = 80 → 0.6·93.333 + 0.4·80 = 88
    assert ([spread.mean for spread in up.spreads], up.score) == (
        [Decimal("93.33"), Decimal("80.00")],
        Decimal("88.00"),
    )
    # down: a = (200 + 300) / 7 = 71.42857, b = 100 → 42.857 + 40 = 82.857
    assert ([s.mean for s in down.spreads], down.score) == ([Decimal("71.43"), Decimal("100.00")], Decimal("82.86"))
    # 0.7·88 + 0.3·82.857142 = 86.457142…
    assert one.score == Decimal("86.46")


def test_half_a_hundredth_goes_up_and_is_rounded_only_once() -> None:
    # (100·k + 60·(n − k)) / n = 60 + 40 k/n; k/n = 1/16 → 62.5; with weights 1 and 3 of 62.5 and 60.00: exactly 60.625 → 60.63
    told = counts("", "a", 1, 15) | counts("", "b", 0, 16)
    kind = small(
        groups=[], questions=[{"code": "a", "zh": "甲", "en": "A"}, {"code": "b", "zh": "乙", "en": "B", "weight": 3}]
    )
    assert tally.scores(kind, told, subjects=1)[0].score == Decimal("60.63")


def test_cannot_say_counts_in_the_spread_and_not_in_the_mean() -> None:
    told = counts("up", "a", 3, 1, 1) | counts("up", "b", 0, 0, 5)
    (one,) = tally.scores(small(), told, subjects=1)
    a, b = one.parts[0].spreads
    assert (a.n, a.mean) == (5, Decimal("90.00"))
    assert [share for _answer, _n, share in a.shares] == [Decimal("60.0"), Decimal("20.0"), Decimal("20.0")]
    # nobody had a view on b: the other question stands alone
    assert (b.mean, one.score) == (None, Decimal("90.00"))


@pytest.mark.covers("S2-29")
@pytest.mark.parametrize(
    ("cast", "told"),
    [
        ({"above": 5, "beside": 6, "below": 9}, (("above",), ("beside",), ("below",))),
        ({"above": 4, "beside": 6, "below": 9}, (("above", "beside"), ("below",))),
        # 2 + 2 are still too few, so all three become one
        ({"above": 2, "beside": 2, "below": 9}, (("above", "beside", "below"),)),
        # the small group joins the smallest of the others, not its neighbour
        ({"above": 9, "beside": 4, "below": 5}, (("above",), ("beside", "below"))),
        ({"above": 0, "beside": 5, "below": 5}, (("beside",), ("below",))),
        ({"above": 1, "beside": 1, "below": 2}, ()),
        ({"": 4}, ()),
        ({"": 5}, (("",),)),
    ],
)
def test_groups_below_five_are_told_with_others_or_not_at_all(
    cast: dict[str, int], told: tuple[tuple[str, ...], ...]
) -> None:
    assert tally.parts(cast, minimum=5) == told


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1), st.integers(5, 9))
def test_no_sum_or_difference_of_what_is_told_is_about_fewer_than_the_minimum(
    cast: dict[str, int], minimum: int
) -> None:
    told = tally.parts(cast, minimum=minimum)
    sizes = [sum(cast[code] for code in part) for part in told]
    assert sorted(code for part in told for code in part) == (sorted(c for c, n in cast.items() if n) if told else [])
    assert bool(told) == (sum(cast.values()) >= minimum)
    # parts don't overlap: whatever is added or taken away is a sum of whole parts
    sums = [sum(pick) for pick in chain.from_iterable(combinations(sizes, k) for k in range(1, len(sizes) + 1))]
    assert all(size >= minimum for size in sums)


@pytest.mark.covers("S2-29")
def test_the_total_is_made_from_the_told_parts_so_a_group_of_four_cannot_be_subtracted() -> None:
    """Two elections with the same pooled counts, the four voters of `up` the other way round: what is told is the same."""
    one = counts("up", "a", 4, 0) | counts("up", "b", 4, 0) | counts("down", "a", 2, 4) | counts("down", "b", 2, 4)
    other = counts("up", "a", 0, 4) | counts("up", "b", 0, 4) | counts("down", "a", 6, 0) | counts("down", "b", 6, 0)
    told = tally.parts({"up": 4, "down": 6}, minimum=5)
    pooled = [tally.pool(these, told) for these in (one, other)]
    assert pooled[0] == pooled[1]
    scores = tally.scores(small(), pooled[0], subjects=1)
    # 6 good and 4 poor of ten: 84, whatever the groups' weights
    assert (scores[0].score, scores[0].parts[0].groups) == (Decimal("84.00"), ("up", "down"))


def votes(found: list[int], *, ballots: int, seats: int) -> list[tuple[int, int, str]]:
    told = {("", n, "choose", "for"): count for n, count in enumerate(found, start=1)}
    rows = tally.votes(SECRET, told, subjects=len(found), ballots=ballots, seats=seats)
    return [(row.subject, row.votes, row.standing) for row in rows]


@pytest.mark.covers("S3-24")
def test_chosen_is_who_has_more_than_half_of_the_ballots_and_a_seat() -> None:
    # exactly half (10 of 20) is not more than half
    assert votes([15, 10, 11, 4], ballots=20, seats=2) == [
        (1, 15, "chosen"),
        (3, 11, "chosen"),
        (2, 10, "not"),
        (4, 4, "not"),
    ]
    assert votes([15, 12, 11], ballots=20, seats=2)[2] == (3, 11, "not")


def test_a_tie_at_the_last_seat_is_no_choice() -> None:
    assert votes([15, 12, 12, 3], ballots=20, seats=2) == [
        (1, 15, "chosen"),
        (2, 12, "tied"),
        (3, 12, "tied"),
        (4, 3, "not"),
    ]
    assert [word for *_rest, word in votes([12, 12], ballots=20, seats=2)] == ["chosen", "chosen"]


def test_more_than_half_means_more() -> None:
    assert [tally.exceeds(n, 20, (1, 2)) for n in (9, 10, 11)] == [False, False, True]


def test_a_ballot_answers_every_question_once() -> None:
    whole = {Tick(1, one.code, "good") for one in CADRE.questions}
    ballot.check(CADRE, whole, subjects=["李某"], seats=0)
    with pytest.raises(BadBallot, match="李某“能”还没有选"):
        ballot.check(CADRE, whole - {Tick(1, "ability", "good")}, subjects=["李某"], seats=0)
    with pytest.raises(BadBallot, match="李某“能”只能选一个"):
        ballot.check(CADRE, whole | {Tick(1, "ability", "fair")}, subjects=["李某"], seats=0)
    with pytest.raises(BadBallot, match="没有的选项"):
        ballot.check(CADRE, whole | {Tick(2, "ability", "fair")}, subjects=["李某"], seats=0)


def test_a_vote_may_be_blank_and_not_name_more_than_the_seats() -> None:
    names = ["甲", "乙", "丙"]
    cells = [Tick(n, "choose", "for") for n in (1, 2, 3)]
    ballot.check(SECRET, set(), subjects=names, seats=2)
    ballot.check(SECRET, set(cells[:2]), subjects=names, seats=2)
    with pytest.raises(BadBallot, match="最多选 2 人，您选了 3 人"):
        ballot.check(SECRET, set(cells), subjects=names, seats=2)


def test_the_kinds_of_the_plant_are_read_and_come_back_from_what_a_poll_keeps() -> None:
    assert list(KINDS) == ["democratic", "cadre", "secret", "satisfaction", "office"]
    assert all(ballot.kind_of(ballot.as_data(kind)) == kind for kind in KINDS.values())
    assert all(kind.status == "系统默认，可修改" for kind in KINDS.values())
    assert [one.zh for one in CADRE.questions] == ["德", "能", "勤", "绩", "廉"]


@pytest.mark.covers("S3-40")
def test_the_model_office_is_rated_in_its_three_dimensions() -> None:
    assert [one.zh for one in KINDS["office"].questions] == ["外在形象好", "内在素质强", "贴近生产一线"]


def test_weights_can_be_changed_and_only_to_something_sensible() -> None:
    changed = CADRE.weighed({"results": 40, "below": 50})
    assert [one.weight for one in changed.questions] == [20, 20, 20, 40, 15]
    assert [one.weight for one in changed.groups] == [30, 30, 50]
    with pytest.raises(PollTrouble, match="没有这几项"):
        CADRE.weighed({"beauty": 3})
    with pytest.raises(PollTrouble, match="不能全为 0"):
        CADRE.weighed({one.code: 0 for one in CADRE.questions})


def test_nobody_can_declare_a_poll_for_fewer_than_five() -> None:
    with pytest.raises(PollTrouble, match="minimum 不能低于 5"):
        small(minimum=4)
    with pytest.raises(PollTrouble, match="分组的测评不能用纸质票"):
        small(paper=True)


def test_every_fault_of_the_file_is_told_at_once() -> None:
    broken = [ballot.as_data(CADRE) | {"form": "guess"}, ballot.as_data(SECRET) | {"quorum": [2, 1]}, {"code": "bare"}]
    with pytest.raises(PollTrouble) as trouble:
        ballot.read({"polls": broken})
    assert str(trouble.value).splitlines() == [
        "干部德能勤绩廉测评：form 应为 rate、choose 之一",
        "无记名推选：quorum、majority 应为小于 1 的分数，如 [1, 2]",
        "bare：缺少 zh",
    ]
