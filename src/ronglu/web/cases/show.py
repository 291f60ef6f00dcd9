"""The page of one case: its life, what it is about, whose turn it is, and what the reader may do now or why not yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.loops import engine
from ronglu.kernel.loops.engine import Offer
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.web.access import page, scope_of_request
from ronglu.web.cases import forms, life
from ronglu.web.cases.forms import CaseForm
from ronglu.web.cases.frame import SEE, ground_of, loops_of, may_raise, place_of
from ronglu.web.cases.inputs import Ground
from ronglu.web.cases.telling import Teller, parties_of, timeline
from ronglu.web.cases.words import ACTS, LINE_MARKS, LINE_STATES, LINKS, MARKS, due_words, holder_of, state_word
from ronglu.web.effects.subjects import hung
from ronglu.web.where import Here, here
from ronglu.web.words import named, unit_sign
from ronglu.work import cases
from ronglu.work.queries import case_page
from ronglu.work.queries.case_links import Link
from ronglu.work.queries.case_page import CasePage
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Case

# loops that change how work is done, and so may have an effect
ASKED_OF_EFFECT = frozenset({"idea", "bounty", "parameter", "project", "gap", "sop"})


@dataclass(frozen=True, slots=True)
class Button:
    """One move or act: a form behind it, or why it may not be pressed yet."""

    key: str
    label: str
    url: str
    form: CaseForm | None = None
    why: tuple[str, ...] = ()
    main: bool = False
    folded: bool = True

    @property
    def asks(self) -> bool:
        return self.form is not None and bool(self.form.visible_fields())


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that was refused: it stands where it stood, with what was written and why it was refused."""

    key: str
    form: CaseForm


@page(verb=SEE)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    found, loop, where = case_here(request, pk)
    return shown(request, found, loop, where)


def case_here(request: HttpRequest, pk: int) -> "tuple[Case, Loop, Here]":
    """The case of an address; one that this reader may not know of does not exist."""
    scope = scope_of_request(request)
    plants = scope.plants(SEE)
    loops = {code: loop for one in plants for code, loop in loops_of(one).items()}
    found = case_page.found(scope=scope, loops=loops, pk=pk)
    if found is None:
        raise Http404("没有这件事项，或不在您的范围内")
    return found, loops_of(found.plant)[found.loop], here(request, SEE, of=found.plant)


def shown(
    request: HttpRequest, found: "Case", loop: Loop, where: Here, *, posted: Posted | None = None
) -> HttpResponse:  # fmt: skip
    scope, now, loops = scope_of_request(request), clock.now(), loops_of(found.plant)
    told = case_page.read(scope=scope, loops=loops, loop=loop, case=found, on=now.date())
    places = Places(found.plant, now.date())
    teller, ground = Teller(loop, told.names, places), ground_of(request, places, told.names.people)
    buttons = _buttons(loop, told, ground, posted)
    kinds = [_kind(loop, lines, teller, ground, found, posted) for lines in told.lines]
    effects = _effects(scope, found)
    keys = {one.key for one in _all(buttons, kinds)} | ({"comment", "link"} if told.open.inside else {"comment"})
    context = {
        "here": where, "case": found, "loop": loop, "told": told, "place": place_of(found, places),
        "crumbs": _crumbs(loop, found, where), "mark": MARKS.get(found.phase, "nothing"),
        "state": state_word(loop, found.state), "due": due_words(found, now), "holder": holder_of(loop, found),
        "stages": life.stages(loop, found, told.steps), "band": life.band(loop, found, told.steps, now),
        "facts": [*teller.pairs(found.data), *_figures(loop, told)], "parties": parties_of(teller, told), "body": places.body_name(found.body_id),
        "buttons": buttons, "kinds": kinds, "of_lines": any(line["buttons"] for kind in kinds for line in kind["table"]), "may_act": _turn(_acts(buttons, kinds)), "second": _second(loop, told), "timeline": timeline(teller, told),
        "why_not": _why_not(found, told), "comment": _of(posted, "comment") or forms.of_comment(),
        "links": [_link(one, loops, places) for one in told.links.links],
        "join": (_of(posted, "link") or forms.of_link()) if told.open.inside else None, "files": told.files,
        "earlier": [(other, state_word(loop, other.state)) for other in told.earlier],
        "alike": [(one.case, state_word(loop, one.case.state), one.here) for one in told.alike],
        "draft": _draft(posted) if posted and posted.key not in keys else None,
        "posted": posted, "effects": effects, "hung": hung(request, found.plant, "case", found.number) if effects else None,
        "may_adopt": cases.may_adopt(loop, found) and may_raise(scope, loop, found.plant),
    }  # fmt: skip
    return render(request, "cases/case.html", context, status=422 if posted else 200)


