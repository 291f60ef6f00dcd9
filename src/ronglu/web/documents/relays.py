"""传达: what one's bodies have to pass on and by when, and what may be done about each."""

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.deeds import Deed, chosen, known, on
from ronglu.web.documents import forms
from ronglu.web.documents.frame import MARKS, SEE, bar, deed_page
from ronglu.web.where import here
from ronglu.work import relays as verbs
from ronglu.work.queries import relays as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Relay

SIZE = 50
TELL, ASK = queries.TELL, queries.ASK
STATES = [("", _("未办")), ("all", _("全部"))]
DEEDS = {
    "tell": Deed(
        label=_("登记传达"), icon="check", form=forms.Told, run=on(verbs.tell, "relay"), done=_("已登记。"),
        says=_("在会上传达的，会议办结时自动记上；这里只登记会外的，如班前会。"),
    ),
    "explain": Deed(
        label=_("写理由"), icon="comment", form=forms.Reason, run=on(verbs.explain, "relay"), done=_("已写，等上级认可。"),
        says=_("期限内确实传达不了的写明理由；另一人认可以后不扣分。"), shown=lambda one: one.state == "open",
    ),
    "decide": Deed(
        label=_("认可理由"), icon="audited", form=forms.Decided, run=on(verbs.decide, "relay"), done=_("已办。"),
        shown=lambda one: one.state == "explained",
    ),
    "withdraw": Deed(
        label=_("撤回"), icon="x", form=forms.Reason, run=on(verbs.withdraw, "relay"), done=_("已撤回。"),
        says=_("下达错了的，期限以前才能撤回。"), shown=lambda one: one.state in ("open", "explained"),
    ),
}  # fmt: skip
VERBS = {"tell": TELL, "explain": TELL, "decide": ASK, "withdraw": ASK}


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    places, everything = Places(where.plant, where.on), asked(request, "state") == "all"
    mine = queries.visible(scope).filter(document__plant=where.plant)
    found = (
        mine.order_by("-due_on", "-pk")
        if everything
        else mine.filter(state__in=queries.WAITING).order_by("due_on", "pk")
    )
    shown = Paginator(found, SIZE).get_page(request.GET.get("page"))
    names = {key: places.body_name(key) for key in places.body_codes}
    rows = queries.shown(shown, scope=scope, names=names, on=where.on)
    context = {
        "bar": bar(request, where, "relays"),
        "states": STATES,
        "state": "all" if everything else "",
        "page": shown,
        "rows": [(one, MARKS[one.relay.state], _words(one)) for one in rows],
        "tail": where.tail,
    }
    return render(request, "documents/relays.html", context)


@page(verb=SEE)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    scope = scope_of_request(request)
    row: Relay = known(queries.relay_of(scope=scope, pk=pk))
    found = chosen(DEEDS, deed, row)
    known(row if scope.may(VERBS[deed], row.body) is None else None)
    where = here(request, SEE, of=row.document.plant)
    up = (gettext("传达"), reverse("relays") + where.tail)
    return deed_page(
        request, found, subject=row, title=row.document.title, where=where, up=up, initial={"day": where.on}
    )


def _words(one: queries.Row) -> list[tuple[str, Deed]]:
    """What the reader may do about it, the usual first."""
    may = {"tell": one.may_tell, "explain": one.may_tell, "decide": one.may_decide, "withdraw": one.may_withdraw}
    return [(word, DEEDS[word]) for word, yes in may.items() if yes and DEEDS[word].shown(one.relay)]
