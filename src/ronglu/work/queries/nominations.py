"""Who of a branch may be put forward as 优秀 in a year, and how many: for its committee alone, in the order of names."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.measure.rounding import scaled_or_none
from ronglu.kernel.standing.quota import places
from ronglu.store.models import Account, Body, Person, Plant, QuotaList
from ronglu.work import committees, polls, quotas


@dataclass(frozen=True, slots=True)
class Candidate:
    """A full member; `put`, `score` and `reason` as the standing list has them. `mine`: the reader himself, whom others name."""

    person: Person
    mine: bool
    put: bool
    score: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """`rated` full members × `quota`, cut to whole persons, are `places`. `probationary` take part and get no grade.

    `stake`: the reader is on the standing list; another of the committee goes on with it.
    """

    body: Body
    year: int
    candidates: tuple[Candidate, ...]
    probationary: tuple[Person, ...]
    rated: int
    quota: Fraction
    places: int
    row: QuotaList | None
    stake: bool

    @property
    def open(self) -> bool:
        return (self.row is None or self.row.state == quotas.OPEN) and not self.stake


def branches(account: Account, *, plant: Plant, on: dt.date) -> list[Body]:
    """On whose committee he sits, himself or for somebody."""
    return list(
        Body.objects.filter(pk__in=committees.branches_of(account, on=on), plant=plant).order_by("position", "code")
    )


def of_branch(body: Body, *, year: int, quota: Fraction, by: Account, on: dt.date) -> Nomination:
    """The same queries for one member as for thirty."""
    row = list_of(body, year=year)
    standing = {one["key"]: one for one in row.nominees} if row else {}
    full = polls.members(body, on, full=True)
    known = {one.pk for one in full}
    others = [one for one in polls.members(body, on, full=False) if one.pk not in known]
    found = [_candidate(one, standing.get(one.staff_no), by) for one in sorted(full, key=_name)]
    return Nomination(
        body=body, year=year, candidates=tuple(found), probationary=tuple(sorted(others, key=_name)), rated=len(full),
        quota=quota, places=places(rated=len(full), quota=quota) or 0, row=row,
        stake=any(one.mine and one.put for one in found),
    )  # fmt: skip


def list_of(body: Body, *, year: int) -> QuotaList | None:
    rows = QuotaList.objects.filter(plant=body.plant_id, year=year, subject=quotas.members_key(body))
    return rows.select_related("plant", "decided_by__person", "confirmed_by__person").first()


def _candidate(person: Person, put: dict[str, object] | None, by: Account) -> Candidate:
    score = scaled_or_none(put["score"], 2) if put else None  # type: ignore[arg-type]
    return Candidate(
        person, person.pk == by.person_id, put is not None, score, str(put.get("reason", "")) if put else ""
    )


def _name(person: Person) -> tuple[str, str]:
    return person.pinyin or person.name, person.staff_no
