"""行政成绩 beside 党组织贡献: the ledger of a month, a claim, and how it came to what it is."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.standing.contribution import ContributionState, ContributionTrouble
from ronglu.kernel.time.period import Period
from ronglu.web.access import me, page, require, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.contributions import frame
from ronglu.web.contributions.forms import ClaimForm
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import month_of
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import contributions as verbs
from ronglu.work.queries import contributions as queries
from ronglu.work.queries.within import covers

if TYPE_CHECKING:
    from ronglu.kernel.measure.indicator import Indicator
    from ronglu.store.models import Contribution, Unit

MARKS = {"claimed": "waiting", "confirmed": "awaiting_review", "credited": "good", "rejected": "cancelled"}


@page(verb=frame.SEE)
def ledger(request: HttpRequest) -> HttpResponse:
    at, scope = frame.ledger_of(request), scope_of_request(request)
    mine = scope.reach(frame.CLAIM).bodies
    months = {at.month, *queries.months(at.where.plant)}
    context = {
        "at": at,
        "where": at.where,
        "lines": [(line, why(line), _shown(line.claims, at), _open(line, mine)) for line in at.lines],
        "months": [(str(one), month_name(one)) for one in sorted(months, reverse=True)],
    }
    return render(request, "contributions/ledger.html", context)


@page(verb=frame.SEE)
def workbook(request: HttpRequest) -> HttpResponse:
    at = frame.ledger_of(request)
    heads = [
        _("产线"), _("指标"), _("单位"), _("上月"), _("本月"), _("计划"), _("支部"), _("举措"), _("申报份额"), _("认定份额"),
        _("状态"), _("贡献说明"), _("理由"),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for line in at.lines:
        figures = (line.name, named(line.indicator), line.indicator.unit)
        own = line.improvement
        numbers = tuple(str(one) if one is not None else "" for one in (own.past, own.value, own.plan))
        for claim, branch, _mark in _shown(line.claims, at):
            told = (branch, claim.measure.number, claim.asked, claim.granted, named(claim.get_state_display()))
            rows.append((*figures, *numbers, *told, claim.statement, claim.reason))
        if not line.claims:
            rows.append((*figures, *numbers, "", "", None, 0, why(line), "", ""))
    name = f"{at.where.plant.name}-{_('贡献台账')}-{at.month}.xlsx"
    return workbook_of([Sheet(_("贡献台账"), heads, rows)], name=name)


@page(verb=frame.CLAIM)
def new(request: HttpRequest, unit: int, indicator: str, month: str) -> HttpResponse:
    """Prefilled with what the reader's branches registered for this line before the month began."""
    where, period = here(request, frame.CLAIM), month_of(month)
    scope, ground = scope_of_request(request), frame.ground_of(where.plant, period)
    known = frame.indicators(where.plant).get(indicator)
    place = ground.places.unit(unit) if ground and unit in dict(ground.places.units("line")) else None
    if ground is None or known is None or place is None:
        raise Http404("没有这条产线或这个指标")
    reach = scope.reach(frame.CLAIM)
    bodies = [
        one for one in ground.places.bodies("branch", "joint") if covers(reach, body=one[0], plant=where.plant.pk)
    ]
    measures = {case.pk: case for key, _name in bodies for case in ground.at(unit, body=key)}
    form = ClaimForm(
        request.POST or None, bodies=bodies,
        measures=[(pk, f"{one.number} {one.title} · {one.raised_at:%Y-%m-%d}") for pk, one in measures.items()],
        records=[row for key, _name in bodies if (body := ground.places.body(key)) for row in queries.records(body=body, on=clock.today())],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _claimed(request, form, ground, place, known, measures):
        messages.success(request, _("已申报，等产线负责人确认。"))
        return redirect(_address(where.plant.code, period))
    context = {
        "form": form, "place": ground.places.unit_name(unit), "indicator": known, "month": period, "measures": measures,
        "improvement": queries.one(ground=ground, unit=place, indicator=known), "back": _address(where.plant.code, period),
        "crumbs": [(_("贡献台账"), _address(where.plant.code, period)), (_("申报"), "")],
    }  # fmt: skip
    return render(request, "contributions/new.html", context, status=422 if form.errors else 200)


@page(verb=frame.SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """All claims to one improvement side by side, and what the reader may do with them."""
    one, scope = frame.found(request, pk), scope_of_request(request)
    rows, period = queries.beside(one), Period.parse(one.period)
    ground, known = frame.ground_of(one.plant, period), frame.indicators(one.plant).get(one.indicator)
    if ground is None or known is None:
        raise Http404("这个厂没有日历，或这个指标已不在规则包里")
    records = queries.record_names(rows)
    waiting = [row for row in rows if row.state == ContributionState.CONFIRMED]
    context = {
        "one": one, "indicator": known, "place": ground.places.unit_name(one.unit_id), "month": period,
        "improvement": queries.one(ground=ground, unit=one.unit, indicator=known),
        "claims": [(row, ground.places.body_name(row.body_id), MARKS[row.state], records[row.record]) for row in rows],
        "credited": sum(row.granted or 0 for row in rows if row.state == ContributionState.CREDITED),
        "may_confirm": scope.may(frame.CONFIRM, one.unit) is None,
        "to_settle": [(row, ground.places.body_name(row.body_id)) for row in waiting]
        if scope.may(frame.REVIEW, one.plant) is None
        else [],
        "crumbs": [(_("贡献台账"), _address(one.plant.code, period)), (known.name, "")],
    }  # fmt: skip
    return render(request, "contributions/show.html", context)


def why(line: queries.Better) -> str:
    """What stands where nobody claimed anything, in words."""
    if line.claims:
        return ""
    if line.measures:
        return _("事先登记的举措有 %(n)d 项，没有支部申报") % {"n": line.measures}
    return _("没有事先登记的举措，党组织贡献计 0")


def _open(line: queries.Better, mine: frozenset[int]) -> bool:
    """Whether the reader's branch may still claim here: one claim a branch, and only with something registered."""
    claimed = mine & {claim.body_id for claim in line.claims}
    return bool(mine and not claimed and line.measures and line.improvement.improved)


def _claimed(
    request: HttpRequest, form: ClaimForm, ground: queries.Ground, unit: "Unit", indicator: "Indicator", measures: Any
) -> bool:
    given, (did, record) = form.cleaned_data, form.grounds()
    body = ground.places.body(int(given["body"]))
    require(request, frame.CLAIM, body)
    assert body is not None
    try:
        verbs.claim(
            body=body, unit=unit, indicator=indicator, period=ground.period, measure=measures.get(int(given["measure"])),
            asked=given["asked"], did=did, record=record, statement=given["statement"], by=me(request), at=clock.now(),
        )  # fmt: skip
    except ContributionTrouble as trouble:
        form.add_error(None, str(trouble))
        return False
    return True


def _shown(claims: "tuple[Contribution, ...]", at: frame.Ledger) -> "list[tuple[Contribution, str, str]]":
    ground = at.ground
    assert ground is not None or not claims
    return [(one, ground.places.body_name(one.body_id) if ground else "", MARKS[one.state]) for one in claims]


def _address(plant: str, month: Period) -> str:
    return f"{reverse('contributions')}?plant={plant}&month={month}"
