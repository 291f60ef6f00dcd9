"""Which meetings the rules asked of the bodies of a plant in a month, and what became of each: what the score counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import Obligation, asked, judge
from ronglu.kernel.regulation.facts import BodyFacts
from ronglu.kernel.regulation.facts import Gathering as Held
from ronglu.kernel.regulation.finding import Finding as Found
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Grain, Period
from ronglu.store import lived
from ronglu.store.history import party_tree
from ronglu.store.models import Plant
from ronglu.store.reasons import reasons
from ronglu.store.rulebook import regulations
from ronglu.store.values import life_from

ONE = dt.timedelta(days=1)


def book(plant: Plant) -> RuleBook:
    """The rules on organisational life with the plant's own numbers and switches on top."""
    return regulations(plant).chapter("life")


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
        if one.side.measure == "held" and wanted.issuperset(one.side.of) and one.window.last <= month.last
    ]
    party = party_tree(plant)
    for body in lived.bodies(
        plant=plant, party=party, first=month.up(Grain.YEAR).first, last=month.last,
        kept={int(state.id): begun for state in party.states}, why=reasons(plant),
    ) if owed else ():  # fmt: skip
        for one in owed:
            if one.asks(body) and body.kept(one.window):
                for found in judge(one, body, on=one.window.due_on + ONE):
                    yield Duty(body, one, found)
