"""The register as read: numbers for who sees it, one's own papers, and names of signers for the discipline roles alone."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from ronglu.kernel.regulation.completeness import Completeness
from ronglu.store.models import Commitment, CommitmentState, Plant
from ronglu.work.commitments import completeness
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE, KEEP = "commitments.see", "commitments.keep"
FEW = 3
"""Of fewer papers a number would be as good as a name: who may not see names is not told how many of them are signed."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One body's list. `shown` is None where the number would give a signer away; `rows` are for those who keep the register."""

    body: int
    name: str
    code: str
    required: int
    shown: Completeness | None
    rows: tuple[Commitment, ...] = field(default=(), repr=False)

    @property
    def missing(self) -> list[Commitment]:
        gone = set(self.shown.missing) if self.shown else set()
        return [one for one in self.rows if one.pk in gone]

    @property
    def waiting(self) -> list[Commitment]:
        return [one for one in self.rows if one.state == CommitmentState.SIGNED]


def tallies(*, scope: Scope, places: Places, year: int) -> list[Tally]:
    """Body by body in the order of the organisation, within the reader's reach; names only where he keeps the register."""
    seen, kept = scope.reach(SEE), scope.reach(KEEP)
    rows = Commitment.objects.filter(body__plant=places.plant, year=year).exclude(state=CommitmentState.DROPPED)
    by_body: dict[int, list[Commitment]] = defaultdict(list)
    listed = rows.select_related("body", "person", "entered_by__person", "confirmed_by__person")
    for row in listed.order_by("body__position", "body__code", "kind", "person__staff_no"):
        if seen.holds(plant=places.plant.pk, unit=None, body=row.body_id):
            by_body[row.body_id].append(row)
    return [
        _tally(body, mine, places, kept.holds(plant=places.plant.pk, unit=None, body=body))
        for body, mine in by_body.items()
    ]


def whole(found: list[Tally], *, plant: Plant, year: int) -> Completeness | None:
    """Over all the bodies that are shown; None where one of them is too small to be told."""
    if not found or any(one.shown is None for one in found):
        return None
    keys = [one.body for one in found]
    return completeness(Commitment.objects.filter(body__in=keys, body__plant=plant, year=year))


def own(*, scope: Scope, plant: Plant) -> list[Commitment]:
    """One's own papers of the last two years, those still to be signed first."""
    if scope.person_id is None:
        return []
    rows = Commitment.objects.filter(person=scope.person_id, body__plant=plant, year__gte=scope.on.year - 1)
    found = rows.exclude(state=CommitmentState.DROPPED).select_related("body").order_by("-year", "kind")
    return sorted(found, key=lambda one: one.state != CommitmentState.ASKED)


def readable(*, scope: Scope, pk: int) -> Commitment | None:
    """One paper for its signer and for who keeps the register; to anybody else it does not exist."""
    row = Commitment.objects.filter(pk=pk).select_related("body__plant", "person", "entered_by").first()
    if row is None or not (row.person_id == scope.person_id or scope.may(KEEP, row.body) is None):
        return None
    return row


def to_sign(scope: Scope, *, on: dt.date) -> int:
    """How many papers wait for this reader's own signature; those of an earlier year are past."""
    if scope.person_id is None:
        return 0
    return Commitment.objects.filter(person=scope.person_id, state=CommitmentState.ASKED, year=on.year).count()


def _tally(body: int, mine: list[Commitment], places: Places, keeps: bool) -> Tally:
    found = completeness(mine)
    shown = found if keeps or found.required >= FEW else None
    if shown is not None and not keeps:
        shown = Completeness(shown.required, shown.there, ())
    return Tally(body, places.body_name(body), mine[0].body.code, found.required, shown, tuple(mine) if keeps else ())
