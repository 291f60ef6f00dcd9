"""The crew sheet by line, and a person's own duty score: himself, the plant's committee and the party office, nobody else."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.standards.frame import bar
from ronglu.web.where import Here, here
from ronglu.work import assessed, jobs
from ronglu.work.queries import assessed as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import AssessedRun

CREWS, DUTY, ASSESS = queries.SEE_CREWS, queries.SEE_DUTY, "sheet.assess"


@page(verb=CREWS)
def crews(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, CREWS), scope_of_request(request)
    month, run = month_asked(request, where, assessed.CREW)
    found = queries.crews(scope=scope, places=Places(where.plant, where.on), run=run) if run else []
    context = {
        "bar": bar(request, where, "crew_sheet"), "month": month, "months": _months(where, assessed.CREW, month), "run": run,
        "lines": found, "may_assess": scope.may(ASSESS, where.plant) is None, "tail": where.tail,
        "tie": int(where.plant.settings.get("crew_tie_h", queries.TIE_H)),
    }  # fmt: skip
    return render(request, "standards/crews.html", context)


@page(verb=DUTY)
def duty(request: HttpRequest) -> HttpResponse:
    """Whose figures one may open. Only names: no page puts one person's figure beside another's."""
    where, scope = here(request, DUTY), scope_of_request(request)
    month, run = month_asked(request, where, assessed.DUTY)
    context = {
        "bar": bar(request, where, "duty_scores"), "month": month, "months": _months(where, assessed.DUTY, month), "run": run,
        "people": queries.assessed_people(scope=scope, run=run) if run else [],
        "may_assess": scope.may(ASSESS, where.plant) is None, "tail": where.tail,
    }  # fmt: skip
    return render(request, "standards/duty.html", context)


@page(verb=DUTY)
def own(request: HttpRequest, staff_no: str) -> HttpResponse:
    where, scope = here(request, DUTY), scope_of_request(request)
    person = queries.person_seen(scope=scope, plant=where.plant, staff_no=staff_no)
    month, _run = month_asked(request, where, assessed.DUTY)
    told = queries.own(plant=where.plant, person=person, month=month) if person else None
    if person is None:
        raise Http404("没有这个人，或不在您的范围内")
    context = {
        "bar": bar(request, where, "duty_scores"), "month": month, "months": _months(where, assessed.DUTY, month),
        "person": person, "told": told, "tail": where.tail,
        "crumbs": [(_("履职得分"), reverse("duty_scores") + where.tail), (person.name, "")],
    }  # fmt: skip
    return render(request, "standards/own.html", context)


@page(verb=ASSESS)
@require_POST
def compute(request: HttpRequest, month: str) -> HttpResponse:
    where = here(request, ASSESS)
    require(request, ASSESS, where.plant)
    found = _parsed(month)
    if found is None:
        raise Http404("没有这个月份")
    label = _("%(month)s 履职与横大班") % {"month": found}
    jobs.enqueue(
        kind="assess.others", label=label, at=clock.now(), by=me(request), plant=where.plant, args={"month": str(found)}
    )
    return redirect(reverse("crew_sheet") + where.tail)


def month_asked(request: HttpRequest, where: Here, code: str) -> "tuple[Period, AssessedRun | None]":
    """The month asked for, else the newest that was computed, else the one that is over."""
    found = _parsed(asked(request, "month")) or next(iter(queries.months(plant=where.plant, code=code)), None)
    month = found or Period.day(where.on).up(Grain.MONTH) - 1
    return month, assessed.newest(plant=where.plant, code=code, month=month)


def _parsed(text: str) -> Period | None:
    try:
        found = Period.parse(text)
    except ValueError:
        return None
    return found if found.grain is Grain.MONTH else None


def _months(where: Here, code: str, month: Period) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in dict.fromkeys([month, *queries.months(plant=where.plant, code=code)])]
