"""专项自查 in the browser: planned, held, and what it found as cases with one person and one day."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, back_to, chosen, known, on, perform, within
from ronglu.web.integrity import forms
from ronglu.web.integrity.frame import CHIPS, bar, deed_page
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named, pack_of
from ronglu.work import inspections as verbs
from ronglu.work.queries import integrity as queries
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import SelfInspection

SEE, FILL, ACT = queries.SEE, queries.FILL, queries.ACT
UP = (_("专项自查"), "inspections")
NEW = Deed(
    label=_("排一次自查"), icon="plus", form=forms.Planned, run=lambda plant, **said: verbs.plan(**said), done=_("已排定。"),
    says=_("写明查什么、哪天前查完；到期没有查的，从 A7 扣 1 分。"),
)  # fmt: skip
FIND = Deed(
    label=_("登记一个问题"), icon="plus", form=forms.FoundForm, run=on(verbs.find, "inspection"),
    done=_("已开成行动项，责任人的待办里有了。"), says=_("每个问题一个责任人、一个期限；整改逾期的，每项从 A7 扣 2 分。"),
    shown=lambda row: row.state == "held",
)  # fmt: skip
DEEDS = {
    "hold": Deed(
        label=_("登记自查"), icon="check", form=forms.Held, run=on(verbs.hold, "inspection"), done=_("已登记。查出的问题请逐条登记。"),
        shown=lambda row: row.state == "planned",
    ),
    "find": FIND,
    "drop": Deed(
        label=_("取消"), icon="x", form=forms.Reasoned, run=on(verbs.drop, "inspection"), done=_("已取消。"),
        shown=lambda row: row.state == "planned",
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    year = year_asked(request, where)
    found = queries.inspections(scope=scope, places=Places(where.plant, where.on), year=year)
    context = {
        "bar": bar(request, where, "inspections"),
        "year": str(year),
        "years": [(str(one), str(one)) for one in range(where.on.year, where.on.year - 3, -1)],
        "rows": [(one, *_chip(one, where.on)) for one in found],
        "may_plan": scope.has(FILL),
        "tail": where.tail,
    }
    return render(request, "integrity/inspections.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.inspection(scope=scope, pk=pk))
    where, loops = here(request, SEE, of=row.body.plant), pack_of(row.body.plant.code).loops
    found = queries.inspected(row, Places(row.body.plant, where.on))
    context = {
        "one": found,
        "row": row,
        "chip": _chip(found, where.on),
        "cases": [(case, named(loops[case.loop].state(case.state))) for case in found.cases],
        "deeds": _deeds(row, scope),
        "may_find": scope.may(FILL, row.body) is not None and scope.may(ACT, row.body) is None and FIND.shown(row),
        "find": FIND,
        "tail": where.tail,
        "crumbs": [(gettext("专项自查"), reverse("inspections") + where.tail), (row.title, "")],
    }
    return render(request, "integrity/inspection.html", context)


@page(verb=FILL)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, FILL)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=back_to(*UP, where),
        places=within(request, where, bodies=FILL),
    )  # fmt: skip


@page(verb=FILL)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    scope = scope_of_request(request)
    row = known(queries.inspection(scope=scope, pk=pk))
    require(request, FILL, row.body)
    return _done(request, row, deed, scope, here(request, FILL, of=row.body.plant))


@page(verb=ACT)
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Discipline writes down what it found in an inspection that was held; the inspection itself is the body's own."""
    scope = scope_of_request(request)
    row = known(queries.inspection(scope=scope, pk=pk))
    require(request, ACT, row.body)
    return _done(request, row, "find", scope, here(request, ACT, of=row.body.plant))


def _done(request: HttpRequest, row: "SelfInspection", deed: str, scope: Scope, where: Here) -> HttpResponse:
    found = chosen(DEEDS, deed, row)
    if deed == "find":
        loop = pack_of(row.body.plant.code).loops.get("action")
        if loop is None:
            raise Http404("本厂没有行动项")
        run = found.run
        found = replace(found, run=lambda subject, **said: run(subject, loop=loop, scope=scope, **said))
    back = reverse("inspection", args=[row.pk]) + where.tail
    return perform(
        request, found, subject=row, title=row.title, back=back, places=Places(row.body.plant, where.on),
        crumbs=[(gettext("专项自查"), reverse("inspections") + where.tail), (row.title, back), (str(found.label), "")],
    )  # fmt: skip


def _deeds(row: "SelfInspection", scope: Scope) -> list[tuple[str, Deed]]:
    if scope.may(FILL, row.body) is not None:
        return []
    barred = {"drop"} if row.planned_by_id == scope.account_id else set()
    return [(word, deed) for word, deed in DEEDS.items() if deed.shown(row) and word not in barred]


def _chip(one: queries.Inspected, on: object) -> tuple[str, object]:
    if one.overdue(on):  # type: ignore[arg-type]
        return "late", _("到期没有查")
    return CHIPS[one.row.state], one.row.get_state_display()
