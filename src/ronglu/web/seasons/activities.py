"""Volunteer labour: a list by day with time, heads and output; no totals by person, since no person is written down."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.deeds import Deed, known, within
from ronglu.web.seasons import forms
from ronglu.web.seasons.spell import spell
from ronglu.web.teams.frame import SEE, bar, deed_page, file_name
from ronglu.web.where import Here, day_asked, here
from ronglu.work import activities as verbs
from ronglu.work.queries import activities as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import covers

RECORD = "activities.record"
SIZE = 50

NEW = Deed(
    label=_("登记劳动"), icon="plus", form=forms.Laboured, run=lambda plant, **said: verbs.record(**said),
    done=_("已登记。"), says=_("只记时长、人数和干了什么，不记名字；工时只作记录，不计分、不排名。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, reach, (first, last) = Places(where.plant, where.on), scope.reach(RECORD), _span(request, where)
    found = Paginator(queries.listed(plant=where.plant, first=first, last=last), SIZE).get_page(request.GET.get("page"))
    rows = [
        (one, places.body_name(one.body_id), spell(one.minutes), covers(reach, body=one.body_id, plant=one.plant_id))
        for one in found
    ]
    context = {
        "bar": bar(request, where, "activities"),
        "page": found,
        "rows": rows,
        "first": first,
        "last": last,
        "may_record": scope.has(RECORD),
        "tail": where.tail,
        "query": request.GET.urlencode(),
    }
    return render(request, "seasons/activities.html", context)


@page(verb=RECORD)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, RECORD)
    up, places = (gettext("义务劳动"), reverse("activities") + where.tail), within(request, where, bodies=RECORD)
    initial = {"day": where.on}
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up, places=places, initial=initial
    )


@page(verb=RECORD)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.activity_of(scope=scope_of_request(request), pk=pk))
    back = reverse("activities") + here(request, SEE, of=row.plant).tail
    return act(request, RECORD, row.body, verbs.withdraw, done=gettext("已撤回。"), back=back, activity=row)


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where, name = here(request, SEE), gettext("义务劳动")
    places, (first, last) = Places(where.plant, where.on), _span(request, where)
    lines = [
        [one.day, places.body_name(one.body_id), one.title, one.minutes, one.people, one.output, one.amount, one.unit]
        for one in queries.listed(plant=where.plant, first=first, last=last)
    ]
    heads = [
        gettext("日期"), gettext("党组织"), gettext("事项"), gettext("时长（分钟）"), gettext("人数"), gettext("干了什么"),
        gettext("数量"), gettext("计量单位"),
    ]  # fmt: skip
    return workbook_of([Sheet(name, heads, lines)], name=file_name(where.plant, name, where))


def _span(request: HttpRequest, where: Here) -> tuple[dt.date, dt.date]:
    """The year of the day, unless other days are asked for."""
    first = day_asked(request, "first") if request.GET.get("first") else where.on.replace(month=1, day=1)
    last = day_asked(request, "last") if request.GET.get("last") else max(where.on, clock.today())
    return first, last
