"""What members did that is on record, from the same promises that score their branch: one row a person and record.

Only facts that the loops already keep: nobody enters anything for this, and nothing here looks at presence, texts or clicks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from ronglu.facts import cases
from ronglu.kernel.loops.loop import Clock, Loop, Phase
from ronglu.kernel.standing.record import PersonRecord
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, CaseParty, CaseRow, Mission, MissionState, Plant, TeamMember, ZoneOwner

Row = dict[str, Any]
ONE = dt.timedelta(days=1)
FINISHED = Clock(
    code="finished", label="行动项按期办结", en="Action closed on time", states=("doing",), fact="action", passed=True
)
"""An action scores no branch of its own, so its loop declares no clock; for who does it, it is a promise like any other."""
OPEN, DROPPED = "open", "dropped"
WHOLE = frozenset({"zone_finding"})
"""Facts that count once a case, however many lines it was taken apart into."""


def records(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[PersonRecord]:
    """What fell due in the month, or was verified in it, of everybody who had it to do."""
    watched = dict(loops)
    if "action" in watched:
        watched["action"] = replace(watched["action"], clocks=(FINISHED,))
    kinds = {
        (code, clock.fact, clock.key or clock.code): clock for code, loop in watched.items() for clock in loop.clocks
    }
    rows = [row for row in cases.rows(plant=plant, month=month, loops=watched) if row["fact"] in FACTS]
    book = _Book.of(plant, {row["record"] for row in rows})
    found = [one for row in rows for one in _of(row, kinds[row["type"], row["fact"], row["key"]], watched, book)]
    return sorted(
        [*_whole(found), *_missions(plant, month)], key=lambda one: (one.on, one.fact, one.record, one.person)
    )


@dataclass(frozen=True)
class _Book:
    """The cases behind a month's promises, with everybody named in them."""

    cases: Mapping[str, Case]
    parties: Mapping[int, Mapping[str, frozenset[int]]]
    lines: Mapping[tuple[int, str, int], CaseRow]
    standing: Mapping[tuple[int, str], list[CaseRow]]
    """All lines of a kind that were not dropped, whenever they fall due."""
    owners: Mapping[int, list[ZoneOwner]] = field(default_factory=dict)

    @classmethod
    def of(cls, plant: Plant, numbers: set[str]) -> _Book:
        found = {one.number: one for one in Case.objects.filter(plant=plant, number__in=numbers)}
        keys = [one.pk for one in found.values()]
        named: dict[int, dict[str, frozenset[int]]] = {}
        for case, role, person in CaseParty.objects.filter(case__in=keys).values_list("case_id", "role", "person_id"):
            mine = named.setdefault(case, {})
            mine[role] = mine.get(role, frozenset()) | {person}
        lines = {(row.case_id, row.kind, row.no): row for row in CaseRow.objects.filter(case__in=keys)}
        zones = {one.zone_id for one in found.values() if one.zone_id}
        held = ZoneOwner.objects.filter(zone__in=zones, person__isnull=False).order_by("zone", "pk")
        standing: dict[tuple[int, str], list[CaseRow]] = {}
        for (case, kind, _), row in lines.items():
            if row.state != DROPPED:
                standing.setdefault((case, kind), []).append(row)
        return cls(
            found, named, lines, standing, {zone: list(of) for zone, of in groupby(held, key=lambda one: one.zone_id)}
        )


def _of(row: Row, clock: Clock, loops: Mapping[str, Loop], book: _Book) -> Iterator[PersonRecord]:
    case = book.cases[row["record"]]
    line = book.lines.get((case.pk, clock.rows, row["no"])) if clock.rows else None
    whole = row["fact"] in WHOLE
    key = f"row:{line.pk}" if line and not whole else f"case:{case.pk}:{row['fact'] if whole else row['no']}"
    lines = book.standing.get((case.pk, clock.rows), []) if whole else [line] if line else []
    shown = f"{loops[case.loop].label} {case.number}" if case.secrecy == OPEN else f"{loops[case.loop].label}（保密）"
    for person in FACTS[row["fact"]](row, case, line, book):
        yield PersonRecord(
            fact=row["fact"], person=person, record=key,
            label=f"{shown} {row['label']}"[:200], on=row["day"], kept=row["state"] == "kept",
            verified=all(one.state == "passed" for one in lines) if lines else case.phase == Phase.CLOSED,
        )  # fmt: skip


def _whole(found: Iterable[PersonRecord]) -> list[PersonRecord]:
    """A finding with three measures is one finding: kept when each of its promises was, on the day of the last."""
    merged: dict[tuple[str, int, str], PersonRecord] = {}
    for one in found:
        spot = (one.fact, one.person, one.record)
        first = merged.get(spot, one)
        merged[spot] = replace(
            one, on=max(one.on, first.on), kept=one.kept and first.kept, verified=one.verified and first.verified
        )
    return list(merged.values())


def _owners(row: Row, case: Case, line: CaseRow | None, book: _Book) -> set[int]:
    """Whoever answers for the zone on the day, whether he put it right himself or saw to it."""
    held = book.owners.get(case.zone_id or 0, [])
    return {one.person_id for one in held if one.holds(row["day"]) and one.person_id is not None}


def _suggested(row: Row, case: Case, line: CaseRow | None, book: _Book) -> set[int]:
    """Who had the idea, and who carried it out."""
    doers = book.parties.get(case.pk, {}).get("doer", frozenset())
    return set(doers) | ({case.raised_by_id} if case.raised_by_id else set())


def _line(row: Row, case: Case, line: CaseRow | None, book: _Book) -> set[int]:
    return {line.person_id} if line and line.person_id else set()


def _party(role: str) -> Any:
    return lambda row, case, line, book: set(book.parties.get(case.pk, {}).get(role, frozenset()))


FACTS: Mapping[str, Any] = {
    "zone_finding": _owners, "idea": _suggested, "project_milestone": _line, "action": _party("doer"), "request": _party("handler"),
}  # fmt: skip
"""Whose each promise is."""


def _missions(plant: Plant, month: Period) -> Iterator[PersonRecord]:
    """Call-outs whose effect somebody outside the team found to be true: of those who were in it on the day of the call."""
    first, after = (dt.datetime.combine(day, dt.time.min) for day in (month.first, month.last + ONE))
    told = Mission.objects.filter(team__plant=plant, state=MissionState.VERIFIED)
    for one in told.filter(verified_at__gte=first, verified_at__lt=after).select_related("team").order_by("pk"):
        called = one.called_at.date()
        for person in (
            TeamMember.objects.on(called).filter(team=one.team_id).order_by("pk").values_list("person_id", flat=True)
        ):
            yield PersonRecord(
                fact="mission", person=person, record=f"mission:{one.pk}", label=f"{one.team.name} {called} 出动，成效已核实",
                on=one.verified_at.date(), kept=True, verified=True,
            )  # fmt: skip
