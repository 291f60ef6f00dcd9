"""Who judges what: the office names reviewers, ends them, and sees how far each record has come, never who gave what."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import clock
from ronglu.kernel.rules.shapes.panel import Panel
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.panel.forms import EndForm, NamedForm
from ronglu.web.panel.views import NAME
from ronglu.web.sheet.frame import asked_for, tabs
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import marks as verbs
from ronglu.work.queries import marks as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Person, Plant, Reviewer


def _name(plant: "Plant", *, account: "Person", **said: Any) -> "Reviewer":
    return verbs.name_reviewer(plant=plant, account=queries.account_of(account), **said)


NAMING = Deed(
    label=_("指定评审人"), icon="plus", form=NamedForm, run=_name, done=_("已指定。"),
    says=_("评审人不评自己所在的支部，也不评自己参加、调用、报告或核实过的任务。"),
)  # fmt: skip
ENDING = Deed(
    label=_("不再担任"), icon="x", form=EndForm, run=lambda reviewer, **said: verbs.end_reviewer(reviewer=reviewer, **said),
    done=_("已停止。"), says=_("已经评的仍然算数。"),
)  # fmt: skip


@page(verb=NAME)
def reviewers(request: HttpRequest) -> HttpResponse:
    at = asked_for(request, verb=NAME)
    plant, month = at.here.plant, at.month
    items = verbs.panel_items(plant=plant, month=month)
    rows = queries.reviewers(plant=plant, on=clock.today())
    groups = [
        (code, name, [row for row in rows if row.item == code], _progress(plant, items.get(code), month))
        for code, name in _names(plant, month)
    ]
    context = {"at": at, "tabs": tabs(request, at), "groups": groups, "tail": at.tail(month=month)}
    return render(request, "panel/reviewers.html", context)


@page(verb=NAME)
def name(request: HttpRequest) -> HttpResponse:
    where = here(request, NAME)
    require(request, NAME, where.plant)
    return perform(
        request, _deed(where.plant), subject=where.plant, title=where.plant.name, back=reverse("reviewers") + where.tail,
        places=Places(where.plant, where.on), crumbs=[(gettext("评审人"), reverse("reviewers") + where.tail), (str(NAMING.label), "")],
    )  # fmt: skip


@page(verb=NAME)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    plants = scope_of_request(request).plants(NAME).values_list("pk", flat=True)
    found = queries.reviewer_of(plants=plants, pk=pk)
    if found is None:
        raise Http404("没有这位评审人，或不在您的范围内")
    require(request, NAME, found.plant)
    where = here(request, NAME, of=found.plant)
    title = f"{found.item} {found.account.person.name if found.account.person else ''}"
    return perform(
        request, ENDING, subject=found, title=title, back=reverse("reviewers") + where.tail, places=Places(where.plant, where.on),
        crumbs=[(gettext("评审人"), reverse("reviewers") + where.tail), (str(ENDING.label), "")],
    )  # fmt: skip


def _deed(plant: "Plant") -> Deed:
    """The form offers what a panel judges in the sheet that is in force today."""
    choices = _names(plant, Period.of(clock.today(), Grain.MONTH))

    class Form(NamedForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["item"].choices = choices  # type: ignore[attr-defined]

    return Deed(label=NAMING.label, icon=NAMING.icon, form=Form, run=NAMING.run, done=NAMING.done, says=NAMING.says)


def _names(plant: "Plant", month: Period) -> list[tuple[str, str]]:
    items = verbs.panel_items(plant=plant, month=month)
    return [*((code, f"{code} {named(one)}") for code, one in items.items()), *((c, gettext(n)) for c, n in verbs.PANELS.items())]  # fmt: skip


def _progress(plant: "Plant", item: Any, month: Period) -> list[queries.Progress]:
    if item is None or not isinstance(item.shape, Panel):
        return []
    return queries.progress(plant=plant, item=item.code, month=month, needed=item.shape.reviewers)
