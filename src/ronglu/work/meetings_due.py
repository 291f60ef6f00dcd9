"""What a body and those below it still have to hold in a month: asked by the same rules that judge it, and by its own habits."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from ronglu.kernel.org.tree import Tree
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.facts import BodyFacts
from ronglu.kernel.regulation.facts import Gathering as Held
from ronglu.kernel.regulation.finding import Finding, State
from ronglu.kernel.regulation.rule import Rule, Severity, Side
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import party_tree
from ronglu.store.models import Body, Gathering, MeetingHabit, Plant, Team
from ronglu.work import guides, regulation_bodies
from ronglu.work.regulation_facts import Ground

AHEAD = dt.timedelta(days=92)
"""What is due once a half-year or a year is planned in the last quarter of it, not before. System default."""
ARRANGED = ("planned", "called", "open")
WEEK = "week"
OWN = "本组织的惯例"
ASKS = "held"
TEAM, TACKLING = "team", "shock_tech"
WEEKLY = "攻关小组会每周一次，雷打不动"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One meeting, to be held between two days of the month (both belong). `basis`: on what it rests, as a page quotes it.

    `until` is the last day of the rule's own window, which may lie after the month. `team`: whose weekly meeting it is.
    """

    body: int
    name: str
    kind: str
    basis: str
    must: bool
    first: dt.date
    last: dt.date
    until: dt.date
    team: int | None = None


@dataclass
class _Month:
    """What is found, body by body; `first`..`last` are the days that can still be planned."""

    month: Period
    first: dt.date
    found: list[Owed] = field(default_factory=list)

    @property
    def last(self) -> dt.date:
        return self.month.last

    def add(self, facts: BodyFacts, kind: str, window: tuple[dt.date, dt.date], basis: str, must: bool) -> None:
        first, last = max(window[0], self.first), min(window[1], self.last)
        if first <= last:
            self.found.append(
                Owed(
                    body=int(facts.id), name=facts.name, kind=kind, basis=basis[:200], must=must,
                    first=first, last=last, until=window[1],
                )
            )  # fmt: skip

    def of_team(self, team: Team, kind: str, window: tuple[dt.date, dt.date]) -> None:
        first, last = max(window[0], self.first, team.from_on), min(window[1], self.last, team.last_on or window[1])
        if first <= last:
            self.found.append(
                Owed(
                    body=team.body_id, name=team.name, kind=kind, basis=WEEKLY, must=False, first=first, last=last,
                    until=window[1], team=team.pk,
                )
            )  # fmt: skip

    def asked(self, facts: BodyFacts, kinds: Sequence[str], window: tuple[dt.date, dt.date]) -> int:
        """One meeting may keep two rules: what another one asked for inside this window counts."""
        return len(self._inside(facts, kinds, window))

    def must(self, facts: BodyFacts, kinds: Sequence[str], window: tuple[dt.date, dt.date], basis: str, n: int) -> None:
        """The first `n` of those are the ones that a rule says must be held: they are not the ones that may be left out."""
        for place in self._inside(facts, kinds, window)[:n]:
            if not self.found[place].must:
                self.found[place] = replace(self.found[place], must=True, basis=basis[:200])

    def _inside(self, facts: BodyFacts, kinds: Sequence[str], window: tuple[dt.date, dt.date]) -> list[int]:
        return [
            place for place, one in enumerate(self.found)
            if one.body == facts.id and one.kind in kinds and one.team is None
            and window[0] <= one.first and one.last <= window[1]
        ]  # fmt: skip


def owed(*, plant: Plant, root: Body, month: Period, after: dt.date, book: RuleBook) -> list[Owed]:
    """In the order of the tree, from the day `after` on. What is arranged already counts as held."""
    tree = party_tree(plant)
    view = tree.at(month.last)
    bodies = [int(key) for key in view.nodes if key in view.subtree(root.pk)]
    habits: dict[int, list[MeetingHabit]] = defaultdict(list)
    for habit in MeetingHabit.objects.filter(body__in=bodies):
        habits[habit.body_id].append(habit)
    plan = _Month(month, max(month.first, after))
    for facts in _facts(plant, tree, bodies, month):
        mine = habits[int(facts.id)]
        # the narrow windows first: one of the weekly meetings is the one that the month asks for
        _by_habits(plan, facts, [one for one in mine if one.every == WEEK])
        _by_rules(plan, book, facts)
        _by_habits(plan, facts, [one for one in mine if one.every != WEEK])
    _of_teams(plan, plant, bodies)
    return plan.found


