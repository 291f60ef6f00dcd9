"""Assay sheets in the browser: the list and a month's grades by line, one sheet limit by limit, the forms that change one."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ronglu.config import clock
from ronglu.kernel.named_codes import NamedCode
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.assays import forms
from ronglu.web.assays.asked import Asked, asked_for, table_asked
from ronglu.web.book import Sheet
from ronglu.web.cases.frame import may_raise
from ronglu.web.deeds import Deed, perform
from ronglu.web.halts.forms import minute
from ronglu.web.links import new_case
from ronglu.web.papers import taken
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import assays as verbs
from ronglu.work.queries import assays as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import AssaySheet

SEE, ENTER, CONFIRM = verbs.SEE, verbs.ENTER, verbs.CONFIRM
BRING = "imports.bring"
SIZE = 50
FEEDBACK = "feedback"
MARKS = {"entered": "awaiting_review", "confirmed": "good", "rejected": "watch", "superseded": "superseded"}
FOUND = {"graded": "good", "off": "watch", "unknown": "missing"}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request), scope_of_request(request)
    rows = Paginator(at.rows(), SIZE).get_page(request.GET.get("page"))
    context = {
        "at": at,
        "page": rows,
        "rows": [_row(at, row) for row in rows],
        "tables": [_month(at, table) for table in at.tables if at.lines(table)],
        "may_enter": scope.has(ENTER),
        "may_import": scope.has(ENTER) and scope.has(BRING),
        "note": at.tables[0].note if at.tables else "",
    }
    return render(request, "assays/list.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    elements = list(dict.fromkeys(element for table in at.tables for element in table.elements))
    heads = [_("产线"), _("批号"), _("标准"), _("取样时间"), _("批重 t"), _("结果"), _("状态"), _("第几版"), *elements]
    rows = [
        [at.places.unit_name(row.unit_id), row.lot, row.standard, f"{row.sampled_at:%Y-%m-%d %H:%M}", row.weight,
         _result(row), named(row.get_state_display()), row.version, *(row.values.get(one, "") for one in elements)]
        for row in at.rows()
    ]  # fmt: skip
    name = _("化验与品级")
    sheets = [Sheet(_("化验单"), heads, rows), *(_sheet(at, table) for table in at.tables if at.lines(table))]
    return taken(request, sheets, name=f"{at.here.plant.name}-{name}-{at.month}", organ=at.here.plant.name)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _sheet_here(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    versions = queries.versions(row)
    newest = versions[0].pk == row.pk
    own = row.entered_by_id == scope.account_id
    context = {
        "row": row,
        "here": where,
        "unit": places.unit_name(row.unit_id),
        "mark": MARKS[row.state],
        "found": (FOUND[row.outcome], _result(row)),
        "missing": named(row.verdict["missing"]),
        "decided": _decided(row),
        "grades": [
            (one["code"], _said(one), [(_said(line), line) for line in one["lines"]]) for one in row.verdict["grades"]
        ],
        "versions": [(one, MARKS[one.state], _result(one)) for one in versions],
        "cases": queries.cases(scope=scope, loops=pack_of(where.plant.code).loops, sheet=row),
        "feedback": _feedback(request, row, where),
        "may_correct": newest and scope.may(ENTER, row.unit) is None,
        "may_confirm": newest and row.state == "entered" and not own and scope.may(CONFIRM, row.unit) is None,
        "crumbs": [_up(where), (row.lot, "")],
    }
    return render(request, "assays/show.html", context)


@page(verb=ENTER)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, ENTER)
    table = table_asked(request, where)
    places = Within(where.plant, where.on, units_of=scope_of_request(request).reach(ENTER))
    lines = places.units(*(one.value for one in verbs.KINDS))
    deed = Deed(
        label=gettext_lazy("录入化验单"), icon="plus", form=forms.form_of(forms.New, table),
        run=lambda plant, **said: verbs.enter(**said), done=gettext_lazy("已录入，等另一人核对。"),
        says=gettext_lazy("没有测的空着，不写 0；低于检出限的写 <0.0001。"), yes=pgettext_lazy("动作", "录入"),
    )  # fmt: skip
    start = {"sampled_at": minute(clock.now()), "unit": lines[0][0] if len(lines) == 1 else None}
    return perform(
        request, deed, subject=where.plant, title=f"{named(table)} · {table.code}", back=_up(where)[1], places=places,
        initial=start, crumbs=[_up(where), (str(deed.label), "")], landing=lambda row: _address(row, where), template="assays/form.html",
    )  # fmt: skip


@page(verb=ENTER)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _sheet_here(request, pk)
    require(request, ENTER, row.unit)
    table = pack_of(where.plant.code).base.grades.table(row.standard)
    if table is None:
        raise Http404("本厂已没有这个标准的限值表")
    deed = Deed(
        label=gettext_lazy("更正化验单"), form=forms.form_of(forms.Corrected, table), done=gettext_lazy("已更正，等另一人核对。"),
        run=lambda sheet, **said: verbs.correct(sheet=sheet, **said), yes=gettext_lazy("存成新的一版"),
        says=gettext_lazy("原来的一版留着看得到；已核对的一版在新的一版核对以前仍然算数。"),
    )  # fmt: skip
    return _deed(
        request, deed, row, where, forms.told(row.values, row.sampled_at, row.weight), template="assays/form.html"
    )


@page(verb=CONFIRM)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _sheet_here(request, pk)
    require(request, CONFIRM, row.unit)
    deed = Deed(
        label=gettext_lazy("核对化验单"), icon="audited", form=forms.Compared, done=gettext_lazy("已核对。"),
        run=lambda sheet, **said: verbs.confirm(sheet=sheet, **said), says=gettext_lazy("对着化验室的单子看每个数；录入的人不能核对。"),
    )  # fmt: skip
    return _deed(request, deed, row, where, {})


def _deed(
    request: HttpRequest, deed: Deed, row: "AssaySheet", where: Here, start: dict[str, Any], **more: str
) -> HttpResponse:
    places, back = Places(where.plant, where.on), _address(row, where)
    crumbs = [_up(where), (row.lot, back), (str(deed.label), "")]
    return perform(
        request, deed, subject=row, title=f"{places.unit_name(row.unit_id)} · {row.lot}", back=back, places=places,
        initial=start, crumbs=crumbs, landing=lambda made: _address(made, where), **more,
    )  # fmt: skip


def _row(at: Asked, row: "AssaySheet") -> dict[str, Any]:
    return {
        "row": row,
        "unit": at.places.unit_name(row.unit_id),
        "mark": MARKS[row.state],
        "found": (FOUND[row.outcome], _result(row)),
        "decided": _decided(row),
        "missing": named(row.verdict["missing"]),
        "url": _address(row, at.here),
    }


def _result(row: "AssaySheet") -> str:
    return row.grade or str(named(row.get_outcome_display()))


def _decided(row: "AssaySheet") -> str:
    """The limits that kept it from a better grade, as the reader calls them."""
    words = {line["zh"]: _said(line) for one in row.verdict["grades"] for line in one["lines"]}
    return named([words[zh] for zh in row.verdict["decided"]])


def _said(kept: dict[str, Any]) -> str:
    """A grade or a limit as it was kept with the sheet, in the reader's language."""
    return named(NamedCode("", kept["zh"], kept["en"]))


