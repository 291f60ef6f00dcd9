"""五个一 as they stand on a day: five of each branch, with what waits to be looked at; and the todo rows that follow."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.standing.standard import Stand, StandardKind, Standards, stand
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Body, BodyState, StandardItem, StandardState
from ronglu.work.queries.places import Places
from ronglu.work.queries.todo_item import Todo
from ronglu.work.queries.within import covers
from ronglu.work.scope import Reach, Scope

SEE, ENTER, CHECK = "standards.see", "standards.enter", "standards.check"
SHORT = 30
"""Days ahead in which the home page reminds."""


@dataclass(frozen=True, slots=True)
class Five:
    """One of the five: how it stands, the entry that counts (or counted last), and one that waits or was sent back."""

    kind: StandardKind
    stand: Stand
    item: StandardItem | None = None
    pending: StandardItem | None = None

    def unlooked(self, on: dt.date) -> bool:
        """Whether nobody has looked at it in the quarter of the day."""
        first = Period.day(on).up(Grain.QUARTER).first
        return (
            self.item is not None
            and self.stand.counts
            and (self.item.checked_at is None or self.item.checked_at.date() < first)
        )


@dataclass(frozen=True, slots=True)
class Branch:
    key: int
    code: str
    name: str
    fives: tuple[Five, ...]

    @property
    def valid(self) -> int:
        return sum(one.stand.counts for one in self.fives)


def branches(*, scope: Scope, places: Places, standards: Standards) -> list[Branch]:
    """The branches the reader may look into, in the order of the organisation. Two queries beside the tree."""
    reach = scope.reach(SEE)
    states = [
        s for s in places.party.at(places.on).of_kind(*BRANCHES) if covers(reach, body=int(s.id), plant=places.plant.pk)
    ]
    items = _items({int(s.id) for s in states})
    return [
        Branch(
            int(s.id),
            places.body_codes[int(s.id)],
            s.name,
            tuple(_fives(items.get(int(s.id), []), standards, places.on)),
        )
        for s in states
    ]


def branch(*, body: Body, on: dt.date, standards: Standards) -> tuple[Five, ...]:
    return tuple(_fives(_items({body.pk}).get(body.pk, []), standards, on))


def item_of(*, pk: int) -> StandardItem | None:
    return StandardItem.objects.select_related("body__plant", "entered_by__person").filter(pk=pk).first()


def is_branch(*, body: Body, on: dt.date) -> bool:
    return BodyState.objects.on(on).filter(body=body, kind__in=BRANCHES).exists()


def valid_count(*, body: Body, on: dt.date) -> int:
    """How many of the five hold on the day."""
    held = StandardItem.objects.on(on).filter(body=body, state__in=(StandardState.VALID, StandardState.EXPIRED))
    return held.order_by().values("kind").distinct().count()


def waiting(*, scope: Scope) -> Iterator[Todo]:
    """For who checks: what waits to be looked at. For who enters: what was sent back or runs out within a month."""
    if scope.has(CHECK):
        n = _within(scope.reach(CHECK)).filter(state=StandardState.ENTERED).exclude(entered_by=scope.account_id).count()
        if n:
            yield Todo("standard_check", n)
    reach = scope.reach(ENTER)
    # the office, which enters for the whole plant, is not reminded of every branch
    if reach.bodies:
        mine = StandardItem.objects.filter(body__in=reach.bodies)
        back = mine.filter(state=StandardState.RETURNED).count()
        soon = scope.on + dt.timedelta(days=SHORT)
        ending = mine.on(scope.on).filter(state=StandardState.VALID, until_on__lte=soon)
        renewed = StandardItem.objects.filter(state__in=(StandardState.ENTERED, StandardState.VALID), until_on__gt=soon)
        left = {(body, kind) for body, kind in ending.values_list("body", "kind")} - set(
            renewed.filter(body__in=reach.bodies).values_list("body", "kind")
        )
        if left or back:
            yield Todo("standard_soon", len(left) + back)


def _within(reach: Reach):  # type: ignore[no-untyped-def]
    if reach.everywhere:
        return StandardItem.objects.all()
    return StandardItem.objects.filter(Q(body__in=reach.bodies) | Q(body__plant__in=reach.plants))


def _items(bodies: set[int]) -> Mapping[int, list[StandardItem]]:
    found: dict[int, list[StandardItem]] = {}
    rows = StandardItem.objects.filter(body__in=bodies).select_related("checked_by__person", "entered_by__person")
    for row in rows.order_by("from_on", "pk"):
        found.setdefault(row.body_id, []).append(row)
    return found


def _fives(items: list[StandardItem], standards: Standards, on: dt.date) -> Iterator[Five]:
    for kind in standards.kinds.values():
        mine = [one for one in items if one.kind == kind.code]
        looked = [
            one
            for one in mine
            if one.state not in (StandardState.ENTERED, StandardState.RETURNED) and one.from_on <= on
        ]
        pending = next(
            (one for one in reversed(mine) if one.state in (StandardState.ENTERED, StandardState.RETURNED)), None
        )
        item = next((one for one in reversed(looked) if one.holds(on)), looked[-1] if looked else None)
        shown = item or pending
        how = _stand(shown, on, standards.warn_days) if shown else Stand.MISSING
        yield Five(kind, how, item, pending)


def _stand(item: StandardItem, on: dt.date, warn_days: int) -> Stand:
    assert item.until_on is not None
    return stand(state=item.state, from_on=item.from_on, until_on=item.until_on, on=on, warn_days=warn_days)
