"""Everything the page of one case shows besides what may be done: its steps, lines, people, links and what happened there before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import FILES, REMARKS, Loop, Rows
from ronglu.store.models import Attachment, Case, CaseComment, CaseRow, CaseStep, Person, Team, Zone
from ronglu.work import cases_tell, cases_view
from ronglu.work.cases_view import actor
from ronglu.work.queries import case_links
from ronglu.work.queries.case_links import Links
from ronglu.work.queries.cases import Open, opened, same_place, visible
from ronglu.work.queries.cases_similar import Similar, before
from ronglu.work.scope import Scope

EARLIER = 5


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the numbers in a case stand for; units and bodies are named by the places of the page."""

    people: Mapping[int, Person] = field(default_factory=dict)
    zones: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)

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
    """The lines of one kind that this reader may see; `unseen` others are kept from everybody, or from mere readers."""

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
    files: tuple[Attachment, ...]
    links: Links
    earlier: tuple[Case, ...]
    alike: tuple[Similar, ...]
    """For who has to decide on it."""


def read(*, scope: Scope, loops: Mapping[str, Loop], loop: Loop, case: Case, on: dt.date) -> CasePage:
    """A fixed number of queries. Linked and earlier cases are named only where this reader may see them; remarks and files too."""
    shown = opened(scope=scope, loop=loop, case=case)
    steps = tuple(CaseStep.objects.filter(case=case).order_by("no"))
    rows = tuple(CaseRow.objects.filter(case=case).order_by("kind", "no"))
    comments = tuple(c for c in CaseComment.objects.filter(case=case).order_by("pk") if _told(loop, shown, scope, c))
    files = tuple(Attachment.objects.filter(case=case).order_by("pk"))
    links = case_links.read(scope=scope, loops=loops, case=case, steps=steps)
    kinds = tuple(_lines(loop, shown, scope, one, rows) for one in loop.rows)
    return CasePage(
        open=shown,
        names=names_of(loop, [case], steps=steps, rows=rows, more=_named(shown, comments)),
        steps=tuple(s for s in steps if _may_read(loop, shown, scope, s) and case_links.may_read(s, links.known)),
        lines=kinds,
        comments=comments,
        files=tuple(file for file in files if _served(loop, scope, file, steps, inside=shown.inside)),
        links=links,
        earlier=tuple(visible(scope, loops).filter(pk__in=same_place(case, on=on).values("pk"))[:EARLIER]),
        alike=before(scope=scope, loop=loop, case=case) if shown.offers else (),
    )


def found(*, scope: Scope, loops: Mapping[str, Loop], pk: int) -> Case | None:
    """A case by its key, if this reader may know of it."""
    rows = visible(scope, loops).filter(pk=pk)
    return rows.select_related("plant", "unit", "zone", "body", "raised_by", "holder").first()


def may_open(*, scope: Scope, loop: Loop, file: Attachment) -> bool:
    """Whether a file of a case that this reader may see is for him too."""
    case = file.case
    inside = cases_view.inside(loop, case, scope, cases_tell.parties_of([case.pk]).get(case.pk, {}))
    return _served(loop, scope, file, CaseStep.objects.filter(case=case).order_by("no"), inside=inside)


def line_of(case: Case, kind: str, no: int) -> CaseRow | None:
    return CaseRow.objects.filter(case=case, kind=kind, no=no).select_related("case").first()


def person(pk: int) -> Person:
    return Person.objects.get(pk=pk)


def names_of(
    loop: Loop, cases: Iterable[Case], *, steps: Iterable[CaseStep] = (), rows: Iterable[CaseRow] = (),
    more: Iterable[int | None] = (),
) -> Names:  # fmt: skip
    """Three queries at most for any number of cases."""
    people, zones, teams = set(more), set(), set()
    by_kind = {kind: {f.code for f in loop.fields if f.kind is kind} for kind in (Kind.PERSON, Kind.ZONE, Kind.TEAM)}
    parties = {party.code for party in loop.parties}
    for data in (*(c.data for c in cases), *(s.data for s in steps), *(r.data for r in rows)):
        people |= {data[code] for code in by_kind[Kind.PERSON] & data.keys()}
        people |= {one for code in parties & data.keys() for one in _listed(data[code])}
        zones |= {data[code] for code in by_kind[Kind.ZONE] & data.keys()}
        teams |= {data[code] for code in by_kind[Kind.TEAM] & data.keys()}
    people |= {one for c in cases for one in (c.raised_by_id, c.holder_id)}
    people |= {step.person_id for step in steps}
    people |= {one for row in rows for one in (row.person_id, row.added_by_id, row.done_by_id, row.passed_by_id)}
    return Names(
        Person.objects.in_bulk(people - {None}),
        dict(Zone.objects.filter(pk__in=zones - {None}).values_list("pk", "name")) if zones - {None} else {},
        dict(Team.objects.filter(pk__in=teams - {None}).values_list("pk", "name")) if teams - {None} else {},
    )


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


def _may_read(loop: Loop, shown: Open, scope: Scope, step: CaseStep) -> bool:
    """A step that wrote a line is as secret as the line."""
    kind, _, act = step.move.rpartition(".")
    rows = loop.row(kind) if act else None
    own = step.person_id in scope.hands
    return rows is None or own or not engine.kept_back(loop, rows, shown.case.state, inside=shown.inside)


def _told(loop: Loop, shown: Open, scope: Scope, remark: CaseComment) -> bool:
    """Remarks are talk among those who have a part in the case, where the loop says so."""
    return shown.inside or REMARKS not in loop.withheld or remark.person_id in scope.hands


def _served(loop: Loop, scope: Scope, file: Attachment, steps: Iterable[CaseStep], *, inside: bool) -> bool:
    """What was there when the case was published belongs to what was published; what came later may not."""
    if inside or FILES not in loop.withheld or file.person_id in scope.hands:
        return True
    published = next((step.at for step in steps if step.after in loop.published), None)
    return published is not None and file.at <= published


def _named(shown: Open, comments: Iterable[CaseComment]) -> set[int | None]:
    return {one.person_id for one in comments} | set().union(*shown.view.parties.values())


def _listed(value: object) -> list[int]:
    return list(value) if isinstance(value, list) else [value] if isinstance(value, int) else []