def _month(at: Asked, table: Any) -> dict[str, Any]:
    lines = at.lines(table)
    whole = queries.total(tally for _name, tally in lines)
    codes = queries.results(at.book, table.code)
    best = codes[0]

    def cells(tally: queries.Tally) -> dict[str, Any]:
        return {
            "cells": [(at.words[code], tally.lots.get(code, 0), tally.weight(code)) for code in codes],
            "best": tally.lots.get(best, 0), "rated": tally.rated, "share": tally.share(best), "waiting": tally.waiting,
        }  # fmt: skip

    return {
        "table": table,
        "heads": [at.words[code] for code in codes],
        "best": at.words[best],
        "rows": [(name, cells(tally)) for name, tally in lines],
        "total": cells(whole),
    }


def _sheet(at: Asked, table: Any) -> Sheet:
    told = _month(at, table)
    heads = [_("产线")]
    for head in told["heads"]:
        heads += [f"{head} {_('批')}", f"{head} t"]
    heads += [_("待核对"), _("%s 批数占已评级") % told["best"]]
    rows = []
    for name, line in (*told["rows"], (_("合计"), told["total"])):
        flat = [part for _word, lots, weight in line["cells"] for part in (lots, "" if weight is None else weight)]
        share = f"{line['best']}／{line['rated']}" if line["rated"] else ""
        rows.append([name, *flat, line["waiting"], share])
    return Sheet(table.code.replace("/", " "), heads, rows)


def _feedback(request: HttpRequest, row: "AssaySheet", where: Here) -> str:
    """The address of a new quality feedback about this lot, where the reader may raise one."""
    loop = pack_of(where.plant.code).loops.get(FEEDBACK)
    if loop is None or not may_raise(scope_of_request(request), loop, where.plant):
        return ""
    return new_case(FEEDBACK, {"unit": row.unit_id, "lot": row.lot, "plant": where.plant.code})


def _sheet_here(request: HttpRequest, pk: int) -> "tuple[AssaySheet, Here]":
    row = queries.one(scope=scope_of_request(request), pk=pk)
    if row is None:
        raise Http404("没有这张化验单，或不在您的范围内")
    return row, here(request, SEE, of=row.plant)


def _address(row: "AssaySheet", where: Here) -> str:
    return reverse("assay", args=[row.pk]) + where.tail


def _up(where: Here) -> tuple[str, str]:
    return _("化验与品级"), reverse("assays") + where.tail