def _facts(plant: Plant, tree: Tree, bodies: list[int], month: Period) -> Iterator[BodyFacts]:
    """The bodies as the checks see them, as if what is arranged were held already."""
    begun = {body: tree.history(body)[0].span.from_on for body in bodies}
    year = month.up(Grain.YEAR)
    ground = Ground(plant, month.last, year.first, tree, begun, frozenset(bodies), years=1)
    ahead: dict[int, list[Held]] = defaultdict(list)
    rows = Gathering.objects.filter(body__in=bodies, makeup_of=None, team=None, state__in=ARRANGED)
    for row in rows.filter(starts_at__date__gte=year.first, starts_at__date__lte=year.last):
        # who will speak is settled at the meeting: one that is planned stands for what it was planned for
        ahead[row.body_id].append(Held(id=row.pk, kind=row.kind, held_on=row.starts_at.date(), speaker="secretary"))
    for facts in regulation_bodies.bodies(ground, {}):
        yield replace(facts, gatherings=(*facts.gatherings, *ahead[int(facts.id)]))


def _by_rules(plan: _Month, book: RuleBook, facts: BodyFacts) -> None:
    """By their windows: a monthly meeting may be the one that the quarter asks for."""
    found = judged(book, [facts], first=plan.month.first, last=plan.last, on=plan.last)
    due = [(one, two) for one in found if one.state is State.DUE and (two := _asking(book, one, plan.last))]
    for one, (rule, side) in sorted(due, key=lambda pair: _days(pair[0])):
        assert one.window is not None
        window = (one.window.first, one.window.last)
        if window[1] - plan.month.first > AHEAD:
            continue
        wanted, basis = int((one.threshold or 0) - (one.measured or 0)), f"{rule.label}。{one.source}"
        must = side.severity is Severity.MUST
        if must:
            plan.must(facts, side.of, window, basis, wanted)
        for _ in range(wanted - plan.asked(facts, side.of, window)):
            plan.add(facts, side.of[0], window, basis, must)


def _asking(book: RuleBook, found: Finding, on: dt.date) -> tuple[Rule, Side] | None:
    """The side of a rule that asks for meetings to be held; None for what looks at anything else."""
    rule = book.get(found.rule, on=min(found.window.last, on)) if found.window else None
    sides = rule.sides if rule else ()
    side = next((one for one in sides if one.code == found.side and one.measure == ASKS and one.of), None)
    return (rule, side) if rule and side else None


def _days(found: Finding) -> int:
    return (found.window.last - found.window.first).days if found.window else 0


def _by_habits(plan: _Month, facts: BodyFacts, habits: Iterable[MeetingHabit]) -> None:
    for habit in habits:
        for window in _windows(habit.every, plan.month):
            stands = sum(one.kind == habit.kind and window[0] <= one.held_on <= window[1] for one in facts.gatherings)
            if not stands and not plan.asked(facts, [habit.kind], window):
                plan.add(facts, habit.kind, window, f"{OWN}：{habit.get_every_display()}", False)


def _windows(every: str, month: Period) -> list[tuple[dt.date, dt.date]]:
    """A week belongs to the month in which its Thursday lies."""
    if every == WEEK:
        days = (month.first + dt.timedelta(days=n) for n in range((month.last - month.first).days + 1))
        weeks = [Period.week(day) for day in days if day.isoweekday() == 4]
        return [(week.first, week.last) for week in weeks]
    if every in ("month", "quarter"):
        period = month if every == "month" else month.up(Grain.QUARTER)
        return [(period.first, period.last)]
    return []


def _of_teams(plan: _Month, plant: Plant, bodies: Sequence[int]) -> None:
    """“雷打不动”(S4-08): each 攻关 team, and each team that has begun to meet so, every week that has no such meeting yet."""
    weekly = [
        one
        for one in guides.in_force(plant=plant, on=plan.last).values()
        if TEAM in one.held_by and one.rhythm == "week"
    ]
    for guide in weekly:
        met: dict[int, set[Period]] = defaultdict(set)
        rows = Gathering.objects.filter(plant=plant, kind=guide.kind, team__isnull=False, makeup_of=None).exclude(
            state="cancelled"
        )
        for team, starts_at in rows.filter(starts_at__date__gte=plan.month.first - AHEAD).values_list(
            "team_id", "starts_at"
        ):
            met[team or 0].add(Period.week(starts_at.date()))
        teams = Team.objects.within(plan.first, plan.last).filter(body__in=bodies)
        for team in teams.filter(Q(kind=TACKLING) | Q(pk__in=met)).order_by("body", "code"):
            for window in _windows("week", plan.month):
                if Period.week(window[0]) not in met[team.pk]:
                    plan.of_team(team, guide.kind, window)
