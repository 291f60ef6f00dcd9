"""A case's rows as the engine's value, and an account as one who acts on it: the bridge between tables and kernel/loops."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ronglu.kernel.loops.engine import Actor, CaseView, Did, RowView, has_part
from ronglu.kernel.loops.errors import BadField
from ronglu.kernel.loops.field import NAMED, Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import (
    Account,
    Body,
    Case,
    CaseParty,
    CaseRow,
    CaseStep,
    Person,
    Team,
    TeamMember,
    Unit,
    Zone,
)
from ronglu.work.scope import Scope

INSPECTED = "inspection"
"""The origin of what a self-inspection found."""
INSPECTING = "inspections.act"
DISCIPLINE = frozenset({"discipline_office", "discipline_member"})
RECORDS = {Kind.PERSON: Person, Kind.UNIT: Unit, Kind.BODY: Body, Kind.ZONE: Zone, Kind.TEAM: Team}


def view(loop: Loop, case: Case) -> CaseView:
    """Three queries: steps, lines, parties; one more where lines name teams."""
    return views(loop, [case])[case.pk]


def views(loop: Loop, cases: Iterable[Case]) -> dict[int, CaseView]:
    """As many queries for any number of cases of the loop."""
    found = list(cases)
    pks = [case.pk for case in found]
    steps = _grouped(CaseStep.objects.filter(case__in=pks).order_by("case", "no"))
    lines = _grouped(CaseRow.objects.filter(case__in=pks).order_by("case", "kind", "no"))
    parties = _grouped(CaseParty.objects.filter(case__in=pks))
    teams = _teams(loop, [line for its in lines.values() for line in its])
    return {c.pk: _view(c, steps.get(c.pk, []), lines.get(c.pk, []), parties.get(c.pk, []), teams) for c in found}


def _view(
    case: Case, steps: list[CaseStep], lines: list[CaseRow], parties: list[CaseParty], teams: Mapping[int, frozenset[int]]
) -> CaseView:  # fmt: skip
    rows: dict[str, tuple[RowView, ...]] = {}
    for line in lines:
        rows[line.kind] = (*rows.get(line.kind, ()), row_view(line, teams.get(line.pk, frozenset())))
    named: dict[str, frozenset[int]] = {}
    for party in parties:
        named[party.role] = named.get(party.role, frozenset()) | {party.person_id}
    return CaseView(
        state=case.state,
        data=case.data,
        raised_by=case.raised_by_id,
        holder=case.holder_id,
        parties=named,
        rows=rows,
        private=case.secrecy != "open",
        did=tuple(Did(s.move, s.person_id, s.before, s.after) for s in steps),
    )


def _teams(loop: Loop, lines: Iterable[CaseRow]) -> dict[int, frozenset[int]]:
    """Who belongs to the teams that lines name, or came to belong or still belonged after the line was written."""
    codes = [field.code for field in loop.fields if field.kind is Kind.TEAM]
    named = {line: {line.data[code] for code in codes if line.data.get(code) is not None} for line in lines}
    wanted = set().union(*named.values())
    members = list(TeamMember.objects.filter(team__in=wanted)) if wanted else []
    return {
        line.pk: frozenset(
            one.person_id for one in members if one.team_id in teams and (one.until_on is None or one.until_on > line.added_at.date())
        )
        for line, teams in named.items()
        if teams
    }  # fmt: skip


def row_view(line: CaseRow, team: frozenset[int] = frozenset()) -> RowView:
    return RowView(
        no=line.no,
        state=line.state,
        person=line.person_id,
        added_by=line.added_by_id,
        done_by=line.done_by_id,
        due_on=line.due_on,
        done_on=line.done_at.date() if line.done_at else None,
        data=line.data,
        team=team,
    )


def inside(loop: Loop, case: Case, scope: Scope, parties: Mapping[str, frozenset[int]]) -> bool:
    """Whether the reader has a part in the case; `parties` are those named in it. No query."""
    view = CaseView(
        state=case.state, raised_by=case.raised_by_id, holder=case.holder_id, parties=parties,
        private=case.secrecy != "open",
    )  # fmt: skip
    return has_part(loop, view, actor(scope, case))


def actor(scope: Scope, case: Case) -> Actor:
    """What the account is to this case: the roles whose reach covers its place."""
    return Actor(
        person=scope.person_id,
        also=scope.stands_in_for,
        roles=roles_at(scope, plant=case.plant_id, unit=case.unit_id, body=case.body_id, origin=case.origin),
        everyone=case.plant_id in scope.reach("cases.raise").held | scope.reach("cases.raise").plants,
    )


def roles_at(scope: Scope, *, plant: int, unit: int | None, body: int | None, origin: str = "") -> frozenset[str]:
    """Discipline acts on what a self-inspection found, and on nothing else."""
    found = frozenset(
        code
        for code, reach in scope.acts.items()
        # what stands nowhere in particular belongs to those who act for the whole plant
        if reach.holds(plant=plant, unit=unit, body=body)
    )
    inspects = origin == INSPECTED and scope.reach(INSPECTING).holds(plant=plant, unit=unit, body=body)
    return found | (DISCIPLINE & scope.roles) if inspects else found


def read_fields(loop: Loop, codes: Iterable[str], given: Mapping[str, Any], *, plant: int) -> dict[str, Any]:
    """What was filled in of these fields, as values to keep; records are looked up in the plant. BadField lists every fault."""
    found: dict[str, Any] = {}
    faults: list[str] = []
    for code in dict.fromkeys(codes):
        if code not in given:
            continue
        field = loop.field(code)
        try:
            found[code] = field.read(given[code])
        except BadField as fault:
            faults.append(str(fault))
            continue
        if found[code] is not None and field.kind in NAMED:
            known = RECORDS[field.kind].objects.filter(pk=found[code], plant=plant)  # type: ignore[attr-defined]
            faults += [] if known.exists() else [f"“{field.label}”没有选对，本厂没有这一项"]
    if faults:
        raise BadField("\n".join(faults))
    return found


def person_of(by: Account | None) -> int | None:
    return by.person_id if by is not None else None


def workday_moment(at: dt.datetime) -> dt.datetime:
    """What is kept of the moment of an anonymous act: its day."""
    return dt.datetime.combine(at.date(), dt.time.min)


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found
