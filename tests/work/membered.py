"""Members, points and double lift for tests: a second seat on the converters' committee, records, and days that pass."""

import datetime as dt
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.kernel.standing.record import Attained, PersonRecord
from ronglu.kernel.time.period import Period
from ronglu.store.models import LiftMonth, PointEntry, Post
from ronglu.work import lift_months, points
from tests.cast import AT, SINCE, Cast

PACK = pack_of("qinglan")
POINTS, LIFT = PACK.standing.points, PACK.standing.lift
FRIDAY = dt.date(2026, 3, 6)
MARCH = Period.month(2026, 3)


def by(cast: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def days(n: int) -> dt.datetime:
    return AT + dt.timedelta(days=n)


def seat(cast: Cast, name: str = "何组长", role: str = "organiser", body: str = "QL-B1") -> None:
    """So that the branch has two who may settle what one of them entered."""
    Post.objects.get_or_create(person=cast.person[name], role=role, body=cast.body[body], from_on=SINCE)


def record(cast: Cast, who: str = "李班长", fact: str = "idea", key: str = "case:1:1", **more: Any) -> PersonRecord:
    said: dict[str, Any] = {"label": "合理化建议 JY-1 采纳后按期实施", "on": FRIDAY, "kept": True, "verified": True}
    return PersonRecord(fact=fact, person=cast.person[who].pk, record=key, **(said | more))


def proposed(cast: Cast, *records: PersonRecord) -> int:
    return points.propose(plant=cast.plant, rules=POINTS, records=records, at=AT)


def entry(cast: Cast, *, state: str = "declared", **more: Any) -> PointEntry:
    """One entry of 李班长, taken to the state by those who may."""
    seat(cast)
    proposed(cast, record(cast, **more))
    found = PointEntry.objects.latest("pk")
    if state == "declared":
        return found
    points.verify(entry=found, **by(cast, "王书记"))
    if state != "verified":
        points.tell(plant=cast.plant, rules=POINTS, at=AT)
    if state == "entered":
        points.book(plant=cast.plant, rules=POINTS, at=days(6))
    found.refresh_from_db()
    return found


def computed(
    cast: Cast, month: Period = MARCH, *records: PersonRecord, work: tuple[int, int] | None = None, at: dt.datetime = AT
) -> int:
    """`work`: reached and judged indicators of crew 甲 of the converters."""
    unit = cast.unit["QL-R1-甲"].pk
    reached = {unit: Attained(unit=unit, reached=work[0], judged=work[1])} if work else {}
    return lift_months.compute(plant=cast.plant, rules=LIFT, month=month, records=records, attained=reached, at=at)


def figures(cast: Cast, who: str = "李班长", month: Period = MARCH) -> dict[str, int | None]:
    rows = LiftMonth.objects.filter(person=cast.person[who], month=month.yyyymm, state__in=lift_months.COUNTS)
    return dict(rows.values_list("dimension", "figure_h"))
