"""交接班: a lost shift says why, one gives and another takes, and what now is a case in the same breath."""

import datetime as dt
from decimal import Decimal as D
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Account, AuditEntry, Case, Handover
from ronglu.work import handovers
from ronglu.work.handovers import Action, BadHandover, Figures
from tests.cast import Cast, cast
from tests.work.clock import set_clock

__all__ = ["cast"]
DAY = dt.date(2026, 3, 10)
ENDS = dt.datetime(2026, 3, 10, 16)
LATE = dt.datetime(2026, 3, 10, 15, 50)
LOST = Figures(day=DAY, shift_no=1, letter="甲", won="lost", indicator="SM-01", plan=D("400.00"), actual=D("387.70"))
WON = Figures(day=DAY, shift_no=1, letter="甲", won="won", indicator="SM-01", plan=D("400.00"), actual=D("400.00"))


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> None:
    """白, 中 and 夜: what the shifts are called is the plant's own clock's."""
    set_clock(cast.plant)


def give(cast: Cast, figures: Figures = WON, at: dt.datetime = LATE, **said: Any) -> Handover:
    by = cast.account["李班长"]
    return handovers.give(
        unit=cast.unit["QL-R1"], figures=figures, ends_at=ENDS, book=pack_of("qinglan").base.stops, by=by,
        scope=cast.scope("李班长"), at=at, **said,
    )  # fmt: skip


def second(cast: Cast) -> Account:
    return cast.account["吴师傅"]


def test_what_was_shown_is_what_is_signed(cast: Cast) -> None:
    row = give(cast, LOST, reason="mechanical", words="皮带备件在机旁")
    assert (row.plan, row.actual, row.won, row.reason, row.letter) == ("400.00", "387.70", "lost", "mechanical", "甲")
    assert (row.state, row.given_by, row.case) == ("given", cast.account["李班长"], None)


def test_a_lost_shift_says_why_and_a_won_one_need_not(cast: Cast) -> None:
    with pytest.raises(BadHandover, match="本班没有完成计划，请选一个原因"):
        give(cast, LOST)
    with pytest.raises(BadHandover, match="请从停机原因表里选一个原因"):
        give(cast, LOST, reason="gremlins")
    assert give(cast).reason == ""


def test_missing_figures_stay_missing(cast: Cast) -> None:
    row = give(cast, Figures(day=DAY, shift_no=1, letter="甲", won="missing", indicator="SM-01", plan=D(400)))
    assert (row.actual, row.won) == ("", "missing")


def test_it_is_given_once_and_not_before_the_last_hour(cast: Cast) -> None:
    with pytest.raises(BadHandover, match="这一班到 16:00 才下班，下班前一小时起可以交班"):
        give(cast, at=ENDS - dt.timedelta(minutes=61))
    give(cast, at=ENDS - dt.timedelta(minutes=60))
    with pytest.raises(BadHandover, match="转炉线 03-10 白班已经交过班"):
        give(cast)


def test_who_gave_it_does_not_take_it_and_it_is_taken_once(cast: Cast) -> None:
    row = give(cast)
    with pytest.raises(BadHandover, match="这一班由您交出，须由接班的人来接"):
        handovers.take(handover=row, by=cast.account["李班长"], at=ENDS)
    handovers.take(handover=row, by=second(cast), at=ENDS)
    row.refresh_from_db()
    assert (row.state, row.taken_by, row.taken_at) == ("taken", second(cast), ENDS)
    with pytest.raises(BadHandover, match="已经有人接班"):
        handovers.take(handover=row, by=cast.account["何组长"], at=ENDS)
    assert [e.verb for e in AuditEntry.objects.filter(verb__startswith="handovers").order_by("pk")] == [
        "handovers.give",
        "handovers.take",
    ]


def test_what_now_is_a_case_of_his_crew_raised_in_the_same_breath(cast: Cast) -> None:
    loops = pack_of("qinglan").loops
    given = {"what": "换减速机", "source": "other", "said": "交接班", "finish_by": "2026-03-12"}
    row = give(cast, LOST, reason="mechanical", action=Action(loop=loops["action"], given=given))
    case = Case.objects.get()
    assert row.case == case
    assert (case.loop, case.unit, case.raised_by, case.title) == (
        "action", cast.unit["QL-R1-甲"], cast.person["李班长"], "换减速机"
    )  # fmt: skip


def test_a_refused_case_leaves_no_hand_over_behind(cast: Cast) -> None:
    with pytest.raises(LoopTrouble, match="请填写“完成期限”"):
        give(
            cast, action=Action(loop=pack_of("qinglan").loops["action"], given={"what": "换减速机", "source": "other"})
        )
    assert not Handover.objects.exists() and not Case.objects.exists()
