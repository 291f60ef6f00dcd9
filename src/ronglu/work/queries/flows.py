"""Edges between units with what the receiving side said month by month, and the quality feedback that went back along them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.kernel.loops.promise import Passage, stays
from ronglu.kernel.org.tree import Tree, View
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Case, CaseStep, Engagement, Flow, FlowWord, Plant, Satisfaction
from ronglu.work.flows import POOR
from ronglu.work.queries.places import Places
from ronglu.work.scope import Reach

SEE = "boards.see"


@dataclass(frozen=True, slots=True)
class Tally:
    """Months by what was said. Tallies add up; a ratio is taken of the sum, never a mean of ratios."""

    satisfied: int = 0
    fair: int = 0
    unsatisfied: int = 0
    missing: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.satisfied + other.satisfied,
            self.fair + other.fair,
            self.unsatisfied + other.unsatisfied,
            self.missing + other.missing,
        )

    @property
    def num(self) -> int:
        return self.satisfied

    @property
    def den(self) -> int:
        """Words given: a month that nobody judged is not a bad one."""
        return self.satisfied + self.fair + self.unsatisfied

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.num, self.den) if self.den else None


@dataclass(frozen=True, slots=True)
class Month:
    """What was said of one month, the word that holds first and those before it after; `over`: the month has gone by."""

    period: Period
    words: tuple[FlowWord, ...]
    over: bool

    @property
    def word(self) -> FlowWord | None:
        return self.words[0] if self.words else None

    @property
    def low(self) -> dict[str, int]:
        """Aspects that the word which holds marks poor."""
        return {code: mark for code, mark in self.word.marks.items() if mark <= POOR} if self.word else {}

    @property
    def state(self) -> str:
        """A word, missing, or still running."""
        return self.words[0].word if self.words else "missing" if self.over else "running"


@dataclass(frozen=True, slots=True)
class Answers:
    """Feedback raised by the receiving side about the delivering one: cases, answers fallen due, those in time."""

    cases: frozenset[int] = frozenset()
    due: int = 0
    met: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    flow: Flow
    source: str
    target: str
    months: tuple[Month, ...]
    answers: Answers = field(default_factory=Answers)

    @property
    def tally(self) -> Tally:
        counts = Counter(month.state for month in self.months)
        return Tally(**{state: counts[state] for state in (*Satisfaction.values, "missing")})

    def marks(self, aspect: str) -> tuple[int | None, ...]:
        """Month by month; None where nobody said anything, or not of this aspect."""
        return tuple(month.word.marks.get(aspect) if month.word else None for month in self.months)

    def in_month(self, period: Period) -> Month | None:
        return next((month for month in self.months if month.period == period), None)


def span_of(on: dt.date, months: int) -> tuple[Period, ...]:
    """The last months up to the one of a day, in order."""
    last = Period.day(on).up(Grain.MONTH)
    return tuple(last - n for n in range(months - 1, -1, -1))


def edges(
    *,
    plant: Plant,
    reach: Reach,
    months: tuple[Period, ...],
    on: dt.date,
    places: Places,
    feedback: Loop | None,
    only: Flow | None = None,
) -> list[Edge]:
    """Edges that held in the months and touch what the reader sees (or one of them, whenever it held); six queries, however
    many there are."""
    view = places.production.at(on)
    held = Flow.objects.filter(plant=plant).within(months[0].first, months[-1].last)  # type: ignore[attr-defined]
    held = Flow.objects.filter(pk=only.pk) if only else held
    flows = [flow for flow in held.select_related("source", "target") if visible(flow, reach, view)]
    words = _words(flows, months)
    answers = _answers(flows, months, on, places.production, feedback) if feedback else {}
    return [
        Edge(
            flow, places.unit_name(flow.source_id), places.unit_name(flow.target_id), _months(flow, months, words, on),
            answers.get(flow.pk, Answers()),
        )
        for flow in flows
    ]  # fmt: skip


def one(*, pk: int, reach: Reach, on: dt.date) -> Flow | None:
    """An edge the reader may see."""
    flow = Flow.objects.filter(pk=pk).select_related("plant", "source", "target").first()
    if flow is None:
        return None
    return flow if visible(flow, reach, Places(flow.plant, on).production.at(on)) else None


def standing(*, flow: Flow, month: Period) -> FlowWord | None:
    """The word that holds."""
    return FlowWord.objects.filter(flow=flow, month=month.yyyymm).order_by("no").last()


def visible(flow: Flow, reach: Reach, view: View) -> bool:
    """Either side, or something inside it, is the reader's."""
    if reach.everywhere or flow.plant_id in reach.plants:
        return True
    ends = {flow.source_id, flow.target_id} | view.subtree(flow.source_id) | view.subtree(flow.target_id)
    return bool(ends & reach.units)


