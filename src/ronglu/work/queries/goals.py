"""The goal tree as pages read it: who may see which duty, where the figures of the plan stand, what was not broken down."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ronglu.kernel.annual.goal import MEMBER, GoalGaps, GoalNode, gaps
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.kernel.measure.rounding import round_to
from ronglu.store.models import AgendaRow, Gathering, Goal, GoalState, IndicatorRow, Plan, Plant
from ronglu.work.goals import OPEN_TO_TALK
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE, SET = "goals.see", "goals.set"
SHOWN = 40
"""Meetings offered to choose from."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A goal's row of the indicator plan: the year's plan, what should be there by now and what is; text of nobody."""

    indicator: Indicator
    whole: Decimal | None
    due: Decimal | None
    actual: Decimal | None
    covered: int
    expected: int

    @property
    def state(self) -> str:
        """missing, good, behind, or nothing where a plan by now or a direction is wanting."""
        if self.actual is None:
            return "missing"
        if self.due is None or self.indicator.direction not in (Direction.UP, Direction.DOWN):
            return "nothing"
        better = self.actual <= self.due if self.indicator.direction is Direction.DOWN else self.actual >= self.due
        return "good" if better else "behind"


@dataclass(slots=True)
class GoalRow:
    """One goal with what stands below it, as far as the reader may see it."""

    goal: Goal
    level: str
    body: str
    figure: Figure | None
    parts: "list[GoalRow]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GoalTree:
    roots: list[GoalRow]
    rows: Mapping[int, GoalRow]
    gaps: GoalGaps
    counts: Mapping[str, int]


def tree(
    *, places: Places, year: int, scope: Scope, known: Mapping[str, Indicator], theme: int | None = None, grip: str = ""
) -> GoalTree:
    """Five queries at most. A filter keeps what matches and the goals above it, so that the way up stays in sight.

    Gaps are those of the whole tree: a part that the reader does not see weighs what it weighs.
    """
    every = _all(places.plant, year)
    goals = [one for one in every if _may_see(one, scope)]
    told = figures(goals, known=known)
    levels = {one.pk: level_of(one, places) for one in every}
    kept = {one.pk for one in goals if (not theme or one.theme_id == theme) and (not grip or one.grip == grip)}
    parents = {one.pk: one.parent_id for one in goals}
    for key in list(kept):
        while (above := parents.get(key)) is not None:
            kept.add(above)
            key = above
    rows = {
        one.pk: GoalRow(one, levels[one.pk], places.body_name(one.body_id), told.get(one.pk))
        for one in goals
        if one.pk in kept
    }
    roots = []
    for row in rows.values():
        above = rows.get(row.goal.parent_id or 0)
        (above.parts if above else roots).append(row)
    nodes = (
        GoalNode(key=one.pk, code=one.code, level=levels[one.pk], parent=one.parent_id, weight=one.weight, over=one.state == "dropped")
        for one in every
    )  # fmt: skip
    counts = {state.value: sum(one.goal.state == state for one in rows.values()) for state in GoalState}
    return GoalTree(roots, rows, gaps(nodes), counts)


def visible(*, plant: Plant, year: int, scope: Scope) -> list[Goal]:
    """Goals of bodies are everybody's to see; a member's duty is his own and of those who look after members there."""
    return [one for one in _all(plant, year) if _may_see(one, scope)]


def _all(plant: Plant, year: int) -> list[Goal]:
    rows = Goal.objects.filter(plant=plant, year=year).select_related("theme", "person", "unit")
    return sorted(rows, key=lambda one: order(one.code))


def goal_of(*, scope: Scope, pk: int) -> Goal | None:
    rows = Goal.objects.select_related(
        "plant", "body", "person", "theme", "unit", "parent", "told_by__person", "judged_by__person", "set_by__person"
    )
    found = rows.filter(pk=pk, plant__in=scope.plants(SEE)).first()
    return found if found is not None and _may_see(found, scope) else None


def parents(*, plant: Plant, year: int) -> list[Goal]:
    """What another goal may hang under: of bodies, not taken off."""
    rows = Goal.objects.filter(plant=plant, year=year, person=None).exclude(state=GoalState.DROPPED)
    return sorted(rows, key=lambda one: order(one.code))


def figures(goals: Iterable[Goal], *, known: Mapping[str, Indicator]) -> dict[int, Figure]:
    """By goal, from stored rows; two queries however many goals."""
    listed = [one for one in goals if one.unit_id is not None and one.indicator in known]
    if not listed:
        return {}
    units, codes = {one.unit_id for one in listed}, {one.indicator for one in listed}
    years = {str(one.year) for one in listed}
    stored = {
        (row.unit_id, row.indicator, row.period): row
        for row in IndicatorRow.objects.filter(
            unit__in=units, grain="year", indicator__in=codes, period__in=years, letter=""
        )
    }
    plans = Plan.objects.filter(unit__in=units, indicator__in=codes, period__in=years)
    wholes = {(one.unit_id, one.indicator, one.period): one.value for one in plans}
    return {one.pk: _figure(one, known[one.indicator], stored, wholes) for one in listed}


def _figure(
    goal: Goal, indicator: Indicator, stored: Mapping[tuple[int, str, str], IndicatorRow],
    wholes: Mapping[tuple[int, str, str], str],
) -> Figure:  # fmt: skip
    key = (goal.unit_id or 0, goal.indicator, str(goal.year))
    row = stored.get(key)

    def number(text: str | None) -> Decimal | None:
        return round_to(Decimal(text), indicator.decimals) if text else None

    return Figure(
        indicator, number(wholes.get(key)), number(row.plan) if row else None, number(row.value) if row else None,
        row.covered if row else 0, row.expected if row else 0,
    )  # fmt: skip


def told_in(goal: Goal) -> list[AgendaRow]:
    """The meetings and lectures of its year in which its row of the plan was spoken of."""
    if not goal.indicator:
        return []
    first, last = dt.datetime(goal.year, 1, 1), dt.datetime(goal.year + 1, 1, 1)
    rows = AgendaRow.objects.filter(
        source="indicator", unit=goal.unit_id, indicator=goal.indicator, gathering__starts_at__gte=first, gathering__starts_at__lt=last
    )  # fmt: skip
    return list(rows.select_related("gathering").order_by("-gathering__starts_at", "pk")[:SHOWN])


def ahead(*, goal: Goal, scope: Scope) -> list[Gathering]:
    """Meetings still to be held by bodies the reader sets goals for: a goal may be laid before them."""
    rows = Gathering.objects.filter(plant=goal.plant, state__in=OPEN_TO_TALK, body__in=scope.bodies(SET))
    return list(rows.order_by("starts_at", "pk")[:SHOWN])


def level_of(goal: Goal, places: Places) -> str:
    """Of a body that is no more: what it was last."""
    if goal.person_id is not None:
        return MEMBER
    view = places.party.at(places.on)
    if goal.body_id in view:
        return view.nodes[goal.body_id].kind
    history = places.party.history(goal.body_id)
    return history[-1].kind if history else "branch"


def order(code: str) -> tuple[tuple[int, str], ...]:
    """1.10 after 1.9; what is no number sorts as a word behind the numbers."""
    return tuple((int(part), "") if part.isdecimal() else (10**6, part) for part in code.split("."))


def _may_see(goal: Goal, scope: Scope) -> bool:
    if goal.person_id is None or goal.person_id == scope.person_id:
        return True
    return any(covers(scope.reach(verb), body=goal.body_id, plant=goal.plant_id) for verb in ("membership.see", SET))
