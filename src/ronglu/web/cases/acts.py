"""What is done to a case from its page: a move, a line, a remark. Refused, the page comes back with the draft and the reasons."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop, Rows
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.cases import forms
from ronglu.web.cases.forms import CaseForm
from ronglu.web.cases.frame import SEE, ground_of, loops_of
from ronglu.web.cases.inputs import Ground
from ronglu.web.cases.show import Posted, case_here, shown
from ronglu.web.cases.words import ACTS, LINKS
from ronglu.web.where import Here
from ronglu.web.words import named
from ronglu.work import case_links, case_rows, cases
from ronglu.work.queries import case_page
from ronglu.work.queries.cases import opened
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case, Person


@page(verb=SEE)
@require_POST
def move(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    made = loop.move(code)
    if made is None:
        raise Http404("没有这一步")
    form = forms.of_move(loop, made, _ground(request, case), seen=case.seen, case={}, parties={}, data=request.POST)

    def run() -> str:
        cases.move(
            loop=loop, case=case, code=code, seen=form.beside("seen"), given=form.given, at=clock.now(), by=me(request),
            scope=scope_of_request(request), reason=form.beside("reason") or "",
        )  # fmt: skip
        return _("已办：%s。") % named(made)

    return _do(request, case, loop, where, f"move.{code}", form, run)


@page(verb=SEE)
@require_POST
def line_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    rows = _rows(loop, kind)
    form = forms.of_new_line(loop, rows, _ground(request, case), data=request.POST)

    def run() -> str:
        case_rows.add(
            loop=loop, case=case, kind=kind, given=form.given, at=clock.now(), by=me(request), scope=scope_of_request(request),
            person=_person(form), due_on=form.beside("due_on"),
        )  # fmt: skip
        return _("已加一条%s。") % named(rows)

    return _do(request, case, loop, where, f"line.{kind}.add", form, run)


@page(verb=SEE)
@require_POST
def line_act(request: HttpRequest, pk: int, kind: str, no: int, act: str) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    rows, line = _rows(loop, kind), case_page.line_of(case, kind, no)
    lines = opened(scope=scope_of_request(request), loop=loop, case=case).lines[kind]
    if line is None or act not in case_rows.ACTS or no not in {one.no for one in lines}:
        raise Http404("没有这一条，或没有这一步")
    form = forms.of_act(loop, rows, act, no, _ground(request, case), line={}, data=request.POST)

    def run() -> str:
        case_rows.settle(
            loop=loop, line=line, act=act, at=clock.now(), by=me(request), scope=scope_of_request(request),
            reason=form.beside("reason") or "", given=form.given,
        )  # fmt: skip
        return _("%(rows)s第 %(no)d 条：%(act)s。") % {"rows": named(rows), "no": no, "act": ACTS[act]}

    return _do(request, case, loop, where, f"line.{kind}.{no}.{act}", form, run)


@page(verb=SEE)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    form = forms.of_comment(request.POST)

    def run() -> str:
        cases.comment(case=case, text=form.beside("text"), at=clock.now(), by=me(request))
        return _("留言已记下。")

    return _do(request, case, loop, where, "comment", form, run)


@page(verb=SEE)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    form = forms.of_link(request.POST)

    def run() -> str:
        made = case_links.connect(
            loop=loop, loops=loops_of(case.plant), case=case, number=form.beside("number"), kind=form.beside("kind"),
            at=clock.now(), by=me(request), scope=scope_of_request(request),
        )  # fmt: skip
        return _("已关联：%(kind)s %(number)s。") % {"kind": LINKS[made.kind], "number": made.other.number}

    return _do(request, case, loop, where, "link", form, run)


@page(verb=SEE)
@require_POST
def unlink(request: HttpRequest, pk: int, other: int, kind: str) -> HttpResponse:
    case, loop, where = case_here(request, pk)
    form = forms.made({}, name="unlink", data=request.POST)

    def run() -> str:
        case_links.disconnect(
            loop=loop, case=case, other=other, kind=kind, at=clock.now(), by=me(request), scope=scope_of_request(request)
        )  # fmt: skip
        return _("关联已解除，经过里留有记录。")

    return _do(request, case, loop, where, "unlink", form, run)


def _do(
    request: HttpRequest, case: "Case", loop: Loop, where: Here, key: str, form: CaseForm, run: Callable[[], str]
) -> HttpResponse:
    """Done and back to the page; or the page as it is now, with the form as it was filled in."""
    if form.is_valid():
        try:
            messages.success(request, run())
            return redirect("case", pk=case.pk)
        except LoopTrouble as trouble:
            form.say(trouble)
    fresh, loop, where = case_here(request, case.pk)
    # whoever sends the draft once more has now seen the newest step
    form.data = form.data.copy()
    form.data["case-seen"] = fresh.seen
    return shown(request, fresh, loop, where, posted=Posted(key, form))


def _rows(loop: Loop, kind: str) -> Rows:
    rows = loop.row(kind)
    if rows is None:
        raise Http404("没有这种明细")
    return rows


def _person(form: CaseForm) -> "Person | None":
    key: Any = form.beside("person")
    return case_page.person(key) if key else None


def _ground(request: HttpRequest, case: "Case") -> Ground:
    return ground_of(request, Places(case.plant, clock.today()))