def _effects(scope: Scope, found: "Case") -> str:
    """Where it is judged whether a change of how one works did any good; of the others nothing is asked."""
    asks = found.loop in ASKED_OF_EFFECT and found.unit_id and found.secrecy == "open" and scope.has("boards.see")
    return f"{reverse('effects')}?plant={found.plant.code}&case={found.number}" if asks else ""


def _acts(buttons: list[Button], kinds: list[dict[str, Any]]) -> list[Button]:
    """What it is somebody's turn for: a line may be added by many whose turn it is not."""
    return [*buttons, *(one for kind in kinds for line in kind["table"] for one in line["buttons"])]


def _turn(acts: list[Button]) -> bool:
    """Whether it waits for the reader: the way onward is open, or will be once what is lacking is there. Who may only
    withdraw his own, or drop it, is not waited for.
    """
    able = [one for one in acts if one.form]
    return any(one.main for one in able) or (bool(able) and len(able) < len(acts))


def _all(buttons: list[Button], kinds: list[dict[str, Any]]) -> list[Button]:
    return [*buttons, *(one for kind in kinds for one in kind["buttons"])]


def _buttons(loop: Loop, told: CasePage, ground: Ground, posted: Posted | None) -> list[Button]:
    """What may be done now first, the main one unfolded; then what is still refused, with the reason."""
    offers = sorted(told.open.offers, key=lambda one: (not one.open, not one.move.main))
    return [_button(loop, told, ground, one, posted, first=n == 0) for n, one in enumerate(offers)]


def _button(loop: Loop, told: CasePage, ground: Ground, offer: Offer, posted: Posted | None, *, first: bool) -> Button:
    move, case = offer.move, told.open.case
    key, url = f"move.{move.code}", reverse("case_move", args=[case.pk, move.code])
    mine = _of(posted, key)
    if not offer.open and mine is None:
        return Button(key, named(move), url, why=offer.refusals)
    form = mine or forms.of_move(loop, move, ground, seen=case.seen, case=case.data, parties=told.open.view.parties)
    return Button(
        key, named(move), url, form, main=move.main and offer.open, folded=not (mine or (first and move.main))
    )


def _kind(
    loop: Loop, lines: case_page.Lines, teller: Teller, ground: Ground, case: "Case", posted: Posted | None
) -> dict[str, Any]:  # fmt: skip
    """The table of one kind of lines, each with what may be done with it."""
    rows, told = lines.rows, lines_told(loop, lines, teller)
    buttons: list[Button] = []
    for line, shown_line in zip(lines.lines, told["table"], strict=True):
        shown_line["buttons"] = [_act(loop, rows, line, act, ground, case, posted) for act in line.acts]
        buttons += shown_line["buttons"]
    if lines.may_add:
        key = f"line.{rows.code}.add"
        form = _of(posted, key) or forms.of_new_line(loop, rows, ground)
        buttons.append(
            Button(key, "", reverse("case_line_add", args=[case.pk, rows.code]), form, folded=not form.is_bound)
        )
    return told | {"add": buttons[-1] if lines.may_add else None, "why": lines.why, "buttons": buttons}


