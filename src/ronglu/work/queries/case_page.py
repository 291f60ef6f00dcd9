"""Everything the page of one case shows besides what may be done: its steps, lines, people, links and what happened there before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop, Rows
from ronglu.store.models import Case, CaseComment, CaseLink, CaseRow, CaseStep, Person, Zone
from ronglu.work.cases_view import actor
from ronglu.work.queries.cases import Open, opened, people, same_place, visible
from ronglu.work.scope import Scope

EARLIER = 5


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the numbers in a case stand for; units and bodies are named by the places of the page."""

    people: Mapping[int, Person] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)

    def person(self, pk: int | None) -> str:
        return self.people[pk].name if pk in self.people else ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done with a line: done, pass, return or drop; `why` says why not yet."""

    code: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    row: CaseRow
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one kind that this reader may see; `unseen` others are kept until the judging."""

    rows: Rows
    lines: tuple[Line, ...]
    unseen: int
    may_add: bool
    why: str


@dataclass(frozen=True, slots=True)
class CasePage:
    open: Open
    names: Names
    steps: tuple[CaseStep, ...]
    lines: tuple[Lines, ...]
    comments: tuple[CaseComment, ...]
    links: tuple[tuple[str, Case], ...]
    earlier: tuple[Case, ...]


def read(*, scope: Scope, loops: Mapping[str, Loop], loop: Loop, case: Case, on: dt.date) -> CasePage:
    """A fixed number of queries. Linked and earlier cases are named only where this reader may see them."""
    shown = opened(scope=scope, loop=loop, case=case)
    steps = tuple(CaseStep.objects.filter(case=case).order_by("no"))
    rows = tuple(CaseRow.objects.filter(case=case).order_by("kind", "no"))
    comments = tuple(CaseComment.objects.filter(case=case).order_by("pk"))
    kinds = tuple(_lines(loop, shown, scope, one, rows) for one in loop.rows)
    return CasePage(
        open=shown,
        names=names_of(loop, [case], steps=steps, rows=rows, more=_named(shown, comments)),
        steps=tuple(step for step in steps if _may_read(loop, case, scope, step)),
        lines=kinds,
        comments=comments,
        links=_links(scope, loops, case),
        earlier=tuple(visible(scope, loops).filter(pk__in=same_place(case, on=on).values("pk"))[:EARLIER]),
    )


def found(*, scope: Scope, loops: Mapping[str, Loop], pk: int) -> Case | None:
    """A case by its key, if this reader may know of it."""
    rows = visible(scope, loops).filter(pk=pk)
    return rows.select_related("plant", "unit", "zone", "body", "raised_by", "holder").first()


def line_of(case: Case, kind: str, no: int) -> CaseRow | None:
    return CaseRow.objects.filter(case=case, kind=kind, no=no).select_related("case").first()


def person(pk: int) -> Person:
    return Person.objects.get(pk=pk)


def names_of(
    loop: Loop, cases: Iterable[Case], *, steps: Iterable[CaseStep] = (), rows: Iterable[CaseRow] = (),
    more: Iterable[int | None] = (),
) -> Names:  # fmt: skip
    """Two queries at most for any number of cases."""
    people, zones = set(more), set()
    by_kind = {kind: {f.code for f in loop.fields if f.kind is kind} for kind in (Kind.PERSON, Kind.ZONE)}
    parties = {party.code for party in loop.parties}
    for data in (*(c.data for c in cases), *(s.data for s in steps), *(r.data for r in rows)):
        people |= {data[code] for code in by_kind[Kind.PERSON] & data.keys()}
        people |= {one for code in parties & data.keys() for one in _listed(data[code])}
        zones |= {data[code] for code in by_kind[Kind.ZONE] & data.keys()}
    people |= {one for c in cases for one in (c.raised_by_id, c.holder_id)}
    people |= {step.person_id for step in steps}
    people |= {one for row in rows for one in (row.person_id, row.added_by_id, row.done_by_id, row.passed_by_id)}
    return Names(
        Person.objects.in_bulk(people - {None}),
        dict(Zone.objects.filter(pk__in=zones - {None}).values_list("pk", "name")) if zones - {None} else {},
    )


def kept_back(loop: Loop, case: Case, kind: str, whose: set[int | None], readers: frozenset[int]) -> bool:
    """Whether a line of these persons is still kept from these readers: a bid of another before the judging."""
    rows = loop.row(kind)
    return rows is not None and case.state in rows.hidden and not whose & readers


def _lines(loop: Loop, shown: Open, scope: Scope, rows: Rows, all_rows: Iterable[CaseRow]) -> Lines:
    case, who = shown.case, actor(scope, shown.case)
    mine = [row for row in all_rows if row.kind == rows.code]
    known = {view.no for view in shown.lines[rows.code]}
    seen = [row for row in mine if row.no in known]
    words = engine.words_of(loop, shown.view, who)
    refused = engine.row_refusals(loop, shown.view, who, rows, "add", None)
    return Lines(
        rows,
        tuple(Line(row, tuple(_acts(loop, shown, who, rows, row, words))) for row in seen),
        len(mine) - len(seen),
        not refused,
        refused[0] if refused and words & set(rows.by) and not loop.state(case.state).phase.over else "",
    )


def _acts(
    loop: Loop, shown: Open, who: engine.Actor, rows: Rows, row: CaseRow, words: frozenset[str]
) -> Iterable[Act]:  # fmt: skip
    """What is his to do with a line, and what would be his were he not the one who did it."""
    if not rows.closes:
        return
    view = next(one for one in shown.view.lines(rows.code) if one.no == row.no)
    for code in {"open": ("done", "drop"), "done": ("pass", "return")}.get(row.state, ()):
        refused = engine.row_refusals(loop, shown.view, who, rows, code, view)
        if not refused:
            yield Act(code)
        elif code == "pass" and words & set(rows.passed_by):
            yield Act(code, refused[0])


def _may_read(loop: Loop, case: Case, scope: Scope, step: CaseStep) -> bool:
    """A step that wrote a line is as secret as the line."""
    kind, _, act = step.move.rpartition(".")
    return not (act and kind) or not kept_back(loop, case, kind, {step.person_id}, people(scope))


def _links(scope: Scope, loops: Mapping[str, Loop], case: Case) -> tuple[tuple[str, Case], ...]:
    """(kind, the other case); what points here is told by its own word with `from_` before."""
    rows = list(CaseLink.objects.filter(case=case).order_by("pk").values_list("kind", "other_id"))
    known = {pk for _kind, pk in rows}
    back = CaseLink.objects.filter(other=case).order_by("pk").values_list("kind", "case_id")
    rows += [(f"from_{kind}", pk) for kind, pk in back if pk not in known]
    cases = visible(scope, loops).in_bulk({pk for _kind, pk in rows}) if rows else {}
    return tuple((kind, cases[pk]) for kind, pk in rows if pk in cases)


def _named(shown: Open, comments: Iterable[CaseComment]) -> set[int | None]:
    return {one.person_id for one in comments} | set().union(*shown.view.parties.values())


def _listed(value: object) -> list[int]:
    return list(value) if isinstance(value, list) else [value] if isinstance(value, int) else []
