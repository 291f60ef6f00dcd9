"""The dates of the assessment: the last days of every stage of the year, on a page and as a calendar file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.standing.timetable import Milepost
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import page
from ronglu.web.review.views import SEE, short, years
from ronglu.web.sheet.frame import asked_for, tabs
from ronglu.web.where import year_asked
from ronglu.web.words import named, pack_of
from ronglu.work.queries import reviews as queries

NEXT = 6


@page(verb=SEE)
def calendar(request: HttpRequest) -> HttpResponse:
    at = asked_for(request)
    year, timetable = Period.year(year_asked(request, at.here)), pack_of(at.here.plant.code).standing.timetable
    found = queries.mileposts(plant=at.here.plant, timetable=timetable, year=year)
    groups = []
    for grain, name in ((Grain.MONTH, _("月审核")), (Grain.QUARTER, _("季点评")), (Grain.YEAR, _("年考核"))):
        rows = [(period, short(period), posts) for period, posts in found if period.grain is grain]
        groups.append((name, [(named(one), one.workdays) for one in timetable.stages[grain]], rows))
    context = {
        "at": at, "tabs": tabs(request, at), "year": year, "years": years(at.here.on.year, year), "groups": groups,
        "next": sorted(
            ((post.on, period, post) for period, posts in found for post in posts if post.on >= clock.today()),
            key=lambda one: (one[0], str(one[1])),
        )[:NEXT],
        "note": named(timetable.note), "today": clock.today(), "tail": at.tail(),
        "file": reverse("review_ics") + at.tail(year=year),
    }  # fmt: skip
    return render(request, "review/calendar.html", context)


@page(verb=SEE)
def ics(request: HttpRequest) -> HttpResponse:
    from ronglu.exchange.ics import Day, written  # the library takes a while, and only this address needs it

    at = asked_for(request)
    plant = at.here.plant
    year = Period.year(year_asked(request, at.here))
    found = queries.mileposts(plant=plant, timetable=pack_of(plant.code).standing.timetable, year=year)
    days = [
        Day(
            uid=f"{plant.code}-{period}-{post.stage.code}@ronglu",
            on=post.on,
            title=_title(period, post),
            text=plant.name,
        )
        for period, posts in found
        for post in posts
    ]
    name = f"{plant.name}-{_('考核日程')}-{year}"
    response = HttpResponse(written(days, name=name, at=clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plant.code}-{year}.ics"'
    return response


def _title(period: Period, post: Milepost) -> str:
    return _("%(period)s %(stage)s截止") % {"period": period, "stage": named(post.stage)}
