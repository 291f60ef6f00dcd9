"""Where sealed drafts arrive: opened with their ticket, sent once by the form they came from, or shown again to their writer."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronglu.web.access import page
from ronglu.web.kiosk import holder, seal, shift, views
from ronglu.work import accounts

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit

Typed = Mapping[str, str]


class Form(NamedTuple):
    """`send` says why not, and nothing once it is stored; `show` is the form with what was typed in it."""

    send: "Callable[[HttpRequest, Unit, Account, Typed, str], list[str]]"
    show: "Callable[[HttpRequest, Unit, Account, Typed, list[str]], HttpResponse]"


FORMS = {"give": Form(shift.send_give, shift.give_page), "halt": Form(shift.send_halt, shift.halt_page)}


@page(verb=views.VERB)
@never_cache
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Perhaps after its writer has gone: then the answer says nothing. `open`: he goes on with it."""
    unit = holder.terminal_unit(request)
    ticket = seal.read(request.POST.get("ticket", ""))
    typed = seal.opened(ticket, request.POST.get("sealed", "")) if ticket else None
    account = accounts.in_use(pk=ticket.account) if ticket else None
    if ticket is None or typed is None or account is None or account.person.plant_id != unit.plant_id:
        return HttpResponse(status=410)
    known = holder.known(request)
    here = known is not None and known.pk == account.pk
    opens = bool(request.POST.get("open"))
    if opens and not here:
        return HttpResponse(status=409)
    form, before = FORMS.get(typed.get("form", "")), holder.refusal(request, ticket.key)
    if form is None:
        loop = views.loop_of(request, typed.get("loop", ""))
        if opens:
            return views.form_page(request, unit, loop, account, typed, why=before)
        return views.send(request, unit, loop, account, typed, key=ticket.key, here=here)
    if opens:
        return form.show(request, unit, account, typed, before)
    why = form.send(request, unit, account, typed, ticket.key)
    return holder.refuse(request, ticket.key, why) if why else HttpResponse(status=204)
