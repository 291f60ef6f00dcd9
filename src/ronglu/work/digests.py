"""Digests: what waits to be told, put together once a shift for each way out, and taken by exactly one sender at a time.

A digest says counts, numbers and titles; of a confidential or anonymous case the number alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from ronglu.kernel.org.tree import chain
from ronglu.kernel.time.errors import CalendarError
from ronglu.store.models import Case, Digest, Engagement, Notice, NoticeChannel, Person, Plant, UnitState
from ronglu.store.values import calendar_of
from ronglu.work import feeds_watch
from ronglu.work.presence import Span, at_work

LINES = 20
"""Cases named in one digest; the count goes on."""
BATCH = 50
BACK_AFTER = dt.timedelta(minutes=10)
"""A digest that was taken and never reported on may be taken again; and one that failed is tried again."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Outlet:
    """A way out to a person: a channel of the plant, or his own mail box. `name` is its half of a digest's key."""

    channel: int | None = None
    person: int | None = None

    @property
    def name(self) -> str:
        return f"channel:{self.channel}" if self.channel else f"person:{self.person}"


def bundle(*, at: dt.datetime, mail: bool) -> int:
    """Puts every notice that may reach its person into a digest of each of his ways out; says how many digests were made.

    A way out that has had its digest in this shift keeps the next ones for the shift after it. `mail`: persons' own
    mail boxes may be used.
    """
    due = Notice.objects.filter(state__in=("waiting", "urgent"), from_at__lte=at)
    plants = sorted(set(due.order_by().values_list("plant_id", flat=True).distinct()))
    return sum(_bundle(plant, at, mail) for plant in plants)


@transaction.atomic
def _bundle(plant_id: int, at: dt.datetime, mail: bool) -> int:
    plant = Plant.objects.select_for_update().get(pk=plant_id)  # of two clocks the second finds what the first left
    rows = list(
        Notice.objects.filter(plant=plant, state__in=("waiting", "urgent"), from_at__lte=at).select_related("case")
    )
    people = {row.person_id for row in rows}
    ways, spans = _outlets(plant, people, on=at.date(), mail=mail), at_work(people, at=at)
    put: dict[str, tuple[Outlet, list[Notice]]] = {}
    for row in rows:
        for outlet in ways.get(row.person_id, ()):
            put.setdefault(_key(outlet, row, plant, spans, at), (outlet, []))[1].append(row)
    had = set(Digest.objects.filter(key__in=list(put)).values_list("key", flat=True))
    fresh = {key: parts for key, parts in put.items() if key not in had}
    Digest.objects.bulk_create(_digest(plant, key, outlet, told, at) for key, (outlet, told) in fresh.items())
    gone = {row.pk for _outlet, told in fresh.values() for row in told}
    _leave(rows, ways, gone, spans)
    return len(fresh)


def _leave(rows: list[Notice], ways: dict[int, list[Outlet]], gone: set[int], spans: dict[int, Span]) -> None:
    """In a digest, without any way out, or kept for the next stretch of work."""
    later = []
    for row in rows:
        if row.pk in gone or not ways.get(row.person_id):
            row.state = "put" if row.pk in gone else "none"
        else:
            later.append(row)
    for ends_at in {spans[row.person_id].ends_at for row in later}:
        mine = [row for row in later if spans[row.person_id].ends_at == ends_at]
        after = at_work({row.person_id for row in mine}, at=ends_at)
        for row in mine:
            row.from_at = after[row.person_id].starts_at
    Notice.objects.bulk_update(rows, ["state", "from_at"], batch_size=500)


def _key(outlet: Outlet, row: Notice, plant: Plant, spans: dict[int, Span], at: dt.datetime) -> str:
    """The way out and the shift: that of the plant for a group, his own for a person. An urgent one has a key of its own."""
    if row.state == "urgent":
        return f"{outlet.name}:urgent:{row.key}"[:160]
    if outlet.person:
        return f"{outlet.name}:{spans[outlet.person].starts_at:%Y-%m-%dT%H:%M}"
    return f"{outlet.name}:{_shift(plant, at)}"


def _shift(plant: Plant, at: dt.datetime) -> str:
    try:
        day, no = calendar_of(plant).shift_of(at)
    except CalendarError:
        return str(at.date())
    return f"{day}/{no}"


