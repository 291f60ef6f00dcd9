"""问一问: my questions and those put to me; open ones for whoever knows. Nothing on these pages is a number of anything."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ronglu.web.access import page, scope_of_request
from ronglu.web.admin.frame import act
from ronglu.web.deeds import Deed, known, on
from ronglu.web.help import forms
from ronglu.web.teams.frame import MARKS, bar, deed_page
from ronglu.web.where import here
from ronglu.work import help as verbs

if TYPE_CHECKING:
    from ronglu.store.models import HelpRequest

ASK = "help.ask"
SHOWN = 100

NEW = Deed(
    label=_("问一个问题"), icon="comment", form=forms.Asked, run=on(verbs.ask, "plant"), done=_("已送出。"),
    says=_("只有您和回答的人看得到；不排名，不统计谁答得多。"), yes=_("送出"),
)  # fmt: skip
ANSWER = Deed(label=_("回答"), icon="comment", form=forms.Answered, run=on(verbs.answer, "asking"), done=_("已回答。"))


@page(verb=ASK)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, ASK), scope_of_request(request)
    rows = [(one, MARKS[one.state], one.asker_id == scope.person_id) for one in verbs.mine(scope=scope)[:SHOWN]]
    context = {
        "bar": bar(request, where, "help"),
        "rows": rows,
        "waiting": verbs.waiting(scope=scope)[:SHOWN],
        "tail": where.tail,
    }
    return render(request, "help/list.html", context)


@page(verb=ASK)
def ask(request: HttpRequest) -> HttpResponse:
    where = here(request, ASK)
    up = (gettext("问一问"), reverse("help") + where.tail)
    return deed_page(request, NEW, subject=where.plant, title=where.plant.name, where=where, up=up)


@page(verb=ASK)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """For the one who was asked, or whoever takes an open question; for everybody else it does not exist."""
    row = known(verbs.mine(scope=scope_of_request(request)).filter(pk=pk).first() or _open(request, pk))
    where = here(request, ASK, of=row.plant)
    up = (gettext("问一问"), reverse("help") + where.tail)
    return deed_page(request, ANSWER, subject=row, title=f"{row.topic}：{row.question}", where=where, up=up)


@page(verb=ASK)
@require_POST
def settle(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    """yes: it helped; no: it did not."""
    row = known(verbs.mine(scope=scope_of_request(request)).filter(pk=pk).first())
    if word not in ("yes", "no"):
        raise Http404("没有这件事可办")
    back = reverse("help") + here(request, ASK, of=row.plant).tail
    return act(
        request, ASK, row.plant, verbs.settle, done=gettext("记下了，只有你们两人看得到。"), back=back,
        asking=row, helped=word == "yes",
    )  # fmt: skip


def _open(request: HttpRequest, pk: int) -> "HelpRequest | None":
    return verbs.waiting(scope=scope_of_request(request)).filter(pk=pk).first()
