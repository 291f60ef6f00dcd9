"""Whom a leader answered for, by days; and who stood in a branch's place before it was."""

from datetime import date

from ronglu.kernel.org.lineage import Descent, shares
from ronglu.kernel.org.mapping import Link
from ronglu.kernel.org.served import Held, at_bodies, last_place, served
from ronglu.kernel.org.span import Span
from ronglu.kernel.org.tree import State, Tree

SINCE = Span(date(2025, 1, 1))
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
UNITS = Tree(
    (
        State("W1", "workshop", "一车间", None, SINCE),
        State("L1", "line", "一线", "W1", SINCE),
        State("L2", "line", "二线", "W1", Span(date(2025, 1, 1), date(2026, 3, 11))),
        State("C1", "crew", "甲班", "L1", SINCE),
        State("W2", "workshop", "二车间", None, SINCE),
        State("L2", "line", "二线", "W2", Span(date(2026, 3, 11))),
    )
)
LINKS = (Link("B1", "L1", SINCE), Link("B2", "L2", SINCE), Link("G1", "C1", SINCE))


def of(*held: Held) -> dict[str, dict[object, int]]:
    found = served(first=FIRST, last=LAST, held=held, units=UNITS, links=LINKS)
    return {"places": dict(found.places), "lines": dict(found.lines), "branches": dict(found.branches)}


def test_a_line_that_moved_to_another_workshop_counts_until_the_day_it_left() -> None:
    assert of(Held("W1", SINCE)) == {
        "places": {"W1": 31}, "lines": {"L1": 31, "L2": 10}, "branches": {"B1": 31, "B2": 10},
    }  # fmt: skip


def test_groups_on_crews_are_not_branches_on_lines() -> None:
    assert "G1" not in of(Held("W1", SINCE))["branches"]


def test_two_posts_one_after_the_other_share_the_month() -> None:
    found = of(Held("W1", Span(date(2025, 1, 1), date(2026, 3, 21))), Held("W2", Span(date(2026, 3, 21))))
    assert found["places"] == {"W1": 20, "W2": 11}
    assert found["branches"] == {"B1": 20, "B2": 10 + 11}


def test_days_outside_the_post_count_for_nobody() -> None:
    assert of(Held("W1", Span(date(2026, 3, 30)))) == {
        "places": {"W1": 2}, "lines": {"L1": 2}, "branches": {"B1": 2},
    }  # fmt: skip


def test_a_branch_that_stands_on_two_of_his_lines_counts_once_a_day() -> None:
    found = served(
        first=FIRST,
        last=date(2026, 3, 10),
        held=[Held("W1", SINCE)],
        units=UNITS,
        links=[*LINKS, Link("B1", "L2", SINCE)],
    )
    assert found.branches == {"B1": 10, "B2": 10}


def test_a_post_at_a_branch_counts_the_days_it_was_held() -> None:
    found = at_bodies(first=FIRST, last=LAST, held=[Held("B1", Span(date(2026, 3, 10), date(2026, 3, 15)))])
    assert found.branches == {"B1": 5}


def test_he_is_listed_where_he_stood_last() -> None:
    posts = [Held("W2", Span(date(2026, 3, 21))), Held("W1", Span(date(2025, 1, 1), date(2026, 3, 21)))]
    assert last_place(posts, LAST) == "W2"
    assert last_place([], LAST) is None


LIVES = {1: [SINCE], 2: [SINCE], 3: [Span(date(2026, 3, 17))], 4: [Span(date(2026, 3, 11))]}


def weights(body: int, *descents: Descent) -> dict[int, int]:
    return shares(body, first=FIRST, last=LAST, lives=LIVES, descents=descents)


def test_a_branch_that_was_there_all_along_is_itself_even_after_a_merger() -> None:
    assert weights(1, Descent(2, 1, date(2026, 3, 5))) == {1: 31}


def test_a_new_branch_takes_the_days_before_it_from_where_it_came() -> None:
    assert weights(3, Descent(1, 3, date(2026, 3, 17))) == {3: 15, 1: 16}


def test_two_that_merged_into_a_new_one_share_its_earlier_days_equally() -> None:
    """16 days by halves: 15 : 8 : 8."""
    assert weights(3, Descent(1, 3, date(2026, 3, 17)), Descent(2, 3, date(2026, 3, 17))) == {3: 15, 1: 8, 2: 8}


def test_predecessors_of_predecessors_are_followed_and_circles_end() -> None:
    found = weights(
        3, Descent(4, 3, date(2026, 3, 17)), Descent(1, 4, date(2026, 3, 11)), Descent(3, 1, date(2026, 3, 1))
    )
    assert found == {3: 15, 4: 6, 1: 10}


def test_days_of_nobody_weigh_nothing() -> None:
    assert weights(3) == {3: 15}
    assert weights(9) == {}
