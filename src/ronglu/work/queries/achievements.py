"""The ledger of outcomes as listed and counted: by kind and body over a period, never by person."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from ronglu.store.models import Achievement, Plant, Team
from ronglu.work.achievements import AWARD, KINDS
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE = "achievements.see"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Both days included."""

    first: dt.date
    last: dt.date
    kind: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    achievement: Achievement
    body: str
    unit: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Verified ones only. `rows`: a body with its counts in the order of `kinds`; `total` below them."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    total: tuple[int, ...]


def listed(*, plant: Plant, asked: Asked) -> QuerySet[Achievement]:
    rows = Achievement.objects.filter(plant=plant, day__gte=asked.first, day__lte=asked.last)
    wanted = {name: value for name, value in (("kind", asked.kind), ("state", asked.state)) if value}
    return rows.filter(**wanted).select_related("case").order_by("-day", "-pk")


def shown(rows: Sequence[Achievement], *, places: Places) -> list[Row]:
    return [Row(row, places.body_name(row.body_id), places.unit_name(row.unit_id)) for row in rows]


def counts(*, places: Places, first: dt.date, last: dt.date) -> Counts:
    """One query. What nobody has verified yet is no outcome and is not counted."""
    rows = Achievement.objects.filter(plant=places.plant, day__gte=first, day__lte=last, state="verified")
    found = {(body, kind): n for body, kind, n in rows.order_by().values_list("body", "kind").annotate(n=Count("pk"))}
    codes = [code for code, _name in KINDS]
    bodies = sorted({body for body, _kind in found}, key=lambda body: (places.body_name(body), body))
    lines = tuple((places.body_name(body), tuple(found.get((body, code), 0) for code in codes)) for body in bodies)
    total = tuple(sum(found.get((body, code), 0) for body in bodies) for code in codes)
    return Counts(tuple(name for _code, name in KINDS), lines, total)


@dataclass(frozen=True, slots=True)
class Awards:
    """Verified awards: `rows` a year with its counts in the order of the levels, the newest first; `total` below them."""

    rows: tuple[tuple[int, tuple[int, ...]], ...]
    total: tuple[int, ...]


def awards(*, plant: Plant, levels: Sequence[str]) -> Awards:
    """By year and level. One query; a level that is declared no more is counted in no column."""
    rows = Achievement.objects.filter(plant=plant, kind=AWARD, state="verified")
    found = Counter((day.year, level) for day, level in rows.values_list("day", "level"))
    years = sorted({year for year, _level in found}, reverse=True)
    lines = tuple((year, tuple(found[year, level] for level in levels)) for year in years)
    return Awards(lines, tuple(sum(counts) for counts in zip(*(counts for _year, counts in lines), strict=True)))


def awarded(*, plant: Plant, year: int | None, level: str, state: str) -> QuerySet[Achievement]:
    """The newest first."""
    rows = Achievement.objects.filter(plant=plant, kind=AWARD)
    if year is not None:
        rows = rows.filter(day__gte=dt.date(year, 1, 1), day__lte=dt.date(year, 12, 31))
    wanted = {name: value for name, value in (("level", level), ("state", state)) if value}
    return rows.filter(**wanted).select_related("team", "case").order_by("-day", "-pk")


def teams(*, plant: Plant, on: dt.date) -> list[tuple[int, str]]:
    """Those that stand on the day, to choose from."""
    return list(Team.objects.on(on).filter(plant=plant).order_by("kind", "code").values_list("pk", "name"))


def team(*, plant: Plant, pk: int) -> Team | None:
    return Team.objects.filter(plant=plant, pk=pk).first()


def achievement_of(*, scope: Scope, pk: int) -> Achievement | None:
    rows = Achievement.objects.filter(plant__in=scope.plants(SEE), pk=pk)
    return rows.select_related(
        "plant", "body__plant", "case", "recorded_by__person", "verified_by__person", "team"
    ).first()
