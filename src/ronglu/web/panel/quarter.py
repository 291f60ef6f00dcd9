"""The panel of the quarter: a score of each scale of each branch with its reason, and three words on a practice."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.panel.forms import PracticeForm, QuarterForm
from ronglu.web.panel.views import GIVE, NAME
from ronglu.web.where import Here, here
from ronglu.work import quarter_marks as verbs
from ronglu.work.queries import quarter_marks as queries

if TYPE_CHECKING:
    from ronglu.store.models import Body

BACK = 4


@page(verb=GIVE)
def listed(request: HttpRequest) -> HttpResponse:
    """A member of the panel sees the branches and his own scores; the office sees how many there are and their mean."""
    (where, quarter, mine, office), scope = panel_here(request), scope_of_request(request)
    last = Period.of(clock.today(), Grain.QUARTER)
    context = {
        "here": where, "quarter": quarter, "quarters": [(str(one), str(one)) for one in (last - n for n in range(BACK + 1))],
        "scales": verbs.scales(where.plant, quarter), "office": office, "mine": mine, "over": quarter.last < clock.today(),
        "rows": queries.rows(plant=where.plant, quarter=quarter, account=scope.account_id or 0),
        "practices": verbs.practices(plant=where.plant, period=quarter) if office else
        [one for one in verbs.practices(plant=where.plant, period=quarter) if one.by_id == scope.account_id],
        "crumbs": [(_("评审"), reverse("marks")), (_("季度点评打分"), "")],
    }  # fmt: skip
    return render(request, "panel/quarter.html", context)


def panel_here(request: HttpRequest) -> tuple[Here, Period, frozenset[str], bool]:
    """Plant, quarter, the panels the reader was named for, and whether he is the office; for all others there is no such page."""
    where, scope = here(request, GIVE), scope_of_request(request)
    quarter = _quarter(asked(request, "quarter"))
    mine = queries.panels(plant=where.plant, account=scope.account_id or 0, on=clock.today())
    office = scope.may(NAME, where.plant) is None
    if not mine and not office:
        raise Http404("您不是季度点评的评审人")
    return where, quarter, mine, office


@page(verb=GIVE)
def give(request: HttpRequest, quarter: str, body: str) -> HttpResponse:
    where, found, period = _spot(request, quarter, body, verbs.QUARTER)
    scales = dict(verbs.scales(where.plant, period))
    form = QuarterForm(request.POST or None, scales=scales)

    def run(said: dict[str, Any]) -> None:
        reason = said.pop("reason")
        for scale, score in said.items():
            if score is not None:
                verbs.mark_quarter(
                    body=found, quarter=period, scale=scale, score=score, reason=reason, by=me(request), at=clock.now()
                )

    return _form(request, form, run, title=_("季度点评打分"), body=found, period=period)


@page(verb=GIVE)
def practice(request: HttpRequest, period: str, body: str) -> HttpResponse:
    _where, found, when = _spot(request, period, body, verbs.PRACTICE)
    form = PracticeForm(request.POST or None)

    def run(said: dict[str, Any]) -> None:
        verbs.mark_practice(body=found, period=when, by=me(request), at=clock.now(), **said)

    return _form(request, form, run, title=_("实、特、亮"), body=found, period=when)


def _form(request: HttpRequest, form: Any, run: Any, *, title: str, body: "Body", period: Period) -> HttpResponse:
    back = reverse("quarter_marks") + f"?quarter={period}&plant={body.plant.code}"
    if request.method == "POST" and form.is_valid():
        try:
            run(dict(form.cleaned_data))
        except OrgTrouble as trouble:
            form.add_error(None, str(trouble))
        else:
            messages.success(request, _("已评，前一次留着。"))
            return redirect(back)
    context = {
        "form": form, "title": title, "branch": queries.name_of(body, period), "period": period, "back": back,
        "crumbs": [(_("评审"), reverse("marks")), (_("季度点评打分"), back), (title, "")],
    }  # fmt: skip
    return render(request, "panel/give.html", context, status=422 if form.errors else 200)


def _spot(request: HttpRequest, text: str, code: str, panel: str) -> tuple[Here, "Body", Period]:
    """Only for who was named; a branch, quarter or year that is not there is "not found"."""
    where, account = here(request, GIVE), scope_of_request(request).account_id or 0
    found = queries.branch(plant=where.plant, code=code)
    if found is None or panel not in queries.panels(plant=where.plant, account=account, on=clock.today()):
        raise Http404("没有这个支部，或不由您评")
    return where, found, _quarter(text)


def _quarter(text: str) -> Period:
    """The one asked for, else the last that is over."""
    if not text:
        return Period.of(clock.today(), Grain.QUARTER) - 1
    try:
        found = Period.parse(text)
    except ValueError:
        raise Http404("没有这个季度") from None
    if found.grain not in (Grain.QUARTER, Grain.YEAR):
        raise Http404("没有这个季度")
    return found