def total(found: Iterable[Edge]) -> Tally:
    return sum((edge.tally for edge in found), Tally())


def _words(flows: list[Flow], months: tuple[Period, ...]) -> Mapping[tuple[int, int], tuple[FlowWord, ...]]:
    found: dict[tuple[int, int], tuple[FlowWord, ...]] = {}
    rows = FlowWord.objects.filter(flow__in=flows, month__in=[month.yyyymm for month in months])
    for row in rows.select_related("person").order_by("no"):
        found[row.flow_id, row.month] = (row, *found.get((row.flow_id, row.month), ()))
    return found


def _months(
    flow: Flow,
    months: tuple[Period, ...],
    words: Mapping[tuple[int, int], tuple[FlowWord, ...]],
    on: dt.date,
) -> tuple[Month, ...]:
    """Only those in which the edge held on a day at least, and that have begun."""
    return tuple(
        Month(month, words.get((flow.pk, month.yyyymm), ()), month.last < on)
        for month in months
        if flow.from_on <= month.last and (flow.until_on is None or flow.until_on > month.first) and month.first <= on
    )


def _answers(flows: list[Flow], months: tuple[Period, ...], on: dt.date, tree: Tree, loop: Loop) -> dict[int, Answers]:
    """A case belongs to the edge from the place it is about to the place where its raiser worked that day; whoever asked for
    secrecy is not placed.
    """
    cases = list(_cases(flows, months, on, tree, loop))
    places = _workplaces(cases)
    answered = _answered(loop, cases, on)
    found: dict[int, Answers] = {}
    views: dict[dt.date, View] = {}
    for case in cases:
        day = case.raised_at.date()
        view = views.setdefault(day, tree.at(day))
        for flow in flows:
            if not _along(case, flow, view, places):
                continue
            before, (met, due) = found.get(flow.pk, Answers()), answered.get(case.pk, (0, 0))
            found[flow.pk] = Answers(before.cases | {case.pk}, before.due + due, before.met + met)
    return found


def _along(case: Case, flow: Flow, view: View, places: Mapping[int, list[Engagement]]) -> bool:
    works = (row.unit_id for row in places.get(case.raised_by_id or 0, ()) if row.holds(view.on))
    return (
        flow.holds(view.on)
        and case.unit_id in view.subtree(flow.source_id)
        and any(unit in view.subtree(flow.target_id) for unit in works)
    )


def _cases(flows: list[Flow], months: tuple[Period, ...], on: dt.date, tree: Tree, loop: Loop) -> Iterable[Case]:
    view = tree.at(on)
    units = {unit for flow in flows for unit in view.subtree(flow.source_id)}
    begin = dt.datetime.combine(months[0].first, dt.time.min)
    end = dt.datetime.combine(min(months[-1].last, on), dt.time.max)
    dropped = [state.code for state in loop.states if state.phase is Phase.DROPPED]
    rows = Case.objects.filter(
        plant__in={flow.plant_id for flow in flows}, loop=loop.code, unit__in=units, secrecy="open",
        raised_by__isnull=False, raised_at__range=(begin, end),
    )  # fmt: skip
    return rows.exclude(state__in=dropped).order_by("pk")


def _workplaces(cases: list[Case]) -> dict[int, list[Engagement]]:
    found: dict[int, list[Engagement]] = {}
    for row in Engagement.objects.filter(person__in={case.raised_by_id for case in cases}):
        found.setdefault(row.person_id, []).append(row)
    return found


def _answered(loop: Loop, cases: list[Case], on: dt.date) -> dict[int, tuple[int, int]]:
    """Of each case: answers in time, and answers that were due by `on`."""
    clock = next(clock for clock in loop.clocks if clock.code == "answered")
    passages: dict[int, list[Passage]] = {}
    for step in CaseStep.objects.filter(case__in=[case.pk for case in cases]).order_by("case", "no"):
        passages.setdefault(step.case_id, []).append(Passage(step.after, step.at, step.due_at, step.data))
    made = {pk: [p for p in stays(loop, clock, steps) if p.met or p.due_on < on] for pk, steps in passages.items()}
    return {pk: (sum(p.met for p in found), len(found)) for pk, found in made.items()}
