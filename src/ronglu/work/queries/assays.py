"""Assay sheets as listed, and the lots of a month counted by line and grade: counts are added, a share is taken of the sum."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.grading import GradeBook
from ronglu.store.models import AssaySheet, AssayState, Case, Plant
from ronglu.work.assays import SEE
from ronglu.work.queries.cases import visible
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

OFF, UNKNOWN = "off", "unknown"
ABOUT = ("feedback", "complaint")
"""Loops whose cases name the lot they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Half-open instants; `found` is a grade, or what came out instead of one."""

    first: dt.datetime
    last: dt.datetime
    unit: int | None = None
    state: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Confirmed lots by what came out; `weights` in tonnes, `unweighed` lots that brought none."""

    lots: Mapping[str, int] = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    unweighed: int = 0
    waiting: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        weights = dict(self.weights)
        for code, weight in other.weights.items():
            weights[code] = weights.get(code, Decimal(0)) + weight
        lots = Counter(self.lots) + Counter(other.lots)
        return Tally(lots, weights, self.unweighed + other.unweighed, self.waiting + other.waiting)

    @property
    def rated(self) -> int:
        """Lots of which something is known: one that could not be graded is neither good nor bad."""
        return sum(n for code, n in self.lots.items() if code != UNKNOWN)

    def share(self, code: str) -> Fraction | None:
        return Fraction(self.lots.get(code, 0), self.rated) if self.rated else None

    def weight(self, code: str) -> Decimal | None:
        """None where a lot was not weighed: a part of the tonnes is not the tonnes."""
        return None if self.unweighed or not self.lots else self.weights.get(code, Decimal(0))


def listed(*, scope: Scope, plant: Plant, asked: Asked) -> QuerySet[AssaySheet]:
    """Newest first. Versions that were replaced stand on the page of their lot, and here if one asks for them."""
    rows = AssaySheet.objects.filter(plant=plant, sampled_at__gte=asked.first, sampled_at__lt=asked.last)
    rows = rows.filter(unit__in=scope.units(SEE))
    rows = rows.filter(state=asked.state) if asked.state else rows.exclude(state=AssayState.SUPERSEDED)
    rows = rows.filter(unit=asked.unit) if asked.unit else rows
    if asked.found:
        rows = rows.filter(outcome=asked.found) if asked.found in (OFF, UNKNOWN) else rows.filter(grade=asked.found)
    return rows.order_by("-sampled_at", "-pk")


def months(
    *, scope: Scope, places: Places, standard: str, first: dt.datetime, last: dt.datetime
) -> list[tuple[str, Tally]]:
    """Each line that had a lot, in the order of the tree, with its lots of the span; one query."""
    rows = AssaySheet.objects.filter(
        plant=places.plant, standard=standard, sampled_at__gte=first, sampled_at__lt=last, unit__in=scope.units(SEE),
        state__in=(AssayState.ENTERED, AssayState.CONFIRMED),
    )  # fmt: skip
    found: dict[int, Tally] = {}
    for unit, state, outcome, grade, weight in rows.values_list("unit", "state", "outcome", "grade", "weight"):
        found[unit] = found.get(unit, Tally()) + _one(state, grade or outcome, weight)
    drawn = [unit for unit, _name in places.units() if unit in found]
    gone = [unit for unit in found if unit not in drawn]
    return [(places.unit_name(unit), found[unit]) for unit in (*drawn, *gone)]


def total(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def one(*, scope: Scope, pk: int) -> AssaySheet | None:
    rows = AssaySheet.objects.filter(pk=pk, unit__in=scope.units(SEE))
    return rows.select_related("plant", "unit__plant", "entered_by__person", "confirmed_by__person", "batch").first()


def versions(sheet: AssaySheet) -> Sequence[AssaySheet]:
    """All of the lot, the newest first."""
    rows = AssaySheet.objects.filter(unit=sheet.unit_id, lot=sheet.lot, standard=sheet.standard)
    return list(rows.select_related("entered_by__person").order_by("-version"))


def cases(*, scope: Scope, loops: Mapping[str, Loop], sheet: AssaySheet) -> list[Case]:
    """Feedback and complaints about the lot that the reader may see."""
    known = {code: loops[code] for code in ABOUT if code in loops}
    rows = visible(scope, known).filter(plant=sheet.plant_id, data__lot=sheet.lot)
    return list(rows.distinct().order_by("-raised_at"))


def results(book: GradeBook, standard: str) -> list[str]:
    """What may come out for a lot, from best to worst."""
    table = book.table(standard)
    return [*(one.code for one in table.grades), OFF, UNKNOWN] if table else []


def _one(state: str, result: str, weight: str) -> Tally:
    if state == AssayState.ENTERED:
        return Tally(waiting=1)
    return Tally({result: 1}, {result: Decimal(weight)} if weight else {}, 0 if weight else 1)
