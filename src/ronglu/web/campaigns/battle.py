"""The aims of a battle on its page: the table month by month, and the two deeds on it."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.campaigns import forms
from ronglu.web.cases.frame import loops_of, may_raise
from ronglu.web.contests.frame import SEE, deed_page
from ronglu.web.deeds import Deed
from ronglu.web.formats import num
from ronglu.web.links import new_case
from ronglu.web.where import here
from ronglu.web.words import named, pack_of
from ronglu.work import battles as verbs
from ronglu.work.queries import battles as queries
from ronglu.work.queries import gaps
from ronglu.work.queries.campaigns import campaign_of
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.kernel.standing.kit import Kit
    from ronglu.store.models import PartyCampaign
    from ronglu.web.where import Here
    from ronglu.work.queries.battles import Kpi

RUN = "campaigns.run"
GIVE_UP = Deed(
    label=gettext_lazy("撤下目标"), icon="x", form=forms.GivenUp, done=gettext_lazy("已撤下，原来的目标留在操作记录里。"),
    run=lambda row, reason, **said: verbs.give_up(row=row, reason=reason, **said),
)  # fmt: skip


def table(request: HttpRequest, campaign: "PartyCampaign", where: "Here", places: Places) -> dict[str, Any]:
    """What the page shows of them: the aim, its unit, and where a case for what lags begins."""
    found = queries.kpis(campaign=campaign, known=pack_of(where.plant.code).indicators, on=where.on)
    loop = loops_of(where.plant).get(gaps.LOOP)
    may = loop is not None and may_raise(scope_of_request(request), loop, where.plant)
    rows = [(one, places.unit_name(one.row.unit_id), _case(one, where) if may else "") for one in found]
    return {"kpis": rows, "months": found[0].months if found else ()}


def _case(one: "Kpi", where: "Here") -> str:
    """The form of a gap with what is known of it; empty where nothing lags, or nobody can say."""
    if one.state != "behind":
        return ""
    told = {
        "indicator": one.indicator.code, "ours": f"{one.actual:f}", "best": f"{one.aim:f}",
        "from_whom": one.row.campaign.title, "unit": one.row.unit_id, "plant": where.plant.code,
    }  # fmt: skip
    return new_case(gaps.LOOP, told)


def told(campaign: "PartyCampaign", where: "Here") -> str:
    """The report's first draft: aim and actual of each, and what is missing said so."""
    places = Places(where.plant, where.on)
    found = queries.kpis(campaign=campaign, known=pack_of(where.plant.code).indicators, on=where.on)
    return "\n".join(_line(one, places.unit_name(one.row.unit_id)) for one in found)


def _line(one: "Kpi", unit: str) -> str:
    words = {"good": _("达到"), "behind": _("没有达到"), "missing": _("缺数，不能说达到")}
    said = {
        "unit": unit, "name": named(one.indicator), "aim": num(one.aim, one.indicator.decimals), "measure": one.indicator.unit,
        "actual": num(one.actual, one.indicator.decimals), "word": words[one.state],
    }  # fmt: skip
    return _("%(unit)s %(name)s：目标 %(aim)s %(measure)s，实际 %(actual)s，%(word)s。") % said


@page(verb=RUN)
def aim(request: HttpRequest, pk: int) -> HttpResponse:
    from ronglu.web.campaigns.views import kit_of

    campaign = campaign_of(scope=scope_of_request(request), pk=pk)
    kit = kit_of(campaign.kit) if campaign else None
    if campaign is None or kit is None or not kit.battle:
        raise Http404("没有这项攻坚战，或不在您的范围内")
    require(request, RUN, campaign.body)
    where = here(request, SEE, of=campaign.plant)
    return deed_page(
        request, _aiming(kit), subject=campaign, title=campaign.title, where=where, up=_up(campaign, where)
    )


@page(verb=RUN)
def unaim(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.aim_of(scope=scope_of_request(request), pk=pk, verb=SEE)
    if row is None:
        raise Http404("没有这个目标，或不在您的范围内")
    require(request, RUN, row.campaign.body)
    where = here(request, SEE, of=row.campaign.plant)
    return deed_page(request, GIVE_UP, subject=row, title=row.indicator, where=where, up=_up(row.campaign, where))


def _aiming(kit: "Kit") -> Deed:
    return Deed(
        label=gettext_lazy("加攻坚目标"), icon="plus", form=forms.Aimed, done=gettext_lazy("目标已定。"), yes=gettext_lazy("保存"),
        says=gettext_lazy("能累计的填全程的总数，比率填要达到的水平；两名责任人，党组织一人、行政一人。"),
        run=lambda campaign, **said: verbs.aim_at(campaign=campaign, kit=kit, **said),
    )  # fmt: skip


def _up(campaign: "PartyCampaign", where: "Here") -> tuple[str, str]:
    return campaign.title, reverse("campaign", args=[campaign.pk]) + where.tail
