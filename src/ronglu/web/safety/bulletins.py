"""隐患统计通报 in the browser: the list, one as it was counted, its paper, and what may be done with it."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.deeds import Deed, chosen, known, on, within
from ronglu.web.papers import as_word
from ronglu.web.safety import forms
from ronglu.web.safety.frame import CHIPS, bar, bulletin_deed
from ronglu.web.safety.word import paper_of, share_of, tables
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import bulletins as verbs
from ronglu.work.queries import bulletins as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import HazardBulletin

SIZE = 30
SEE, PROPOSE, PUBLISH = queries.SEE, queries.PROPOSE, queries.PUBLISH
DEEDS = {
    "publish": Deed(
        label=_("发布"), icon="check", form=forms.Published, run=on(verbs.publish, "bulletin"), done=_("已发布并归档。"), yes=_("发布"),
        says=_("发布以后数字不再变；截至日以前发现的隐患就算向职工通报过，整季、整年的就算归档。"),
    ),
    "drop": Deed(label=_("不发布"), icon="x", form=forms.Reasoned, run=on(verbs.drop, "bulletin"), done=_("已撤下，没有发布。")),
    "withdraw": Deed(
        label=_("撤回"), icon="history", form=forms.Reasoned, run=on(verbs.withdraw, "bulletin"), done=_("已撤回。"),
        says=_("撤回的仍然看得到；它通报过的隐患要重新通报。"),
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places = Places(where.plant, where.on)
    rows = Paginator(queries.visible(scope=scope, plant=where.plant).defer("figures"), SIZE)
    found = rows.get_page(request.GET.get("page"))
    context = {
        "bar": bar(request, where, "bulletins"),
        "page": found,
        "rows": [(one, places.unit_name(one.unit_id), Period.parse(one.period), CHIPS[one.state]) for one in found],
        "may_propose": scope.has(PROPOSE),
    }
    return render(request, "safety/bulletins.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    row, where = _read(request, pk)
    name = Places(where.plant, row.until_on).unit_name(row.unit_id)
    period = Period.parse(row.period)
    context = {
        "row": row,
        "name": name,
        "period": period,
        "chip": CHIPS[row.state],
        "whole": row.until_on == period.last,
        "tables": tables(row),
        "share": share_of(row),
        "deeds": [(word, DEEDS[word]) for word in _allowed(request, row)],
        "here": where,
        "crumbs": [(gettext("隐患统计通报"), reverse("bulletins") + where.tail), (f"{name} {named(period.label)}", "")],
    }
    return render(request, "safety/bulletin.html", context)


@page(verb=SEE)
def word(request: HttpRequest, pk: int) -> FileResponse:
    """Only what is or was published: a proposal is no paper yet."""
    row, where = _read(request, pk)
    if row.announced_on is None:
        raise Http404("还没有发布，没有公文")
    name = Places(where.plant, row.until_on).unit_name(row.unit_id)
    return as_word(paper_of(row, name=name), name=f"{name}-隐患统计通报-{row.period}-{row.number}")


@page(verb=PROPOSE)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, PROPOSE)
    propose = Deed(
        label=_("拟通报"), icon="plus", form=forms.Proposed, done=_("已按现有隐患统计，等另一人发布。"), yes=_("统计"),
        says=_("数字全部由隐患闭环带出，不用填；保密办理的隐患不统计在内。"),
        run=lambda subject, **said: verbs.propose(**said),
    )  # fmt: skip
    month = Period.of(where.on, Grain.MONTH)
    return bulletin_deed(
        request, propose, subject=where.plant, title=where.plant.name, where=where, initial={"period": str(month)},
        up=(gettext("隐患统计通报"), reverse("bulletins") + where.tail), places=within(request, where, units=PROPOSE),
        landing=lambda one: reverse("bulletin", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    row, where = _read(request, pk)
    allowed = _allowed(request, row)
    found = chosen({word: DEEDS[word] for word in allowed}, deed)
    title = f"{Places(where.plant, row.until_on).unit_name(row.unit_id)} {named(Period.parse(row.period).label)}"
    initial: dict[str, Any] = {"announced_on": clock.today()}
    up = (title, reverse("bulletin", args=[pk]) + where.tail)
    return bulletin_deed(request, found, subject=row, title=title, where=where, up=up, initial=initial)


def _read(request: HttpRequest, pk: int) -> "tuple[HazardBulletin, Here]":
    row = known(queries.one(scope=scope_of_request(request), pk=pk))
    return row, here(request, SEE, of=row.plant)


def _allowed(request: HttpRequest, row: "HazardBulletin") -> list[str]:
    """Nobody publishes his own proposal or takes back what he published; who proposed may drop it himself."""
    scope, own = scope_of_request(request), me(request).pk
    publishes = queries.may(scope=scope, verb=PUBLISH, bulletin=row)
    if row.state == "proposed":
        return (["publish"] if publishes and row.proposed_by_id != own else []) + (
            ["drop"] if publishes or row.proposed_by_id == own else []
        )
    return ["withdraw"] if row.state == "published" and publishes and row.decided_by_id != own else []
