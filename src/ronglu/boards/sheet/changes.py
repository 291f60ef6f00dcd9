"""What one computation of a month moved against another: cell by cell, total by total."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.rules.outcome import Outcome
from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.state import State
from ronglu.kernel.rules.trace import difference
from ronglu.store.models import Result, Run, Total

COMPARED = ("item", "state", "points", "won", "share")


@dataclass(frozen=True, slots=True)
class Change:
    """`item` is an item's code, or a scale's code where a total moved; texts are what the cells say."""

    body: int
    item: str
    before: str
    after: str
    moved: str


Spot = tuple[int, str]
Scores = Mapping[Spot, Score]
Totals = Mapping[Spot, int | None]


def between(before: Scores, after: Scores) -> tuple[Change, ...]:
    """Cells that a reader would see changed, in the order of `after`; a cell that was not there before counts as new."""
    found = []
    for spot, one in after.items():
        if (old := before.get(spot)) is None:
            found.append(Change(*spot, "—", one.text, "—"))
        elif told := difference(old, one):
            found.append(Change(*spot, told.before, told.after, told.moved))
    return tuple(found)


def totals_between(before: Totals, after: Totals) -> tuple[Change, ...]:
    """Totals by (body, scale) → converted points in hundredths."""
    moved = [(spot, before.get(spot), now) for spot, now in after.items() if before.get(spot) != now]
    return tuple(Change(*spot, points(was), points(now), _moved(was, now)) for spot, was, now in moved)


def score_of(item: str, state: str, points: int, won: int | None, share: int | None) -> Score:
    """A stored result as the kernel's score: what two runs are compared by."""
    return Score(item=item, full_h=points, state=State(state), won_h=won, share_ppb=share)


def scores(run: Run | None, bodies: Iterable[int] | None = None) -> Scores:
    """Every cell of a run, or of some bodies of it, without its basis; one query."""
    rows = Result.objects.filter(run=run) if run else Result.objects.none()
    rows = rows if bodies is None else rows.filter(body__in=bodies)
    return {row[:2]: score_of(*row[1:]) for row in rows.values_list("body_id", *COMPARED)}


def converted(run: Run | None, bodies: Iterable[int] | None = None) -> Totals:
    rows = Total.objects.filter(run=run) if run else Total.objects.none()
    rows = rows if bodies is None else rows.filter(body__in=bodies)
    return {(body, scale): points for body, scale, points in rows.values_list("body_id", "scale", "converted")}


def points(hundredths: int | None) -> str:
    return "—" if hundredths is None else f"{from_scaled(hundredths, 2):.2f}"


def _moved(was: int | None, now: int | None) -> str:
    return "—" if was is None or now is None else f"{from_scaled(now - was, 2):+.2f}"


def preview(*, run: Run | None, outcome: Outcome) -> dict[str, Any]:
    """What keeping an outcome would change against the run that stands; plain data, kept beside the job."""
    computed = {(r.body, r.item): score_of(r.item, r.state, r.points, r.won, r.share) for r in outcome.results}
    moved = between(scores(run), computed)
    moved_totals = totals_between(converted(run), {(t.body, t.scale): t.converted for t in outcome.totals})
    return {
        "against": run.number if run else None,
        "cells": _plain(moved),
        "totals": _plain(moved_totals),
        "results": len(outcome.results),
    }


def _plain(changes: Iterable[Change]) -> list[list[Any]]:
    return [[c.body, c.item, c.before, c.after, c.moved] for c in changes]
