"""From the tables to what the regulations look at: which subjects a plant has, since when it keeps records of them, which days count.

Missing is not zero: a body is asked only from the month of the first gathering arranged here, or from the day the plant set.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Min

from ronglu.kernel.org.tree import Tree, View
from ronglu.kernel.regulation.facts import GATHERINGS
from ronglu.kernel.regulation.rule import Rule
from ronglu.store.history import party_tree
from ronglu.store.models import Finding, Gathering, Plant
from ronglu.store.values import life_from

"""Where a plant's settings keep the day from which all its bodies are asked, whether they keep gatherings here yet or not."""

UNFED: Mapping[tuple[str, str], str] = {
    ("R-EDU-08", ""): "本系统不登记党费",
    ("R-SAF-04", "staff"): "本系统不登记向从业人员通报的日期",
    ("R-SAF-05", "graded"): "风险清单不在本系统登记",
    ("R-SAF-06", "quarter"): "本系统不登记隐患统计归档",
    ("R-SAF-06", "year"): "本系统不登记隐患统计归档",
}
"""Sides of rules whose facts no table holds: they are told to be unchecked, never taken for kept or missed."""


@dataclass(frozen=True)
class Ground:
    """What all makers of subjects share. `bodies` is None for the whole plant, else only these are wanted."""

    plant: Plant
    on: dt.date
    first: dt.date
    party: Tree
    begun: Mapping[int, dt.date]
    bodies: frozenset[int] | None = None
    years: int = 2

    @cached_property
    def view(self) -> View:
        return self.party.at(self.on)

    def wants(self, body: int) -> bool:
        return self.bodies is None or body in self.bodies

    def since(self, body: int) -> dt.date | None:
        """Since when a body keeps records here, itself or one above it: a member studies at both."""
        path = [int(one.id) for one in self.view.path(body)] if body in self.view else [body]
        return min((self.begun[key] for key in path if key in self.begun), default=None)


def ground(*, plant: Plant, on: dt.date, bodies: Collection[int] | None = None, year: int | None = None) -> Ground:
    """`first`: the year asked for, else last year with this one; what is older stands in the records and is not judged anew."""
    party = party_tree(plant)
    since = dt.date(year or on.year - 1, 1, 1)
    wanted = None if bodies is None else frozenset(bodies)
    return Ground(plant, on, since, party, begun(plant=plant, party=party), wanted, 1 if year else 2)


def begun(*, plant: Plant, party: Tree | None = None) -> dict[int, dt.date]:
    """From which day each body is asked; one that is not here is asked for nothing. What no rule asks for begins nothing: a
    salon, the weekly meeting of a team."""
    if (day := life_from(plant)) is not None:
        return {int(state.id): day for state in (party or party_tree(plant)).states}
    rows = (
        Gathering.objects.filter(plant=plant, team=None, kind__in=GATHERINGS)
        .values("body")
        .annotate(first=Min("starts_at"))
        .order_by()
    )
    return {row["body"]: row["first"].date().replace(day=1) for row in rows}


def unfed(rule: Rule, side: str) -> str:
    """Why a side is not checked here; empty: it is."""
    return UNFED.get((rule.id, side), "")


Reasons = Mapping[str, Mapping[tuple[str, str], str]]


def reasons(plant: Plant) -> dict[str, dict[tuple[str, str], str]]:
    """By subject ("body:12"), then by rule and part: what somebody wrote down and nobody has taken back."""
    rows = Finding.objects.filter(plant=plant).exclude(reason="").values_list("rule", "subject", "reason")
    told: dict[str, dict[tuple[str, str], str]] = {}
    for rule, subject, reason in rows:
        kind, _, rest = subject.partition(":")
        key, _, part = rest.partition(":")
        told.setdefault(f"{kind}:{key}", {})[rule, part] = reason
    return told
