"""The pages of campaigns: kits to choose from, one campaign with its tasks and field log, and what may be done about them."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config import plant
from ronglu.kernel.standing.kit import TaskKind
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.campaigns import battle, forms
from ronglu.web.contests.frame import MARKS, SEE, bar, deed_page
from ronglu.web.deeds import Deed, within
from ronglu.web.effects.subjects import hung
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work import campaigns as verbs
from ronglu.work.queries import campaigns as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.kernel.standing.kit import Kit
    from ronglu.store.models import CampaignTask, FieldEntry, PartyCampaign

RUN, DO, CHECK, LOG = "campaigns.run", "campaigns.do", "campaigns.check", "campaigns.log"

ADD = Deed(
    label=_("加一项任务"), icon="plus", form=forms.Added, run=lambda one, **said: verbs.add(campaign=one, **said), done=_("已加上。"),
    says=_("另加的应急演练同样计入安全套餐考核。"),
)  # fmt: skip
CLOSE = Deed(
    label=_("写总结，结束"), icon="check", form=forms.Closed, run=lambda one, **said: verbs.close(campaign=one, **said),
    done=_("活动已总结。"),
)  # fmt: skip
SIGN = Deed(
    label=_("签承诺"), icon="edit", form=forms.Signed, run=lambda one, **said: verbs.sign(campaign=one, **said),
    done=_("已签。"), says=_("由本人签，每人一次。"), yes=_("签名"),
)  # fmt: skip
TELL = Deed(
    label=_("记现场"), icon="plus", form=forms.Told, run=lambda one, **said: verbs.tell(campaign=one, **said),
    done=_("已记下。"), says=_("立功由另一人确认后才算；不排名、不计分。"),
)  # fmt: skip
REPORT = Deed(
    label=_("报完成"), icon="check", form=forms.Reported, run=lambda task, **said: verbs.report(task=task, **said),
    done=_("已报完成，等另一人检查。"),
)  # fmt: skip
CONFIRM = Deed(
    label=_("确认立功"), icon="audited", form=forms.Judged, done=_("已确认。"),
    run=lambda entry, holds, **said: verbs.confirm(entry=entry, holds=holds == "yes", **said),
)  # fmt: skip
DROP = Deed(
    label=_("取消"), icon="x", form=forms.Checked, done=_("已取消。"), says=_("期限以前才能取消；过了期限没办的算漏办。"),
    run=lambda task, remark, **said: verbs.drop(task=task, reason=remark, **said),
)  # fmt: skip
CHECKS = {
    "check": Deed(
        label=_("检查通过"), icon="check", form=forms.Checked, done=_("已检查。"),
        run=lambda task, **said: verbs.check(task=task, holds=True, **said),
    ),
    "back": Deed(
        label=_("退回"), icon="x", form=forms.Checked, done=_("已退回。"),
        run=lambda task, **said: verbs.check(task=task, holds=False, **said),
    ),
}  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    kits, places = plant.packs().base.kits, Places(where.plant, where.on)
    context = {
        "bar": bar(request, where, "campaigns"),
        "rows": [
            (row, places.body_name(row.campaign.body_id), kits.get(row.campaign.kit), MARKS[row.campaign.state])
            for row in queries.listed(plant=where.plant, on=where.on)
        ],
        "kits": list(kits.values()) if scope.has(RUN) else [],
        "tail": where.tail,
    }
    return render(request, "campaigns/list.html", context)


@page(verb=SEE)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    campaign, where = _here(request, pk)
    scope, places, kit = scope_of_request(request), Places(where.plant, where.on), kit_of(campaign.kit)
    may_run = campaign.state == "open" and scope.may(RUN, campaign.body) is None
    may_check = campaign.state == "open" and scope.may(CHECK, campaign.body) is None
    names = {key: places.body_name(key) for key in places.body_codes}
    rows = queries.tasks(campaign=campaign, scope=scope, names=names, on=where.on)
    context = {
        "campaign": campaign,
        "kit": kit,
        "body": names.get(campaign.body_id, ""),
        "place": places.unit_path(campaign.unit_id) if campaign.unit_id else "",
        "mark": MARKS[campaign.state],
        "aims": queries.aims(campaign=campaign, known=pack_of(where.plant.code).indicators),
        "tasks": [(row, TaskKind(row.task.kind).label, MARKS[row.task.state]) for row in rows],
        "logged": [(one, MARKS[one.state], may_check and scope.another(one.by)) for one in queries.entries(campaign=campaign)],
        "pledges": queries.pledges(campaign=campaign),
        "signers": queries.signers(campaign=campaign) if may_run else [],
        "may_sign": campaign.state == "open" and bool(kit and kit.pledge) and scope.has(LOG)
        and not queries.signed(campaign=campaign, person=scope.person_id),
        "may_tell": campaign.state == "open" and scope.has(LOG),
        "may_run": may_run,
        "battle": battle.table(request, campaign, where, places) if kit and kit.battle else None,
        "hung": hung(request, where.plant, "campaign", campaign.pk),
        "here": where,
        "crumbs": [(gettext("竞赛与活动"), reverse("contests") + where.tail), (gettext("活动"), reverse("campaigns") + where.tail),
                   (campaign.title, "")],
    }  # fmt: skip
    return render(request, "campaigns/campaign.html", context)


@page(verb=RUN)
def new(request: HttpRequest, kit: str) -> HttpResponse:
    where, chosen = here(request, RUN), kit_of(kit)
    if chosen is None:
        raise Http404("没有这个套餐")
    opened = Deed(
        label=_("发起活动"), icon="plus", form=forms.Opened, done=_("活动已发起，任务已下到各党组织。"), says=chosen.says,
        run=lambda subject, **said: verbs.open_one(plant=subject, kit=chosen, **said),
    )  # fmt: skip
    first = {"title": chosen.zh, "goal": chosen.goal, "first": where.on, "last": where.on + _days(chosen)}
    return deed_page(
        request, opened, subject=where.plant, title=chosen.zh, where=where, up=_list(where), initial=first,
        places=within(request, where, bodies=RUN), landing=lambda one: reverse("campaign", args=[one.pk]) + where.tail,
    )  # fmt: skip


@page(verb=RUN)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    return _on_campaign(request, pk, ADD, RUN)


@page(verb=RUN)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _on_campaign(request, pk, CLOSE, RUN)


@page(verb=LOG)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    return _on_campaign(request, pk, SIGN, LOG)


@page(verb=LOG)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    return _on_campaign(request, pk, TELL, LOG)


@page(verb=DO)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    task, where = _task(request, pk)
    require(request, DO, task.body)
    return deed_page(request, REPORT, subject=task, title=task.title, where=where, up=_up(task.campaign, where))


@page(verb=CHECK)
def check(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    if deed not in CHECKS:
        raise Http404("没有这件事可办")
    task, where = _task(request, pk)
    require(request, CHECK, task.body)
    return deed_page(request, CHECKS[deed], subject=task, title=task.title, where=where, up=_up(task.campaign, where))


@page(verb=RUN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    task, where = _task(request, pk)
    require(request, RUN, task.body)
    return deed_page(request, DROP, subject=task, title=task.title, where=where, up=_up(task.campaign, where))


@page(verb=CHECK)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    entry: FieldEntry | None = queries.entry_of(scope=scope_of_request(request), pk=pk)
    if entry is None:
        raise Http404("没有这条记录，或不在您的范围内")
    require(request, CHECK, entry.campaign.body)
    where = here(request, SEE, of=entry.campaign.plant)
    return deed_page(request, CONFIRM, subject=entry, title=entry.words, where=where, up=_up(entry.campaign, where))


def _on_campaign(request: HttpRequest, pk: int, deed: Deed, verb: str) -> HttpResponse:
    campaign, where = _here(request, pk)
    require(request, verb, campaign.plant if verb == LOG else campaign.body)
    kit = kit_of(campaign.kit)
    initial: dict[str, Any] = {"day": where.on, "words": kit.pledge if kit and deed is SIGN else ""}
    initial |= {"report": battle.told(campaign, where)} if kit and kit.battle and deed is CLOSE else {}
    return deed_page(
        request, deed, subject=campaign, title=campaign.title, where=where, up=_up(campaign, where), initial=initial
    )


def _here(request: HttpRequest, pk: int) -> "tuple[PartyCampaign, Here]":
    campaign = queries.campaign_of(scope=scope_of_request(request), pk=pk)
    if campaign is None:
        raise Http404("没有这项活动，或不在您的范围内")
    return campaign, here(request, SEE, of=campaign.plant)


def _task(request: HttpRequest, pk: int) -> "tuple[CampaignTask, Here]":
    task = queries.task_of(scope=scope_of_request(request), pk=pk)
    if task is None:
        raise Http404("没有这项任务，或不在您的范围内")
    return task, here(request, SEE, of=task.campaign.plant)


def kit_of(code: str) -> "Kit | None":
    """None for a kit that is not declared any more: its campaigns stay."""
    return plant.packs().base.kits.get(code)


def _days(kit: "Kit") -> dt.timedelta:
    return dt.timedelta(days=kit.days - 1)


def _list(where: Here) -> tuple[str, str]:
    return gettext("活动"), reverse("campaigns") + where.tail


def _up(campaign: "PartyCampaign", where: Here) -> tuple[str, str]:
    return campaign.title, reverse("campaign", args=[campaign.pk]) + where.tail
