"""A case on official paper: what it says, under its own headings, and its lines; the quarter's comment comes as its card."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.exchange.word.paper import Column, Paper
from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.web.access import page, scope_of_request
from ronglu.web.cases.frame import SEE, loops_of, place_of
from ronglu.web.cases.show import case_here, lines_told
from ronglu.web.cases.telling import Teller, parties_of, timeline
from ronglu.web.cases.words import due_words, state_word
from ronglu.web.papers import as_word
from ronglu.web.words import named
from ronglu.work.queries import case_page
from ronglu.work.queries.case_page import CasePage
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case

CARDS = ("monthly", "quarterly", "annual")
"""Loops whose paper is the comment itself, signed by the plant: nobody asks there who moved the case when."""


@page(verb=SEE)
def case(request: HttpRequest, pk: int) -> FileResponse:
    found, loop, where = case_here(request, pk)
    now = clock.now()
    scope, places = scope_of_request(request), Places(found.plant, now.date())
    told = case_page.read(scope=scope, loops=loops_of(found.plant), loop=loop, case=found, on=now.date())
    paper = paper_of(found, loop, told, Teller(loop, told.names, places), place=place_of(found, places))
    return as_word(paper.signed(where.plant.name, now.date()), name=f"{named(loop)}-{found.number}")


def paper_of(case: "Case", loop: Loop, told: CasePage, teller: Teller, *, place: str) -> Paper:
    now, card = clock.now(), loop.code in CARDS
    paper = Paper(f"{place}{named(loop)}" if card else _("%(loop)s办理单") % {"loop": named(loop)}, at=now)
    paper.under(f"（{case.title if card else case.number}）").space()
    long = [f.code for f in loop.fields if f.kind is Kind.LONG]
    facts = [*_known(case, loop, place), *parties_of(teller, told), *teller.pairs(case.data, without=long)]
    paper.heading(_("基本情况")).table([Column(_("事项"), 3), Column(_("内容"), 9)], facts)
    short = [f.code for f in loop.fields if f.code not in long]
    for label, text in teller.pairs(case.data, without=short):
        paper.heading(label).text(text)
    for lines in told.lines:
        if lines.lines:
            _lines(paper, lines_told(loop, lines, teller))
    if not card:
        _steps(paper, teller, told)
    return paper


def _known(case: "Case", loop: Loop, place: str) -> list[tuple[str, str]]:
    due = due_words(case, clock.now())
    known = [
        (_("编号"), case.number), (_("题目"), case.title), (_("地点"), place or "—"),
        (_("状态"), state_word(loop, case.state)), (_("提出日期"), f"{case.raised_at:%Y-%m-%d}"),
    ]  # fmt: skip
    return [*known, (_("期限"), f"{due.day:%Y-%m-%d}")] if due else known


def _lines(paper: Paper, kind: dict[str, Any]) -> None:
    closes = kind["rows"].closes
    columns = [Column(_("序"), 2, "center"), *(Column(head, 8) for head in kind["heads"])]
    columns.append(Column(_("谁办") if closes else _("谁填"), 4))
    if closes:
        columns += [Column(_("期限"), 5, "center"), Column(_("状态"), 4, "center")]
    paper.heading(named(kind["rows"])).table(columns, [_line(one, closes=closes) for one in kind["table"]])


def _line(one: dict[str, Any], *, closes: bool) -> list[object]:
    told = [one["row"].no, *(text for _head, text in one["told"]), one["who"] or "—"]
    return [*told, one["row"].due_on, one["state"]] if closes else told


def _steps(paper: Paper, teller: Teller, told: CasePage) -> None:
    columns = [Column(_("时间"), 3), Column(_("谁"), 2), Column(_("做了什么"), 4), Column(_("理由"), 5)]
    rows = [
        [f"{one.at:%Y-%m-%d}" if one.whole_day else f"{one.at:%Y-%m-%d %H:%M}", one.who or "—", one.what, one.reason]
        for one in timeline(teller, told) if not one.comment
    ]  # fmt: skip
    paper.heading(_("经过")).table(columns, rows)
