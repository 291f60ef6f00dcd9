"""What tests of declared loops share: two more offices, and one line for a case raised, a move made, a line added, a figure read."""

import datetime as dt
from typing import Any

import pytest

from ronglu.store.models import Case, Post
from ronglu.work import case_rows, cases_view
from tests.cast import AT, SINCE, Cast
from tests.work.loops_cast import LOOPS, report, step

DAY = dt.timedelta(days=1)
SPRING = dt.date(2026, 4, 30)


@pytest.fixture(autouse=True)
def offices(cast: Cast) -> None:
    """Two offices that the cast does not have: 郑师傅 keeps the books, 周统计员 runs the plant."""
    Post.objects.create(person=cast.person["郑师傅"], role="finance", unit=cast.unit["QL"], from_on=SINCE)
    Post.objects.create(person=cast.person["周统计员"], role="plant_head", unit=cast.unit["QL"], from_on=SINCE)


def raised(cast: Cast, loop: str, by: str | None, *, at: dt.datetime = AT, **rest: Any) -> Case:
    given = {k: v for k, v in rest.items() if k not in ("unit", "body", "confidential")}
    place = {k: v for k, v in rest.items() if k in ("unit", "body", "confidential")}
    return report(cast, by, loop=LOOPS[loop], at=at, given=given, **place).case


def go(cast: Cast, case: Case, by: str, code: str, **given: Any) -> None:
    at, reason = given.pop("at", AT), given.pop("reason", "")
    step(cast, case, by, code, loop=LOOPS[case.loop], at=at, reason=reason, **given)


def add(
    cast: Cast, case: Case, by: str, kind: str, *, who: str = "", due_on: dt.date | None = None, **given: Any
) -> Any:
    return case_rows.add(
        loop=LOOPS[case.loop], case=case, kind=kind, given=given, at=AT, by=cast.account[by], scope=cast.scope(by),
        person=cast.person[who] if who else None, due_on=due_on,
    )  # fmt: skip


def shows(case: Case, figure: str) -> str:
    found = LOOPS[case.loop].figure(figure)
    assert found is not None
    return found.of(cases_view.view(LOOPS[case.loop], Case.objects.get(pk=case.pk)))
