"""Lines of a case: measures, bids, milestones, defects. A line that closes is done by one person and passed by another."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop, Rows
from ronglu.store.models import Account, Case, CaseRow, CaseStep, Person, Team, TeamMember
from ronglu.work import case_facts, cases, cases_tell, cases_view
from ronglu.work.scope import Scope

ACTS = {"done": "完成", "pass": "验收通过", "return": "退回", "drop": "撤销"}
AFTER = {"done": "done", "pass": "passed", "return": "open", "drop": "dropped"}


@transaction.atomic
def add(
    *, loop: Loop, case: Case, kind: str, given: Mapping[str, Any], at: dt.datetime, by: Account, scope: Scope,
    person: Person | None = None, due_on: dt.date | None = None,
) -> CaseRow:  # fmt: skip
    """A line that closes needs who does it and until when; fields are read as the loop declares them."""
    row, rows = _of(loop, case, kind)
    refused = engine.row_refusals(loop, cases_view.view(loop, row), cases_view.actor(scope, row), rows, "add", None)
    if refused:
        raise LoopTrouble("\n".join(refused))
    data = _data(loop, rows, given, row)
    _check_teams(loop, rows, data, on=at.date(), by=by)
    if rows.closes and (person is None or due_on is None):
        raise LoopTrouble(f"{rows.label}要写明由谁办、哪天前办完")
    if person is not None and person.plant_id != row.plant_id:
        raise LoopTrouble(f"{person.name}不在本厂，不能办{rows.label}")
    if due_on is not None and due_on < at.date():
        raise LoopTrouble(f"{rows.label}的期限 {due_on} 已经过去")
    made = CaseRow(
        case=row, kind=kind, no=_next(row, kind), state="open" if rows.closes else "noted", data=data, person=person,
        due_on=due_on, added_by_id=by.person_id, added_at=at,
    )  # fmt: skip
    made.next_at = cases_tell.next_look_at_line(loop, row, made)
    made.save()
    _note(row, f"{kind}.add", made, at=at, by=by)
    case_facts.touch(loop, row, days=[made.due_on])
    if person is not None:
        _tell(loop, rows, row, made, [person.pk], f"{rows.label}第 {made.no} 条由您办，{due_on} 前", at=at)
    return made


@transaction.atomic
def settle(
    *, loop: Loop, line: CaseRow, act: str, at: dt.datetime, by: Account, scope: Scope, reason: str = "",
    given: Mapping[str, Any] | None = None,
) -> CaseRow:  # fmt: skip
    """done, pass, return (with a reason) or drop (with a reason); who did it never passes it."""
    row, rows = _of(loop, line.case, line.kind)
    fresh = CaseRow.objects.select_for_update().get(pk=line.pk)
    seen = cases_view.row_view(fresh)
    refused = engine.row_refusals(loop, cases_view.view(loop, row), cases_view.actor(scope, row), rows, act, seen)
    if act in ("return", "drop") and not reason.strip():
        refused.append(f"{ACTS[act]}请写明原因")
    if refused:
        raise LoopTrouble("\n".join(refused))
    changes = _changes(act, at, by) | {"data": fresh.data | _data(loop, rows, given or {}, row, partial=True)}
    if act == "return":
        changes["returned"] = fresh.returned + 1
    fresh.state = changes["state"]
    changes["next_at"] = cases_tell.next_look_at_line(loop, row, fresh)
    if CaseRow.objects.filter(pk=fresh.pk, state=seen.state).update(**changes) != 1:
        raise LoopTrouble(cases.STALE)
    fresh.refresh_from_db()
    _note(row, f"{line.kind}.{act}", fresh, at=at, by=by, reason=reason)
    case_facts.touch(loop, row, days=[fresh.due_on])
    if act == "return" and fresh.person_id is not None:
        _tell(loop, rows, row, fresh, [fresh.person_id], f"{rows.label}第 {fresh.no} 条被退回：{reason}", at=at)
    return fresh


def _of(loop: Loop, case: Case, kind: str) -> tuple[Case, Rows]:
    rows = loop.row(kind)
    if rows is None:
        raise LoopTrouble(f"“{loop.label}”没有“{kind}”这种明细")
    return Case.objects.select_for_update().get(pk=case.pk), rows


def _data(loop: Loop, rows: Rows, given: Mapping[str, Any], case: Case, *, partial: bool = False) -> dict[str, Any]:
    data = cases_view.read_fields(loop, rows.fields, given, plant=case.plant_id)
    missing = [f"请填写“{loop.field(c).label}”" for c in rows.needs if data.get(c) is None and not partial]
    if missing:
        raise LoopTrouble("\n".join(missing))
    return {code: value for code, value in data.items() if value is not None}


def _check_teams(loop: Loop, rows: Rows, data: Mapping[str, Any], *, on: dt.date, by: Account) -> None:
    """For a team speaks who leads it or belongs to it that day."""
    for field in (loop.field(code) for code in rows.fields if data.get(code) is not None):
        if field.kind is not Kind.TEAM:
            continue
        team = Team.objects.get(pk=data[field.code])
        if not Team.objects.on(on).filter(pk=team.pk).exists():
            raise LoopTrouble(f"“{team.name}”已经撤销，不能以它的名义填{rows.label}")
        if not TeamMember.objects.on(on).filter(team=team, person=by.person_id).exists():
            raise LoopTrouble(f"您不是“{team.name}”的队长或队员，不能以它的名义填{rows.label}")


def _changes(act: str, at: dt.datetime, by: Account) -> dict[str, Any]:
    found: dict[str, Any] = {"state": AFTER[act]}
    if act == "done":
        found |= {"done_by_id": by.person_id, "done_at": at}
    if act in ("pass", "drop"):
        found |= {"passed_by_id": by.person_id, "passed_at": at}
    if act == "return":
        found |= {"done_by_id": None, "done_at": None}
    return found


def _next(case: Case, kind: str) -> int:
    last = CaseRow.objects.filter(case=case, kind=kind).order_by("-no").values_list("no", flat=True).first()
    return (last or 0) + 1


def _note(case: Case, move: str, line: CaseRow, *, at: dt.datetime, by: Account, reason: str = "") -> None:
    """A line's act is a step of the case too: the timeline tells both."""
    Case.objects.filter(pk=case.pk).update(seen=case.seen + 1)
    CaseStep.objects.create(
        case=case, no=case.seen + 1, move=move, before=case.state, after=case.state, at=at, by=by,
        person_id=by.person_id, reason=reason.strip(), data={"no": line.no} | dict(line.data), due_at=case.due_at,
    )  # fmt: skip


def _tell(loop: Loop, rows: Rows, case: Case, line: CaseRow, people: list[int], text: str, *, at: dt.datetime) -> None:
    key = f"{case.pk}:{rows.code}:{line.no}:{line.returned}:{line.state}"
    said = f"{loop.label} {case.number}：{text}"
    cases_tell.tell(case, people, kind="line", text=said, key=key, at=at, urgent=loop.is_urgent(case.data))
