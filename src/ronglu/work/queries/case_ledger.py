"""The printed ledger (台账) of a loop: what stands under each column of its declaration, for any number of cases at once."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.loops.engine import CaseView, kept_back
from ronglu.kernel.loops.field import Field, Kind
from ronglu.kernel.loops.loop import Column, Loop, Phase
from ronglu.store.models import Case, CaseParty, CaseRow, CaseStep
from ronglu.work import cases_view
from ronglu.work.queries.case_page import Names, names_of
from ronglu.work.scope import Scope

Cell = str | dt.date | None
Say = Callable[[Field, Any, Names], str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What is read once for all rows."""

    names: Names
    parties: Mapping[int, Mapping[str, list[int]]]
    rows: Mapping[int, Sequence[CaseRow]]
    closers: Mapping[int, int | None]
    views: Mapping[int, CaseView]


def columns(loop: Loop) -> tuple[Column, ...]:
    """Those declared; a loop without a ledger of its own is told by what every case has."""
    return loop.ledger or (
        Column("编号", "number"), Column("日期", "raised_on"), Column("地点", "place"), Column("内容", "title"),
        Column("状态", "state"), Column("闭环日期", "closed_on"), Column("验收人", "closed_by"),
    )  # fmt: skip


def cells(
    loop: Loop, cases: Sequence[Case], *, say: Say, place: Callable[[Case], str], state: Callable[[str], str],
    scope: Scope,
) -> list[list[Cell]]:  # fmt: skip
    """Five queries, three more where a column is reckoned. `say` puts a field's value in words, `place` and `state` name what the numbers mean; lines kept back stay so."""
    ground = _ground(loop, cases, scope)
    shown = columns(loop)
    return [[_cell(loop, case, column.of, ground, say, place, state) for column in shown] for case in cases]


def _cell(
    loop: Loop, case: Case, of: str, ground: Ground, say: Say, place: Callable[[Case], str], state: Callable[[str], str]
) -> Cell:  # fmt: skip
    kind, _colon, code = of.partition(":")
    match kind:
        case "number":
            return case.number
        case "raised_on":
            return case.raised_at.date()
        case "place":
            return place(case)
        case "title":
            return case.title
        case "state":
            return state(case.state)
        case "closed_on":
            return case.closed_at.date() if case.closed_at else None
        case "closed_by":
            return ground.names.person(ground.closers.get(case.pk))
        case "raised_by":
            return ground.names.person(case.raised_by_id)
        case "party":
            return "、".join(map(ground.names.person, ground.parties.get(case.pk, {}).get(code, [])))
        case "rows":
            return _lines(loop, code, ground.rows.get(case.pk, ()), lambda row: _whole(loop, row, ground, say))
        case "row":
            return _lines(loop, "", ground.rows.get(case.pk, ()), lambda row: _said(loop, code, row.data, ground, say))
        case "figure":
            figure = loop.figure(code)
            said = figure.of(ground.views[case.pk]) if figure else ""
            return f"{said} {figure.unit}".strip() if figure and said else ""
        case _:
            return _day(loop, of, case.data) or _said(loop, of, case.data, ground, say)


def _whole(loop: Loop, row: CaseRow, ground: Ground, say: Say) -> str:
    """A line in one text: its first field, who does it, until when."""
    rows = loop.row(row.kind)
    first = _said(loop, rows.fields[0], row.data, ground, say) if rows else ""
    more = [ground.names.person(row.person_id), f"{row.due_on:%m-%d}" if row.due_on else ""]
    aside = " ".join(filter(None, more))
    return f"{first}（{aside}）" if aside else first


def _lines(loop: Loop, kind: str, rows: Iterable[CaseRow], told: Callable[[CaseRow], str]) -> str:
    found = [(row.no, said) for row in rows if (not kind or row.kind == kind) and (said := told(row))]
    return found[0][1] if len(found) == 1 else "\n".join(f"{no}. {said}" for no, said in found)


def _said(loop: Loop, code: str, data: Mapping[str, Any], ground: Ground, say: Say) -> str:
    one = next((field for field in loop.fields if field.code == code), None)
    return "" if one is None or data.get(code) in (None, "") else say(one, data[code], ground.names)


def _day(loop: Loop, code: str, data: Mapping[str, Any]) -> dt.date | None:
    """A date field as a date, so that a workbook sorts it."""
    is_date = any(field.code == code and field.kind is Kind.DATE for field in loop.fields)
    return dt.date.fromisoformat(data[code]) if is_date and data.get(code) else None


def _ground(loop: Loop, cases: Sequence[Case], scope: Scope) -> Ground:
    by_key, readers = {case.pk: case for case in cases}, scope.hands
    parties: dict[int, dict[str, list[int]]] = {}
    for party in CaseParty.objects.filter(case__in=by_key).order_by("pk"):
        parties.setdefault(party.case_id, {}).setdefault(party.role, []).append(party.person_id)
    sets = {pk: {role: frozenset(found) for role, found in roles.items()} for pk, roles in parties.items()}
    inside = {pk for pk, case in by_key.items() if cases_view.inside(loop, case, scope, sets.get(pk, {}))}
    rows: dict[int, list[CaseRow]] = {}
    for row in CaseRow.objects.filter(case__in=by_key).exclude(state="dropped").order_by("case", "kind", "no"):
        own, rows_of = {row.added_by_id, row.person_id} & readers, loop.row(row.kind)
        state = by_key[row.case_id].state
        if own or rows_of is None or not kept_back(loop, rows_of, state, inside=row.case_id in inside):
            rows.setdefault(row.case_id, []).append(row)
    closers = _closers(loop, by_key)
    named = {one for roles in parties.values() for found in roles.values() for one in found} | set(closers.values())
    every = [row for found in rows.values() for row in found]
    figures = any(column.of.startswith("figure:") for column in columns(loop))
    views = cases_view.views(loop, cases) if figures else {}
    return Ground(names_of(loop, cases, rows=every, more=named), parties, rows, closers, views)


def _closers(loop: Loop, cases: Iterable[int]) -> dict[int, int | None]:
    """Who made the step that closed each case, the last time it was closed by a person."""
    closed = [state.code for state in loop.states if state.phase is Phase.CLOSED]
    steps = CaseStep.objects.filter(case__in=cases, after__in=closed, person__isnull=False).exclude(before__in=closed)
    return dict(steps.order_by("no").values_list("case_id", "person_id"))
