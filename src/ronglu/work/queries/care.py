"""双向帮扶, talks and contacts as read: notes for the two alone, life pairs as a number, talks only counted."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.regulation.facts import TALKS
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import AidNote, AidPair, AidState, Body, ServeRecord, TalkRecord
from ronglu.work import wording
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

AID, TALK, SERVE = "aid.see", "talks.see", "serving.see"
RUNNING = (AidState.PROPOSED, AidState.STANDING)


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader sees of pairs that are not his own: those that help in work by name, those in life as a number; and of
    all that stand, in how many both directions had something this quarter. Who was asked and has not said yes is shown to
    nobody but who asked him.
    """

    work: tuple[AidPair, ...]
    life: int
    standing: int
    both_ways: int


@dataclass(frozen=True, slots=True)
class Talks:
    """One body's quarter: how many talks between which kinds of people, to how many under which headings."""

    body: Body
    name: str
    pairs: dict[str, int]
    headings: dict[str, int]
    faced: int
    people: int

    @property
    def hearts(self) -> int:
        return sum(self.pairs.values())


def mine(scope: Scope) -> list[AidPair]:
    if scope.person_id is None:
        return []
    rows = AidPair.objects.filter(Q(one=scope.person_id) | Q(other=scope.person_id), state__in=RUNNING)
    return list(rows.select_related("plant", "one", "other").order_by("pk"))


def own_pair(*, scope: Scope, pk: int) -> AidPair | None:
    """A pair is there for the two alone."""
    rows = AidPair.objects.filter(Q(one=scope.person_id) | Q(other=scope.person_id), pk=pk)
    return rows.select_related("plant", "one", "other").first() if scope.person_id is not None else None


def notes(pair: AidPair) -> QuerySet[AidNote]:
    """To be called for a pair that `own_pair` gave."""
    return AidNote.objects.filter(pair=pair).select_related("giver", "by__person")


def tended(*, scope: Scope, places: Places) -> Aids | None:
    """For who looks after people, not for himself alone; None for everybody else."""
    reach = scope.reach(AID)
    if not (reach.bodies or reach.units or reach.plants):
        return None
    people = scope.people(AID).exclude(pk=scope.person_id).values("pk")
    known = Q(state=AidState.STANDING) | Q(state=AidState.PROPOSED, proposed_by=scope.account_id)
    rows = AidPair.objects.filter(Q(one__in=people) | Q(other__in=people), known, plant=places.plant)
    found = list(rows.select_related("one", "other").order_by("pk"))
    standing = [one for one in found if one.state == AidState.STANDING]
    first = Period.day(places.on).up(Grain.QUARTER).first
    gave = AidNote.objects.filter(pair__in=standing, day__gte=first, day__lte=places.on).values_list(
        "pair_id", "giver_id"
    )
    ways = Counter(pair for pair, _giver in set(gave))
    return Aids(
        tuple(one for one in found if one.axis == "work"), sum(one.axis == "life" for one in found), len(standing),
        sum(n == 2 for n in ways.values()),
    )  # fmt: skip


def waiting(scope: Scope) -> int:
    """Pairs that ask for this reader's yes."""
    me = scope.person_id
    asked = AidPair.objects.filter(state=AidState.PROPOSED)
    return (
        asked.filter(Q(one=me, one_agreed_at=None) | Q(other=me, other_agreed_at=None)).count() if me is not None else 0
    )


def talks(*, scope: Scope, places: Places, quarter: Period) -> list[Talks]:
    """Bodies within reach that had a talk in the quarter; two queries."""
    rows = TalkRecord.objects.filter(
        body__in=scope.bodies(TALK), body__plant=places.plant, held_on__range=(quarter.first, quarter.last)
    )
    by_body: dict[Body, list[TalkRecord]] = {}
    for row in rows.select_related("body").order_by("body__position", "body__code"):
        by_body.setdefault(row.body, []).append(row)
    return [_talks(body, mine, places) for body, mine in by_body.items()]


def own_talk(*, scope: Scope, pk: int) -> TalkRecord | None:
    return TalkRecord.objects.filter(pk=pk, by=scope.account_id).select_related("body__plant").first()


def entered_today(scope: Scope, on: dt.date) -> list[TalkRecord]:
    """What this reader entered today and may still take back."""
    rows = TalkRecord.objects.filter(by=scope.account_id, at__date=on)
    return list(rows.select_related("body"))


def served(*, scope: Scope, places: Places, month: Period) -> list[ServeRecord]:
    """One's own, and those at the places one sees."""
    reach = scope.reach(SERVE)
    near = Q(person=scope.person_id) | Q(body__in=reach.bodies) | Q(unit__in=reach.units) | Q(plant__in=reach.plants)
    rows = ServeRecord.objects.filter(near, plant=places.plant, held_on__range=(month.first, month.last))
    return list(rows.select_related("person", "body", "unit", "case"))


def _talks(body: Body, mine: list[TalkRecord], places: Places) -> Talks:
    faced = [one for one in mine if one.kind == "face"]
    codes = [code for one in faced for code in one.headings]
    names = wording.listed(places.plant, "headings")
    return Talks(
        body, places.body_name(body.pk),
        {code: sum(one.pair == code for one in mine) for code in TALKS},
        {one.code: codes.count(one.code) for one in names},
        len(faced), sum(one.people or 0 for one in faced),
    )  # fmt: skip
