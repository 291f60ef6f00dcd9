"""Relays as lists and pages read them: what waits for whom, how many have heard it, who may do what about it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from ronglu.store.models import Document, Plant, Relay, RelayState
from ronglu.work.queries.within import covers
from ronglu.work.scope import Reach, Scope

SEE, ASK, TELL = "documents.see", "relays.ask", "relays.tell"
WAITING = (RelayState.OPEN, RelayState.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Row:
    """`told` of `due` people; only numbers, nowhere a list of who did not hear it."""

    relay: Relay
    body: str
    late: bool
    may_tell: bool
    may_decide: bool
    may_withdraw: bool

    @property
    def share(self) -> int | None:
        return self.relay.told * 100 // self.relay.due if self.relay.due else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of all bodies asked: how many told it, and the people."""

    bodies: int
    done: int
    due: int
    told: int

    @property
    def share(self) -> int | None:
        return self.told * 100 // self.due if self.due else None


def visible(scope: Scope) -> QuerySet[Relay]:
    """Of the bodies one looks after or belongs to."""
    reach = scope.reach(ASK, TELL)
    rows = Relay.objects.exclude(state=RelayState.WITHDRAWN)
    if not reach.everywhere:
        rows = rows.filter(Q(body__in=reach.bodies) | Q(document__plant__in=reach.plants))
    return rows.select_related("document__plant", "body", "asked_by", "explained_by")


def relay_of(*, scope: Scope, pk: int) -> Relay | None:
    return visible(scope).filter(pk=pk).first()


def shown(rows: Iterable[Relay], *, scope: Scope, names: Mapping[int, str], on: dt.date) -> list[Row]:
    tell, ask = scope.reach(TELL), scope.reach(ASK)

    def may(reach: Reach, one: Relay) -> bool:
        return covers(reach, body=one.body_id, plant=one.document.plant_id)

    return [
        Row(
            relay=one,
            body=names.get(one.body_id, one.body.code),
            late=one.state in WAITING and one.due_on < on,
            may_tell=may(tell, one),
            may_decide=one.state == RelayState.EXPLAINED and scope.another(one.explained_by) and may(ask, one),
            may_withdraw=one.state in WAITING and one.due_on >= on and may(ask, one),
        )
        for one in rows
    ]


def coverage(documents: Iterable[Document]) -> dict[int, Coverage]:
    """One query for all of them."""
    done = Count("pk", filter=Q(told_on__isnull=False))
    rows = Relay.objects.filter(document__in=list(documents)).exclude(state=RelayState.WITHDRAWN)
    found = rows.values("document").annotate(bodies=Count("pk"), done=done, people=Sum("due"), reached=Sum("told"))
    return {one["document"]: Coverage(one["bodies"], one["done"], one["people"], one["reached"]) for one in found}


def waiting_documents(*, plant: Plant, bodies: Iterable[int], on: dt.date) -> list[int]:
    """Documents of which some of these bodies' people have not heard, the most urgent first: what fills a meeting's agenda."""
    rows = Relay.objects.filter(document__plant=plant, document__state="valid", body__in=list(bodies), asked_on__lte=on)
    rows = rows.filter(state__in=(*WAITING, RelayState.TOLD), told__lt=F("due"))
    return list(dict.fromkeys(rows.order_by("due_on", "pk").values_list("document", flat=True)))


def waiting(scope: Scope) -> tuple[int, int, int]:
    """Relays to be told by this reader's bodies, those of them that are late, and reasons that wait for his yes."""
    own = Relay.objects.filter(body__in=scope.reach(TELL).bodies, state=RelayState.OPEN) if scope.has(TELL) else None
    ask = scope.reach(ASK)
    asked = Relay.objects.filter(state=RelayState.EXPLAINED).exclude(explained_by=scope.account_id)
    asked = asked.filter(Q(body__in=ask.bodies) | Q(document__plant__in=ask.plants))
    count = own.aggregate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=scope.on))) if own is not None else {}
    return count.get("n", 0), count.get("late", 0), asked.count() if scope.has(ASK) else 0
