"""The cells of one run as plain values: state, points, from which month, and what they said in the run before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models.fields.json import KT

from ronglu.boards.sheet.changes import COMPARED, Change, between, converted, score_of, scores, totals_between
from ronglu.kernel.measure.rounding import from_scaled, scaled_or_none
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing, Result, Run, Total
from ronglu.work.queries import agreed


@dataclass(frozen=True, slots=True)
class Cell:
    """`change` is None where the run before said the same, or there was none."""

    body: int
    item: str
    state: State
    full: Decimal
    won: Decimal | None
    of: Period | None
    covered: int | None
    expected: int | None
    change: Change | None = None

    @property
    def stands(self) -> bool:
        return self.state.available

    @property
    def lost(self) -> Decimal:
        return max(self.full - self.won, Decimal(0)) if self.won is not None else Decimal(0)

    @property
    def text(self) -> str:
        return self.state.label if self.won is None else f"{self.won:.2f}"


@dataclass(frozen=True, slots=True)
class TotalCell:
    """One scale of one branch; `grade` is the grade's code, empty while 暂不评级."""

    body: int
    scale: str
    applicable: Decimal
    available: Decimal
    won: Decimal
    converted: Decimal | None
    grade: str
    vetoed: bool
    change: Change | None = None


def cells(run: Run, before: Run | None, bodies: Iterable[int]) -> dict[tuple[int, str], Cell]:
    """Two queries, one without a run before."""
    mine = list(bodies)
    fields = ("body_id", *COMPARED, "covered", "expected", KT("basis__from"))
    rows = list(Result.objects.filter(run=run, body__in=mine).values_list(*fields))
    now = {row[:2]: score_of(*row[1:6]) for row in rows}
    moved = {(c.body, c.item): c for c in between(scores(before, mine), now)} if before else {}
    return {
        (body, item): Cell(
            body=body, item=item, state=State(state), full=from_scaled(points, 2),
            won=scaled_or_none(won, 2), of=Period.parse(of) if of else None,
            covered=covered, expected=expected, change=moved.get((body, item)),
        )
        for body, item, state, points, won, _share, covered, expected, of in rows
    }  # fmt: skip


def totals(run: Run, before: Run | None, bodies: Iterable[int]) -> dict[tuple[int, str], TotalCell]:
    """Two queries, one without a run before."""
    mine = list(bodies)
    fields = ("body_id", "scale", "converted", "applicable", "available", "won", "grade", "vetoed")
    rows = list(Total.objects.filter(run=run, body__in=mine).values_list(*fields))
    moved = totals_between(converted(before, mine), {row[:2]: row[2] for row in rows}) if before else ()
    changed = {(c.body, c.item): c for c in moved}
    return {
        (body, scale): TotalCell(
            body=body, scale=scale, applicable=from_scaled(applicable, 2), available=from_scaled(available, 2),
            won=from_scaled(won, 2), converted=scaled_or_none(folded, 2), grade=grade,
            vetoed=vetoed, change=changed.get((body, scale)),
        )
        for body, scale, folded, applicable, available, won, grade, vetoed in rows
    }  # fmt: skip


def adjusted(closing: Closing, found: Mapping[tuple[int, str], Cell]) -> dict[tuple[int, str], Cell]:
    """The cells as approved adjustments leave them, each with what it was at the close; one query."""
    now = dict(found)
    for spot, one in agreed.of_run(closing.run_id).items():
        if spot in now:
            now[spot] = replace(now[spot], state=State(one.state), won=scaled_or_none(one.won, 2))
    return {spot: _since(found[spot], cell) for spot, cell in now.items()}


def adjusted_totals(
    closing: Closing, found: Mapping[tuple[int, str], TotalCell]
) -> dict[tuple[int, str], TotalCell]:  # fmt: skip
    now = dict(found)
    for spot, one in agreed.totals_of_run(closing.run_id).items():
        if spot in now:
            now[spot] = replace(
                now[spot], applicable=from_scaled(one.applicable, 2), available=from_scaled(one.available, 2),
                won=from_scaled(one.won, 2), converted=scaled_or_none(one.converted, 2),
                grade=one.grade, vetoed=one.vetoed,
            )  # fmt: skip
    return {spot: _since_total(found[spot], cell) for spot, cell in now.items()}


def _since(old: Cell, now: Cell) -> Cell:
    if old.text == now.text:
        return replace(now, change=None)
    moved = "—" if old.won is None or now.won is None else f"{now.won - old.won:+.2f}"
    return replace(now, change=Change(now.body, now.item, old.text, now.text, moved))


def _since_total(old: TotalCell, now: TotalCell) -> TotalCell:
    if old.converted == now.converted:
        return replace(now, change=None)
    before, after = ("—" if one.converted is None else f"{one.converted:.2f}" for one in (old, now))
    moved = "—" if old.converted is None or now.converted is None else f"{now.converted - old.converted:+.2f}"
    return replace(now, change=Change(now.body, now.scale, before, after, moved))
