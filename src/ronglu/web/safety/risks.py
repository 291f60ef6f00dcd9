"""The 风险清单 in the browser: the list by unit and grade, one risk with the hazards in which a control of it failed, its forms."""

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.papers import taken
from ronglu.web.safety import forms
from ronglu.web.safety.frame import bar, risk_deed
from ronglu.web.where import Here, here
from ronglu.web.words import named, said
from ronglu.work import risks as verbs
from ronglu.work.queries import cases
from ronglu.work.queries import risks as queries
from ronglu.work.queries.places import Places
from ronglu.work.tables.risks import HEADS, cells

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import Risk

SIZE = 50
UNGRADED = "none"
SEE, EDIT = queries.SEE, queries.EDIT
REGISTER = Deed(
    label=_("登记风险"), icon="plus", form=forms.Listed, done=_("已列入清单。"), yes=_("保存"),
    run=lambda plant, **said: verbs.register(plant=plant, **said),
)  # fmt: skip
DEEDS = {
    "change": Deed(label=_("改"), form=forms.Listed, run=on(verbs.change, "risk"), done=_("已改。"), yes=_("保存")),
    "end": Deed(
        label=_("移出清单"), icon="x", form=forms.Reasoned, run=on(verbs.end, "risk"), done=_("已移出清单。"),
        says=_("隐患上已经写下的管控措施不变。"),
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places = Places(where.plant, where.on)
    rows = _asked(request, where, places)
    pages = Paginator(rows, SIZE)
    found = pages.get_page(request.GET.get("page"))
    context = {
        "bar": bar(request, where, "risks"),
        "page": found,
        "rows": [(one, places.unit_name(one.risk.unit_id)) for one in queries.lines(list(found), plant=where.plant)],
        "grade": asked(request, "grade"),
        "grades": [("", gettext("全部")), *said(queries.GRADES)(), (UNGRADED, gettext("还没有评"))],
        "unit": asked(request, "unit"),
        "units": [
            ("", gettext("全部")),
            *((str(key), named(name)) for key, name in places.units("plant", "workshop", "line")),
        ],
        "may_edit": scope.has(EDIT),
        "query": request.GET.urlencode(),
    }
    return render(request, "safety/risks.html", context)


@page(verb=SEE)
def export(request: HttpRequest) -> FileResponse:
    """The columns that the import takes back, or on paper."""
    where = here(request, SEE)
    places = Places(where.plant, where.on)
    rows = cells(queries.lines(list(_asked(request, where, places)), plant=where.plant), places=places)
    name = gettext("%(plant)s-风险清单-%(day)s") % {"plant": where.plant.name, "day": where.on}
    return taken(request, [Sheet(gettext("风险清单"), HEADS, rows)], name=name, organ=where.plant.name)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    risk, where = _read(request, pk)
    scope, places = scope_of_request(request), Places(where.plant, where.on)
    seen = cases.visible(scope, pack_of(where.plant.code).loops)
    (line,) = queries.lines([risk], plant=where.plant)
    context = {
        "risk": risk,
        "unit": places.unit_name(risk.unit_id),
        "controls": [(queries.called(risk.code, one.no, ""), one.text) for one in line.controls],
        "hazards": list(queries.hazards_of(risk, cases=seen)),
        "deeds": [(word, DEEDS[word]) for word in _allowed(request, risk)],
        "here": where,
        "crumbs": [(gettext("风险清单"), reverse("risks") + where.tail), (risk.code, "")],
    }
    return render(request, "safety/risk.html", context)


@page(verb=EDIT)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    return risk_deed(
        request, REGISTER, subject=where.plant, title=where.plant.name, where=where, initial={"reviewed_on": where.on},
        up=(gettext("风险清单"), reverse("risks") + where.tail), places=within(request, where, units=EDIT),
        landing=lambda one: reverse("risk", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    risk, where = _read(request, pk)
    found = chosen({word: DEEDS[word] for word in _allowed(request, risk)}, deed)
    (line,) = queries.lines([risk], plant=where.plant)
    initial = {name: getattr(risk, name) for name in ("activity", "what", "grade", "post", "reviewed_on")}
    initial |= {
        "unit": risk.unit_id,
        "zone": risk.zone_id or "",
        "controls": "\n".join(one.text for one in line.controls),
    }
    back = (risk.code, reverse("risks" if deed == "end" else "risk", args=[] if deed == "end" else [pk]) + where.tail)
    return risk_deed(
        request, found, subject=risk, title=f"{risk.code} {risk.activity}", where=where, up=back, initial=initial,
        places=within(request, where, units=EDIT),
    )  # fmt: skip


def _asked(request: HttpRequest, where: Here, places: Places) -> "QuerySet[Risk]":
    """By grade, and by a unit with all below it."""
    rows = queries.visible(scope=scope_of_request(request), plant=where.plant, on=where.on)
    grade, unit = asked(request, "grade"), key_of(asked(request, "unit"))
    if grade:
        rows = rows.filter(grade="" if grade == UNGRADED else grade)
    view = places.production.at(where.on)
    return rows.filter(unit__in=view.subtree(unit)) if unit is not None and unit in view else rows


def _read(request: HttpRequest, pk: int) -> "tuple[Risk, Here]":
    risk = known(queries.one(scope=scope_of_request(request), pk=pk))
    return risk, here(request, SEE, of=risk.plant)


def _allowed(request: HttpRequest, risk: "Risk") -> list[str]:
    may = risk.until_on is None and queries.may_edit(scope=scope_of_request(request), risk=risk)
    return ["change", "end"] if may else []
