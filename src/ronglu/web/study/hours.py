"""学时: one's own entries against what the rule asks; for a branch's committee who is still short; and recorded training.

A check of completeness. Nothing here is ordered by hours, and no score reads them.
"""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, known
from ronglu.web.study import forms
from ronglu.web.study.frame import bar, deed_page
from ronglu.web.where import here
from ronglu.work import guides
from ronglu.work import trainings as verbs
from ronglu.work.queries import study_hours as queries

if TYPE_CHECKING:
    from ronglu.store.models import Plant, Training

HOURS, RECORD = "study.hours", "trainings.record"
SIZE = 50
STRIKE = Deed(
    label=_("撤销登记"), icon="x", form=forms.Reason, done=_("已撤销。"), says=_("登错的撤销后不计学时，记录留着。"),
    run=lambda training, **said: verbs.strike(training=training, **said),
)  # fmt: skip


@page(verb=HOURS)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, HOURS), scope_of_request(request)
    kinds = [kind for kind, guide in guides.in_force(plant=where.plant, on=where.on).items() if guide.hours]
    year = queries.year(scope=scope, plant=where.plant, on=where.on, kinds=kinds)
    context = {"bar": bar(request, where, "study_hours"), "year": where.on.year, "told": year, "tail": where.tail}
    return render(request, "study/hours.html", context)


@page(verb=RECORD)
def trainings(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, RECORD), scope_of_request(request)
    found = Paginator(queries.trainings(plant=where.plant, scope=scope), SIZE).get_page(request.GET.get("page"))
    context = {"bar": bar(request, where, "trainings"), "page": found, "tail": where.tail}
    return render(request, "study/trainings.html", context)


@page(verb=RECORD)
def record(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, RECORD), scope_of_request(request)

    def run(plant: "Plant", *, people: list[Any], **said: Any) -> "Training":
        """Only of those whom the reader looks after."""
        mine = set(scope.people(RECORD).filter(pk__in=[one.pk for one in people]).values_list("pk", flat=True))
        if strange := [one.staff_no for one in people if one.pk not in mine]:
            raise verbs.BadTraining(f"这些人不在您管的党组织里：{'、'.join(strange)}")
        return verbs.record(plant=plant, people=people, **said)

    deed = Deed(
        label=_("登记集中培训"), icon="plus", form=forms.Trained, run=run, done=_("已登记。"),
        says=_("支部会议的学时按会议记录算，不用登记；这里只登记会议以外的集中培训。只用来核对学时，不计分。"),
    )  # fmt: skip
    up = (gettext("集中培训"), reverse("trainings") + where.tail)
    return deed_page(request, deed, subject=where.plant, title=where.plant.name, where=where, up=up)


@page(verb=RECORD)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    row: Training = known(queries.training_of(scope=scope, pk=pk))
    require(request, RECORD, row.plant)
    where = here(request, RECORD, of=row.plant)
    up = (gettext("集中培训"), reverse("trainings") + where.tail)
    return deed_page(request, STRIKE, subject=row, title=row.title, where=where, up=up)
