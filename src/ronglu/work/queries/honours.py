"""Tiers and titles as the closed cases say: what each branch holds, how it stands to what it might be given, and what calls for a second look."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ronglu.kernel.loops.loop import OVER, Loop, State
from ronglu.kernel.standing.honour import Eligibility, HonourRules, eligible
from ronglu.store.models import Body, Case, Plant, VetoMark
from ronglu.work.queries import branch_year

HELD = {"tier": ("met", "tier"), "title": ("awarded", "title")}
"""Loop → the state in which its case gives something, and the field that says what."""


@dataclass(frozen=True, slots=True)
class Honour:
    """What a branch holds: `code` of a declared tier or title; `vetoes` are months vetoed since, which call for a second look."""

    body: int
    loop: str
    code: str
    label: str
    en: str
    year: str
    case: int
    number: str
    since: dt.date | None
    vetoes: tuple[int, ...] = ()


def held(
    *, plant: Plant, on: dt.date, loops: Mapping[str, Loop], bodies: Iterable[int] | None = None
) -> dict[int, list[Honour]]:
    """By branch, newest year first: what was given by the day and still stands. Two queries."""
    rows = Case.objects.filter(
        plant=plant, loop__in=HELD, closed_at__lt=dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min)
    )
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    given = [
        case for case in rows.order_by("pk") if case.loop in loops and case.state == HELD[case.loop][0] and case.body_id
    ]
    vetoes = _vetoes({case.body_id or 0 for case in given})
    found: dict[int, list[Honour]] = {}
    for case in given:
        found.setdefault(case.body_id or 0, []).append(_honour(case, loops[case.loop], vetoes))
    return {body: sorted(mine, key=lambda one: (one.year, one.number), reverse=True) for body, mine in found.items()}


def standing(*, body: Body, year: int, on: dt.date, rules: HonourRules) -> list[Eligibility]:
    """Each declared title with its conditions as they stand for this branch."""
    figures = branch_year.figures(body=body, year=year, on=on)
    return [eligible(title, figures) for title in rules.titles.values()]


def running(*, plant: Plant, loops: Mapping[str, Loop]) -> Sequence[tuple[Case, str, State]]:
    """Tiers and titles on their way: the case, what it asks for, and its state."""
    rows = Case.objects.filter(plant=plant, loop__in=HELD).exclude(phase__in=OVER)
    shown = []
    for case in rows.order_by("loop", "body__position", "pk"):
        loop = loops[case.loop]
        wanted = loop.field(HELD[case.loop][1]).shown(case.data.get(HELD[case.loop][1]))
        shown.append((case, wanted, loop.state(case.state)))
    return shown


def _honour(case: Case, loop: Loop, vetoes: Mapping[int, list[int]]) -> Honour:
    field = loop.field(HELD[case.loop][1])
    code, year = str(case.data.get(field.code)), str(case.data.get("year"))
    choice = next((one for one in field.choices if one.code == code), None)
    since = case.closed_at.date() if case.closed_at else None
    after = int(year) * 100 if year.isdigit() else 0
    return Honour(
        body=case.body_id or 0, loop=case.loop, code=code, label=choice.label if choice else code, en=choice.en if choice else code,
        year=year, case=case.pk, number=case.number, since=since,
        vetoes=tuple(month for month in vetoes.get(case.body_id or 0, []) if month > after),
    )  # fmt: skip


def _vetoes(bodies: set[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = VetoMark.objects.filter(body__in=bodies).exclude(approved_by=None).order_by("month")
    for body, month in rows.values_list("body_id", "month"):
        found.setdefault(body, []).append(month)
    return found
