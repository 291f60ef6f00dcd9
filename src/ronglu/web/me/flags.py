"""The page of one choice of 旗帜党员, for the party office and the plant committee: shortlist, vote, count, each a single step."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from ronglu.config.plant import pack_of, packs
from ronglu.web.access import page, scope_of_request
from ronglu.web.deeds import Deed, perform
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.me.forms import Nothing
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import flags
from ronglu.work.queries import flags as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Case

RUN = "flags.run"
DAYS = dt.timedelta(days=5)


class Vote(DeedForm):
    due_on = DayField(label=_("投票截止日"))


@page(verb=RUN)
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    case, where = _case(request, pk)
    found = queries.choice(case)
    loop = packs().loops[flags.CODE]
    context = {
        "case": case,
        "state": loop.state(case.state),
        "found": found,
        "deeds": [(word, deed) for word, deed in _deeds(request, where).items() if deed.shown(case)],
        "crumbs": [(named(loop), reverse("cases_loop", args=[loop.code])), (case.number, "")],
    }
    return render(request, "me/flags.html", context)


@page(verb=RUN)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    case, where = _case(request, pk)
    known = _deeds(request, where)
    if deed not in known or not known[deed].shown(case):
        raise Http404("现在没有这件事可办")
    back = reverse("flag_member", args=[pk]) + where.tail
    return perform(
        request, known[deed], subject=case, title=case.title, back=back, places=Places(where.plant, where.on),
        initial={"due_on": where.on + DAYS}, crumbs=[(case.number, back), (str(known[deed].label), "")],
    )  # fmt: skip


def _deeds(request: HttpRequest, where: Here) -> dict[str, Deed]:
    scope, pack, loop = scope_of_request(request), pack_of(where.plant.code), packs().loops[flags.CODE]
    rules, kind = pack.standing.points, packs().base.polls["secret"]

    def run(verb: Any, **more: Any) -> Any:
        return lambda case, **said: verb(case=case, **more, **said)

    return {
        "shortlist": Deed(
            label=_("算入围名单"), icon="filter", form=Nothing, run=run(flags.shortlist, rules=rules), done=_("已算出。"),
            says=_("正式党员、当年没有扣分、积分在入围线以上；线由系统按名额的两倍定，并列的都入围。名单只有评选的人看得到。"),
            shown=lambda case: case.state == "eligibility",
        ),
        "vote": Deed(
            label=_("组织无记名投票"), icon="check", form=Vote, run=run(flags.open_vote, kind=kind, loop=loop, scope=scope), done=_("投票开始。"),
            says=_("候选人就是入围名单；名册是本党组织的正式党员。系统里没有选票，只有合计。"),
            shown=lambda case: case.state == "voting" and not case.data.get("poll"),
        ),
        "count": Deed(
            label=_("按票数公示"), icon="eye", form=Nothing, run=run(flags.count, loop=loop, scope=scope), done=_("已公示，五天内任何人都可以反映。"),
            says=_("只公示当选的人。"), shown=lambda case: case.state == "voting" and bool(case.data.get("poll")),
        ),
    }  # fmt: skip


def _case(request: HttpRequest, pk: int) -> "tuple[Case, Here]":
    where = here(request, RUN)
    case = queries.case_of(plant=where.plant, pk=pk)
    if case is None:
        raise Http404(gettext("没有这次评选，或不在您的范围内"))
    return case, where
