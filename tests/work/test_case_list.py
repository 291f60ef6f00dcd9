"""Lists of cases: a page costs what a page shows, whatever the table holds."""

import datetime as dt

import pytest
from django.db import connection

from ronglu.store.models import Case
from ronglu.work.queries import case_list
from ronglu.work.queries.case_list import Asked, Slice
from ronglu.work.queries.places import Places
from tests.cast import AT, ON, Cast, cast  # noqa: F401
from tests.work.loops_cast import HAZARD, report

LOOPS = {"hazard": HAZARD}


def rows(cast: Cast, name: str, **asked: object):  # type: ignore[no-untyped-def]
    wanted = Asked(**asked)  # type: ignore[arg-type]
    found = case_list.matching(scope=cast.scope(name), loops=LOOPS, places=Places(cast.plant, ON), asked=wanted, at=AT)
    return case_list.ordered(found, wanted.sort)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of the embedded database")
@pytest.mark.parametrize("name", ["赵安全员", "李班长", "马主任"])
def test_the_newest_are_found_along_an_index_without_sorting_them_all(cast: Cast, name: str) -> None:
    plan = rows(cast, name)[:51].explain()
    assert "case_raised" in plan and "TEMP B-TREE FOR ORDER BY" not in plan


def test_a_page_knows_whether_more_follow_and_counts_only_what_it_has_seen(cast: Cast) -> None:
    for n in range(5):
        report(cast, at=AT + dt.timedelta(minutes=n), given={"kind": "fire", "what": f"第 {n} 处"})
    found = rows(cast, "赵安全员")
    first, last, beyond = (case_list.sliced(found, number=n, size=2) for n in (1, 3, 4))
    assert [case.title for case in first.rows] == ["第 4 处", "第 3 处"]
    assert (first.more, first.known, first.first, first.last) == (True, None, 1, 2)
    assert (last.more, last.known, last.first, last.last) == (False, 5, 5, 5)
    assert (beyond.rows, beyond.more, beyond.known) == ((), False, None)
    assert case_list.sliced(found.none(), number=1, size=2) == Slice((), 1, 2, 0, False)


def test_the_last_day_there_is_may_be_asked_for_and_a_day_is_counted_to_its_end(cast: Cast) -> None:
    case = report(cast, at=dt.datetime.combine(ON, dt.time(23, 59, 59))).case
    assert list(rows(cast, "赵安全员", last=dt.date.max)) == list(rows(cast, "赵安全员", last=ON)) == [case]
    assert not rows(cast, "赵安全员", last=ON - dt.timedelta(days=1))


def test_the_board_keeps_what_is_over_for_thirty_days(cast: Cast) -> None:
    fresh, old = report(cast, at=AT).case, report(cast, at=AT).case
    for case, days in ((fresh, 29), (old, 31)):
        Case.objects.filter(pk=case.pk).update(phase="closed", entered_at=AT - dt.timedelta(days=days))
    columns = case_list.board(rows(cast, "赵安全员", phase="all"), at=AT, most=1)
    assert {phase.value: ([c.pk for c in cards], more) for phase, (cards, more) in columns.items()} == {
        "open": ([], False), "working": ([], False), "verifying": ([], False), "closed": ([fresh.pk], False),
        "dropped": ([], False),
    }  # fmt: skip


def test_a_lane_that_is_too_long_says_there_is_more(cast: Cast) -> None:
    for what in ("一", "二"):
        report(cast, given={"kind": "fire", "what": what})
    cards, more = next(iter(case_list.board(rows(cast, "赵安全员", phase="all"), at=AT, most=1).values()))
    assert (len(cards), more) == (1, True)