def lines_told(loop: Loop, lines: case_page.Lines, teller: Teller) -> dict[str, Any]:
    """The table of one kind of lines, as the page and the sheet of paper show it."""
    rows = lines.rows
    codes = [code for code in rows.fields if any(line.row.data.get(code) not in (None, "") for line in lines.lines)]
    heads = [named(loop.field(code)) for code in codes]
    table = [
        {
            "row": line.row, "state": LINE_STATES[line.row.state], "mark": LINE_MARKS[line.row.state],
            "told": [(head, _filled(loop, teller, code, line.row.data)) for code, head in zip(codes, heads, strict=True)],
            "who": teller.names.person(line.row.person_id) or teller.names.person(line.row.added_by_id),
            "passed_by": teller.names.person(line.row.passed_by_id),
        }
        for line in lines.lines
    ]  # fmt: skip
    return {"rows": rows, "heads": heads, "table": table, "unseen": lines.unseen, "tally": _tally(lines)}


def _filled(loop: Loop, teller: Teller, code: str, data: Mapping[str, Any]) -> str:
    return "" if data.get(code) in (None, "") else teller.value(loop.field(code), data[code])


def _act(
    loop: Loop, rows: Any, line: case_page.Line, act: case_page.Act, ground: Ground, case: "Case", posted: Posted | None
) -> Button:  # fmt: skip
    row = line.row
    key, url = (
        f"line.{rows.code}.{row.no}.{act.code}",
        reverse("case_line_act", args=[case.pk, rows.code, row.no, act.code]),
    )
    label = str(ACTS[act.code])
    if act.why:
        return Button(key, label, url, why=(act.why,))
    form = _of(posted, key) or forms.of_act(loop, rows, act.code, row.no, ground, line=row.data)
    return Button(key, label, url, form, main=act.code in ("done", "pass"), folded=not form.is_bound)


def _tally(lines: case_page.Lines) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for line in lines.lines:
        word = str(LINE_STATES[line.row.state])
        found[word] = found.get(word, 0) + 1
    return list(found.items()) if lines.rows.closes else []


def _link(one: Link, loops: Mapping[str, Loop], places: Places) -> tuple[Link, str, str]:
    """Its word, and how the other case stands; of one that the reader may not open only where it is."""
    word = str(LINKS.get(one.kind, one.kind))
    if not one.opens:
        return one, word, places.unit_name(one.case.unit_id) or places.body_name(one.case.body_id)
    return one, word, state_word(loops[one.case.loop], one.case.state)


def _figures(loop: Loop, told: CasePage) -> list[tuple[str, str]]:
    """Numbers that follow from what was filled in, as far as they count yet."""
    found = [(named(one), one.of(told.open.view), one.unit) for one in loop.figures]
    return [(label, f"{text} {unit_sign(unit)}".strip()) for label, text, unit in found if text]


def _second(loop: Loop, told: CasePage) -> str:
    """Who did the work, for one who is about to judge it and is none of them."""
    judges = [one for one in told.open.offers if one.open and loop.state(one.move.to).phase is Phase.CLOSED]
    if not judges or loop.state(told.open.case.state).phase is not Phase.VERIFYING:
        return ""
    return _("、").join(
        sorted(told.names.person(pk) for pk in engine.doers(loop, told.open.view) if pk in told.names.people)
    )


def _why_not(case: "Case", told: CasePage) -> str:
    """A case that is not taken up says why in its own words."""
    if case.phase != Phase.DROPPED:
        return ""
    return next((step.reason for step in reversed(told.steps) if step.after == case.state and step.reason), "")


def _draft(posted: Posted) -> list[tuple[str, str]]:
    """What was written into a form that is no longer there: the case went on meanwhile."""
    written: Mapping[str, Any] = posted.form.data
    return [
        (str(f.label), written.get(f.html_name, "")) for f in posted.form.visible_fields() if written.get(f.html_name)
    ]


def _of(posted: Posted | None, key: str) -> CaseForm | None:
    return posted.form if posted and posted.key == key else None


def _crumbs(loop: Loop, case: "Case", where: Here) -> list[tuple[str, str]]:
    top = reverse("cases") + where.tail
    return [(_("闭环"), top), (named(loop), reverse("cases_loop", args=[loop.code]) + where.tail), (case.number, "")]
