"""What the bodies of a plant held, as the regulations look at it: meetings closed, days nobody was there, reasons accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

import yaml
from django.db.models import Q

from ronglu.facts.spine import days
from ronglu.kernel.org.facts import COMMITTEE, DEPUTY, SECRETARY
from ronglu.kernel.regulation.amend import amended
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import Obligation, asked, judge
from ronglu.kernel.regulation.facts import BodyFacts, Days
from ronglu.kernel.regulation.facts import Gathering as Held
from ronglu.kernel.regulation.finding import Finding as Found
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.regulation.load import load
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.homes import Homes
from ronglu.store.models import BodyState, Finding, Gathering, PlanStop, Plant, Post
from ronglu.store.models import Mapping as Mapped
from ronglu.store.values import life_from

CLOSED, CANCELLED = "closed", "cancelled"
ONE = dt.timedelta(days=1)
EDITED = "org_rules"
"""In a plant's settings: its own rows over the rules."""


@cache
def _declared() -> RuleBook:
    text = files("ronglu").joinpath("packs/base/regulations/life.yaml").read_text("utf-8")
    chapter = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return load({"chapter": chapter["chapter"], **rule} for rule in chapter["rules"])


def book(plant: Plant) -> RuleBook:
    """The rules on organisational life with the plant's own numbers and switches on top."""
    own = {rule.id for rule in _declared().rules}
    return amended(_declared(), [row for row in plant.settings.get(EDITED, []) if row["rule"] in own])


@dataclass(frozen=True)
class Duty:
    """A meeting that a rule asked of a body in a window, and what became of it."""

    body: BodyFacts
    one: Obligation
    found: Found

    @property
    def due(self) -> bool:
        return self.found.state not in (State.EXEMPT, State.NOT_MEASURABLE)

    @property
    def lacking(self) -> int:
        """How many meetings fewer than asked; none where a reason was accepted."""
        if self.found.state is not State.MISSED or self.found.measured is None or self.found.threshold is None:
            return 0
        return int(self.found.threshold - self.found.measured)

    @property
    def held(self) -> tuple[Held, ...]:
        window = self.one.window
        return tuple(g for g in self.body.gatherings if g.kind in self.one.side.of and g.held_on in window)


def duties(*, plant: Plant, month: Period, kinds: Iterable[str]) -> Iterator[Duty]:
    """Meetings of these kinds whose window ends in the month, of every body, judged as if the window were over.

    Only from the day the plant set beforehand: whether an item is scored is a question of the plant, and a branch that writes
    nothing down must not stand better than one that tries it out.
    """
    begun, wanted = life_from(plant), set(kinds)
    if begun is None or month.last < begun:
        return
    owed = [
        one
        for one in asked(book(plant), BodyFacts.type, first=month.first, last=month.last, on=month.last)
        if one.side.measure == "held" and wanted.issuperset(one.side.of)
        if begun <= one.window.first and one.window.last <= month.last
    ]
    for body in bodies(plant=plant, month=month) if owed else ():
        for one in owed:
            if body.there(one.window) and body.fits(one.side.only or one.rule.kinds, one.window):
                for found in judge(one, body, on=one.window.due_on + ONE):
                    yield Duty(body, one, found)


def bodies(*, plant: Plant, month: Period) -> list[BodyFacts]:
    """Every body there was in the year up to the month's end, with what it held since the year began."""
    first, last = month.up(Grain.YEAR).first, month.last
    states = BodyState.objects.filter(body__plant=plant).order_by("body", "from_on")
    lives = {body: list(rows) for body, rows in groupby(states, key=lambda row: row.body_id)}
    met, away = gatherings(plant=plant, first=first, last=last), _pauses(plant, first, last)
    seated, reasons = _committees(plant, first, last), _reasons(plant)
    return [
        BodyFacts(
            id=body,
            name=_then(rows, last).name,
            kind=_then(rows, last).kind,
            from_on=rows[0].from_on,
            until_on=rows[-1].until_on,
            has_committee=body in seated,
            pauses=away.get(body, ()),
            reasons=reasons.get(body, {}),
            gatherings=met.get(body, ()),
        )
        for body, rows in lives.items()
        if rows[0].from_on <= last and (rows[-1].until_on is None or rows[-1].until_on > first)
    ]


def gatherings(*, plant: Plant, first: dt.date, last: dt.date) -> dict[int, tuple[Held, ...]]:
    """Closed meetings by body on the days they count for. A session that made up for one that was not held counts as that one;
    one for those who could not come to a meeting that was held is no meeting of its own."""
    rows = Gathering.objects.filter(plant=plant, state=CLOSED, team=None).filter(standing_on(first, last))
    found: dict[int, list[Held]] = {}
    for one in rows.select_related("makeup_of").order_by("starts_at", "pk"):
        day = (one.makeup_of or one).starts_at.date()
        held = Held(id=one.pk, kind=one.kind, held_on=day, due=one.due, attended=one.present)
        found.setdefault(one.body_id, []).append(held)
    return {body: tuple(rows) for body, rows in found.items()}


def standing_on(first: dt.date, last: dt.date) -> Q:
    """Meetings that count for one of these days."""
    span = (dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last + ONE, dt.time.min))
    own = Q(makeup_of=None, starts_at__gte=span[0], starts_at__lt=span[1])
    instead = Q(makeup_of__state=CANCELLED, makeup_of__starts_at__gte=span[0], makeup_of__starts_at__lt=span[1])
    return own | instead


def _then(rows: list[BodyState], day: dt.date) -> BodyState:
    """What the body was that day, or at last before it."""
    return next((row for row in reversed(rows) if row.from_on <= day), rows[0])


def _committees(plant: Plant, first: dt.date, last: dt.date) -> set[int]:
    """Bodies that have a committee: somebody sits on it beside the secretary and the deputy."""
    seats = set(COMMITTEE) - {SECRETARY, DEPUTY}
    posts = Post.objects.filter(body__plant=plant, role__in=seats).within(first, last)  # type: ignore[attr-defined]
    return set(posts.values_list("body", flat=True))


def _reasons(plant: Plant) -> dict[int, dict[tuple[str, str], str]]:
    """Reasons the party office accepted, by body: (rule, part of the finding) → words."""
    rows = Finding.objects.filter(plant=plant, rule__startswith="R-LIFE", subject__startswith="body:").exclude(
        reason=""
    )
    found: dict[int, dict[tuple[str, str], str]] = {}
    for rule, subject, reason in rows.values_list("rule", "subject", "reason"):
        _kind, body, part = subject.split(":", 2)
        found.setdefault(int(body), {})[rule, part] = reason
    return found


def _pauses(plant: Plant, first: dt.date, last: dt.date) -> dict[int, tuple[Days, ...]]:
    """Days on which everything a body stands on stood still by an approved plan."""
    stops = list(PlanStop.objects.approved().filter(unit__plant=plant).within(first, last))
    if not stops:
        return {}
    view = Homes.of(plant).production.at(last)
    still: dict[int, set[dt.date]] = {}
    for stop in stops:
        still.setdefault(stop.unit_id, set()).update(days(max(first, stop.from_on), min(last, stop.last_on or last)))
    found: dict[int, set[dt.date]] = {}
    for link in Mapped.objects.filter(body__plant=plant).within(first, last):  # type: ignore[attr-defined]
        idle = set().union(*(still.get(int(state.id), set()) for state in view.path(link.unit_id)))
        found[link.body_id] = found[link.body_id] & idle if link.body_id in found else idle
    return {body: tuple(Days(day, day + ONE) for day in sorted(idle)) for body, idle in found.items() if idle}
