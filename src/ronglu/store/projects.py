"""Projects of the loop as the organisation rules look at them (R-ORG-06): since when, until when, who works in it, its party body."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.org.facts import Project
from ronglu.kernel.org.span import Key, Span
from ronglu.store.models import Case, CaseParty, CaseRow, CaseStep, Plant

LOOP, STAGES = "project", "stage"
BEFORE = ("proposed", "rejected")
"""States of what is no project yet, or never became one."""
FINISH, BODY = "finish_by", "body"
ONE = dt.timedelta(days=1)


def projects(plant: Plant) -> tuple[Project, ...]:
    """From the day of approval until it is closed or given up; one query where there is none, else four."""
    cases = list(Case.objects.filter(plant=plant, loop=LOOP).exclude(state__in=BEFORE).order_by("pk"))
    if not cases:
        return ()
    steps = CaseStep.objects.filter(case__in=cases, before=BEFORE[0]).order_by("no")
    approved = {case: at.date() for case, at in steps.values_list("case", "at")}
    people = _people([case.pk for case in cases])
    return tuple(
        Project(
            id=case.pk,
            name=case.title,
            span=Span(approved.get(case.pk, case.raised_at.date()), _ended(case)),
            people=tuple(sorted(people[case.pk])),
            planned_until=_planned(case),
            body=case.data.get(BODY),
        )
        for case in cases
    )


def _ended(case: Case) -> dt.date | None:
    return case.entered_at.date() if case.phase in (Phase.CLOSED, Phase.DROPPED) else None


def _planned(case: Case) -> dt.date | None:
    last = case.data.get(FINISH)
    return dt.date.fromisoformat(last) + ONE if last else None


def _people(cases: Collection[int]) -> dict[int, set[Key]]:
    """The manager, the team, and who has a stage of it."""
    found: dict[int, set[Key]] = defaultdict(set)
    for case, person in CaseParty.objects.filter(case__in=cases).values_list("case", "person"):
        found[case].add(person)
    rows = CaseRow.objects.filter(case__in=cases, kind=STAGES).exclude(state="dropped").exclude(person=None)
    for case, person in rows.values_list("case", "person"):
        found[case].add(person)
    return found
