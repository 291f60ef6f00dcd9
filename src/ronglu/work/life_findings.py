"""The rules on organisational life, study and safety, run over a plant's own records: the same findings, by the day, as the organisation's.

A finding stays until it is put right; what a past month lacks is put right by a make-up of it or stands with its reason. One
that is older than last year leaves the list.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db import transaction

from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.facts import Facts
from ronglu.kernel.regulation.finding import Finding, State
from ronglu.kernel.regulation.window import PERIODS
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.charges import part_of
from ronglu.store.models import Account, AgendaRow, Case, Gathering, Membership, Plant
from ronglu.store.models import Finding as Row
from ronglu.store.reasons import reasons
from ronglu.store.rulebook import regulations
from ronglu.store.values import LIFE_FROM, calendar_of, life_from
from ronglu.work import audits, closings, regulation_bodies, regulation_people, regulation_safety, regulation_study
from ronglu.work.findings import REASONABLE, BadFinding, Refreshed, locked, settle
from ronglu.work.regulation_facts import Ground, ground

MONTH = dt.timedelta(days=31)
CHAPTERS = ("life", "study", "safety")
TOLD = (State.MISSED, State.REASONED, State.NOTED)
"""What stands as a row. What is kept, due, exempt or cannot be told stands in the year of the body alone."""


def subjects(found: Ground) -> Iterator[Facts]:
    """All that can be judged, with the reasons on record; for some bodies only, them and their members."""
    why = reasons(found.plant)
    yield from regulation_bodies.bodies(found, why)
    yield from regulation_people.people(found, why)
    yield from regulation_study.items(found, why)
    if found.bodies is None:
        yield from regulation_safety.hazards(found, why)
        yield from regulation_safety.sites(found, why)


def judge(
    *, plant: Plant, on: dt.date, bodies: Collection[int] | None = None, year: int | None = None
) -> list[Finding]:
    """Every state of every window: `year` for one year at a glance, else last year and this one as they stand on `on`."""
    found = ground(plant=plant, on=on, bodies=bodies, year=year)
    return judged_of(found, subjects(found))


def judged_of(found: Ground, facts: Iterable[Facts]) -> list[Finding]:
    """What the rules say of these subjects from the first day of the ground to its last."""
    plant, last = found.plant, min(found.on, found.last)
    # a plant whose clock is not set yet has no months of statistics, and only a rule set to them would ask for these
    clock = calendar_of(plant) if plant.calendar_rows.exists() else None
    book = fed(regulations(plant))
    return list(judged(book, facts, first=found.first, last=last, on=found.on, calendar=clock))


def fed(book: RuleBook) -> RuleBook:
    """The rules of these chapters that are told to whoever may see the subject. One with an audience of its own never stands
    as a row, in a year or in a book: it is judged where that audience looks (work/dues)."""
    return RuleBook(tuple(rule for rule in book.chapter(*CHAPTERS).rules if not rule.audience))


@transaction.atomic
def refresh(*, plant: Plant, on: dt.date, at: dt.datetime, by: Account | None = None) -> Refreshed:
    """Once a day, and whenever somebody asks: opens what is new, clears what was put right, and what is asked no more."""
    plant = locked(plant)
    book = regulations(plant).chapter(*CHAPTERS)
    asked = {(rule.id, side.code) for rule in book.at(on) for side in rule.sides if side.enabled}
    standing = (one for one in judge(plant=plant, on=on) if one.state in TOLD and (one.rule, one.side) in asked)
    told = {one.key: worded(one) for one in standing if not _over(one, on)}
    rules = {rule.id for rule in book.rules}
    return settle(plant=plant, seen=told, rules=rules, places=_places(plant, told.values()), on=on, at=at, by=by)


def worded(one: Finding) -> Finding:
    """For a period that is over, holding another meeting in time clears nothing any more."""
    if one.subject.kind != "body" or one.window is None or one.window.period is None or one.state is State.NOTED:
        return one
    said = f"{one.window.label}已经过去：开过没有登记的，补登记；没有开的，补开并注明补哪一次"
    reason = "；不能补的，登记理由" if one.severity in REASONABLE else ""
    return replace(one, clear_by=said + reason)


def _over(one: Finding, on: dt.date) -> bool:
    """A reminder of a month goes with the month, one of a thing that happened after a month; nobody has to clear them."""
    if one.state is not State.NOTED or one.window is None:
        return False
    return on > (one.window.last if one.window.period is not None else one.window.last + MONTH)


def _places(plant: Plant, told: Collection[Finding]) -> dict[str, tuple[int | None, int | None]]:
    """Where a finding on a person or a hazard belongs: his body, its meeting, its unit. By subject, as (body, unit)."""
    found: dict[str, tuple[int | None, int | None]] = {}
    people = {int(one.subject.id) for one in told if one.subject.kind == "person"}
    rows = Membership.objects.filter(body__plant=plant, person__in=people).order_by("from_on")
    for person, body in rows.values_list("person_id", "body_id"):
        found[f"person:{person}"] = (body, None)
    studied = {int(one.subject.id) for one in told if one.subject.kind == "study"}
    for row, body in AgendaRow.objects.filter(pk__in=studied).values_list("pk", "gathering__body"):
        found[f"study:{row}"] = (body, None)
    cases = {int(one.subject.id) for one in told if one.subject.kind == "hazard"}
    for case, unit in Case.objects.filter(pk__in=cases).values_list("pk", "unit_id"):
        found[f"hazard:{case}"] = (None, unit)
    return found


@transaction.atomic
def set_start(*, plant: Plant, from_on: dt.date | None, by: Account, at: dt.datetime) -> Plant:
    """From which day all bodies of a plant are asked, and from which its meetings count in the assessment; None: each body is asked
    from the month of its first gathering here, and nothing counts. A month that is closed stays as it was."""
    if from_on is not None and from_on > at.date():
        raise BadFinding(f"起日 {from_on} 还没有到，写今天或以前的日期")
    plant = locked(plant)
    for day in (life_from(plant), from_on):
        if day is not None:
            closings.refuse_closed(plant=plant, month=Period.of(day, Grain.MONTH))
    plant.settings = {**plant.settings, LIFE_FROM: str(from_on) if from_on else ""}
    plant.save(update_fields=["settings"])
    detail = {"from_on": str(from_on or "")}
    audits.record(verb="findings.set_start", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return plant


def called_off(finding: Row) -> str:
    """Why the meeting that a finding misses was called off, where its window holds one that was arranged and not held."""
    book, part = regulations(finding.plant), part_of(finding.subject)
    side = book.side(finding.rule, part)
    window = next((word for word in part.split(":") if word[:2].isdigit()), "")
    if side is None or not side.of or not window or side.window not in PERIODS:
        return ""
    period = Period.parse(window)
    rows = Gathering.objects.filter(body=finding.body_id, kind__in=side.of, state="cancelled")
    rows = rows.filter(starts_at__date__range=(period.first, period.last)).order_by("-starts_at")
    return rows.values_list("reason", flat=True).first() or ""
