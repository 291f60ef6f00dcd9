"""不在岗: a form of two days on the phone, for oneself or, by who leads him, for another; the kind is asked of nobody."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.config import clock
from ronglu.web.access import asked, me, page, scope_of_request
from ronglu.web.deeds import TROUBLES, Deed, perform
from ronglu.web.me import forms
from ronglu.web.me.views import mine_here
from ronglu.web.where import here
from ronglu.work import aways as verbs
from ronglu.work.queries import aways as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Away
    from ronglu.work.scope import Scope

SAYS = _("只填哪几天，不问为什么。排会时不把这几天算进到会；本人和排会的人看得到，结束一个月后删除。")


@page(verb=verbs.ENTER)
def mine(request: HttpRequest) -> HttpResponse:
    where, scope, person = mine_here(request)
    return _form(request, scope, forms.AwayDays, Places(where.plant, where.on), person=person)


@page(verb=verbs.ENTER)
def another(request: HttpRequest) -> HttpResponse:
    scope, where = scope_of_request(request), here(request, verbs.ENTER)
    if not queries.for_others(scope):
        raise Http404("只能登记本人的")
    return _form(request, scope, forms.AwayOf, Places(where.plant, where.on))


@page(verb=verbs.ENTER)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    scope = scope_of_request(request)
    row = queries.own(scope, pk)
    if row is None:
        raise Http404("没有这一条，或不在您的范围内")
    try:
        verbs.withdraw(away=row, scope=scope, by=me(request), at=clock.now())
    except TROUBLES as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, gettext("已撤回，什么也没有留下。"))
    return redirect(_back(request))


def _form(request: HttpRequest, scope: "Scope", form: Any, places: Places, **fixed: Any) -> HttpResponse:
    def run(_subject: object, **said: Any) -> "Away":
        return verbs.enter(scope=scope, **said, **fixed)

    deed = Deed(label=_("登记不在岗"), icon="calendar", form=form, run=run, done=_("已登记。"), says=SAYS)
    back = _back(request)
    title = fixed["person"].name if fixed else gettext("替别人登记")
    up = (gettext("排会"), back) if _planning(request) else (gettext("我的"), back)
    return perform(
        request, deed, subject=places.plant, title=title, back=back, places=places, initial={"first_on": clock.today()},
        crumbs=[up, (str(deed.label), "")],
    )  # fmt: skip


def _planning(request: HttpRequest) -> bool:
    return bool(asked(request, "plan"))


def _back(request: HttpRequest) -> str:
    """The page one came from: the planner of that body and month, or one's own."""
    at = {name: asked(request, name) for name in ("plant", "body", "month") if asked(request, name)}
    return f"{reverse('meeting_plans')}?{urlencode(at)}" if _planning(request) else reverse("me")
