"""The steps of a year: computed, told, taken back, published by another person, archived."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.web.access import me, page, require
from ronglu.web.where import here
from ronglu.web.year import frame
from ronglu.work import years
from ronglu.work.sheets import NoSheet


@page(verb=frame.COMPUTE)
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    where = here(request, frame.COMPUTE)
    require(request, frame.COMPUTE, where.plant)
    year = key_of(request.POST.get("year", ""), most=2099)
    if year is None or year < 2000:
        raise Http404("没有这一年")
    rules = pack_of(where.plant.code).standing.year
    deed = {"plant": where.plant, "year": year, "rules": rules, "by": me(request), "at": clock.now()}

    def work() -> None:
        try:
            years.compute(**deed)
        except NoSheet as problem:
            raise years.YearProblem([str(problem)]) from problem

    frame.tried(request, work, _("已按已关账的月份汇总；缺的部分写在旁边，没有补数。"))
    return frame.back(where, year)


@page(verb=frame.COMPUTE)
@require_POST
def publicise(request: HttpRequest, year: int) -> HttpResponse:
    where, review = frame.review_here(request, year, frame.COMPUTE)
    deed = {"review": review, "by": me(request), "on": clock.today(), "at": clock.now()}
    frame.tried(request, lambda: years.publicise(**deed), _("已开始公示。"))
    return frame.back(where, year)


@page(verb=frame.COMPUTE)
@require_POST
def reopen(request: HttpRequest, year: int) -> HttpResponse:
    where, review = frame.review_here(request, year, frame.COMPUTE)
    deed = {"review": review, "reason": request.POST.get("reason", ""), "by": me(request), "at": clock.now()}
    frame.tried(request, lambda: years.reopen(**deed), _("已收回公示，可以重新汇总；公示过的结果留着。"))
    return frame.back(where, year)


@page(verb=frame.PUBLISH)
@require_POST
def publish(request: HttpRequest, year: int) -> HttpResponse:
    where, review = frame.review_here(request, year, frame.PUBLISH)
    deed = {"review": review, "by": me(request), "on": clock.today(), "at": clock.now()}
    frame.tried(request, lambda: years.publish(**deed), _("已公布。"))
    return frame.back(where, year)


@page(verb=frame.PUBLISH)
@require_POST
def archive(request: HttpRequest, year: int) -> HttpResponse:
    where, review = frame.review_here(request, year, frame.PUBLISH)
    deed = {"review": review, "by": me(request), "at": clock.now()}
    frame.tried(request, lambda: years.archive(**deed), _("已归档，并接入封存链。"))
    return frame.back(where, year)
