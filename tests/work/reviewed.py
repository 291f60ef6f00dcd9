"""What tests of the cycle share: a plant that reviews from March on, tended on a day, and a move made in a case of it."""

import datetime as dt
from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.packs.loader import load
from ronglu.store.models import Case, Post, Review
from ronglu.work import case_rows, cases, cases_clock, reviews
from tests.cast import AT, SINCE, Cast

PACK = load(["qinglan"])
MARCH = Period.month(2026, 3)
APRIL_1 = dt.date(2026, 4, 1)


def begun(cast: Cast, month: Period = MARCH, *, seated: bool = True) -> None:
    """何组长 joins the converter committee, unless said otherwise: a second hand beside 王书记."""
    reviews.begin(plant=cast.plant, month=month, by=cast.account["孙干事"], at=AT)
    if seated:
        Post.objects.get_or_create(person=cast.person["何组长"], role="member", body=cast.body["QL-B1"], from_on=SINCE)


def tended(cast: Cast, on: dt.date) -> int:
    at = dt.datetime.combine(on, dt.time(0, 10))
    done = reviews.tend(
        plant=cast.plant, loops=PACK.loops, timetable=PACK.standing.timetable, on=on, at=at
    )  # fmt: skip
    cases_clock.tend_cases(loops=PACK.loops, at=at)
    return done


def card(cast: Cast, kind: str = "monthly", body: str = "QL-B1", period: str = "2026-03") -> Case:
    return Review.objects.get(body=cast.body[body], kind=kind, period=period).case


def go(cast: Cast, case: Case, by: str, code: str, *, on: dt.date = APRIL_1, reason: str = "", **given: Any) -> Case:
    case.refresh_from_db()
    cases.move(
        loop=PACK.loops[case.loop], case=case, code=code, seen=case.seen, given=given, reason=reason, by=cast.account[by],
        at=dt.datetime.combine(on, dt.time(10)), scope=cast.scope(by, on),
    )  # fmt: skip
    case.refresh_from_db()
    return case


def line(cast: Cast, case: Case, by: str, kind: str, *, who: str, on: dt.date = APRIL_1, **given: Any) -> Any:
    return case_rows.add(
        loop=PACK.loops[case.loop], case=case, kind=kind, given=given, by=cast.account[by], scope=cast.scope(by, on),
        at=dt.datetime.combine(on, dt.time(9)), person=cast.person[who], due_on=on + dt.timedelta(days=10),
    )  # fmt: skip


def settle(cast: Cast, row: Any, by: str, act: str, *, on: dt.date = APRIL_1, reason: str = "", **given: Any) -> None:
    case_rows.settle(
        loop=PACK.loops[row.case.loop], line=row, act=act, by=cast.account[by], scope=cast.scope(by, on),
        at=dt.datetime.combine(on, dt.time(11)), reason=reason, given=given,
    )  # fmt: skip