def _outlets(plant: Plant, people: set[int], *, on: dt.date, mail: bool) -> dict[int, list[Outlet]]:
    """For each person the nearest channels above where he works, and his mail box where there is one."""
    found: dict[int, list[Outlet]] = defaultdict(list)
    by_unit: dict[int | None, list[int]] = defaultdict(list)
    for pk, unit in NoticeChannel.objects.filter(plant=plant, state="on").order_by("pk").values_list("pk", "unit_id"):
        by_unit[unit].append(pk)
    if by_unit:
        above = dict(UnitState.objects.on(on).filter(unit__plant=plant).values_list("unit_id", "parent_id"))  # type: ignore[attr-defined]
        works = dict(Engagement.objects.on(on).filter(person__in=people).values_list("person_id", "unit_id"))  # type: ignore[attr-defined]
        for one in people:
            found[one] += [Outlet(channel=pk) for pk in _nearest(works.get(one), above, by_unit)]
    if mail:
        boxes = Person.objects.filter(pk__in=people, contact__contains="@").values_list("pk", flat=True)
        for one in boxes:
            found[one].append(Outlet(person=one))
    return found


def _nearest(unit: int | None, above: dict[int, int | None], by_unit: dict[int | None, list[int]]) -> list[int]:
    return next((by_unit[one] for one in chain(unit, above) if one in by_unit), by_unit.get(None, []))


def _digest(plant: Plant, key: str, outlet: Outlet, told: list[Notice], at: dt.datetime) -> Digest:
    cases = list({row.case_id: row.case for row in told if row.case is not None}.values())
    cases.sort(key=lambda case: (case.due_at or dt.datetime.max, case.pk))
    feeds = list(dict.fromkeys(row.text for row in told if row.kind == feeds_watch.KIND))
    late = sum(case.due_at is not None and case.due_at <= at for case in cases)
    urgent, count = told[0].state == "urgent", len(cases) + len(feeds)
    title = f"紧急：{count} 件" if urgent else f"待办提醒 {count} 件" + (f"，其中 {late} 件已过期" if late else "")
    lines = [*feeds[:LINES], *(_line(case) for case in cases[:LINES])]
    if len(cases) > LINES:
        lines.append(f"另有 {len(cases) - LINES} 件，请到待办里看")
    return Digest(
        plant=plant,
        channel_id=outlet.channel,
        person_id=outlet.person,
        key=key,
        title=title,
        lines=lines,
        at=at,
        next_at=at,
    )


def _line(case: Case) -> str:
    """Who reported without a name, or in confidence, wrote for few eyes: nothing of it leaves the house."""
    secret = case.secrecy != "open" or bool(case.claim)
    return case.number if secret else f"{case.number} {case.title}"


def due(at: dt.datetime) -> QuerySet[Digest]:
    """Those that may be taken, the oldest first; one that whoever took it never came back from is left at last."""
    rows = Digest.objects.filter(state__in=("waiting", "taken"), next_at__lte=at, tries__lt=2 * TRIES)
    return rows.select_related("channel", "person").order_by("next_at")


def take(*, at: dt.datetime) -> Iterator[Digest]:
    """One after the other, each given to one taker only: of two who saw the same one wins."""
    while found := list(due(at)[:BATCH]):
        for row in found:
            mine = Digest.objects.filter(pk=row.pk, state=row.state, next_at=row.next_at)
            if mine.update(state="taken", next_at=at + BACK_AFTER, tries=F("tries") + 1) == 1:
                row.state, row.next_at, row.tries = "taken", at + BACK_AFTER, row.tries + 1
                yield row


def report(*, digest: Digest, ok: bool, detail: str = "", at: dt.datetime) -> None:
    """What came of sending one that was taken; failed is tried again a while later, a few times."""
    again = not ok and digest.tries < TRIES
    state = "sent" if ok else "waiting" if again else "failed"
    mine = Digest.objects.filter(pk=digest.pk, state="taken", next_at=digest.next_at)
    mine.update(state=state, detail=detail[:200], sent_at=at if ok else None, next_at=at + BACK_AFTER)
