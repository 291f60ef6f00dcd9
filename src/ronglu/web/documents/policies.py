"""政策告知: told with its day of effect ahead, how many have heard it by then, and the questions that wait for an answer."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, known, on
from ronglu.web.documents import forms
from ronglu.web.documents.frame import SEE, bar, deed_page
from ronglu.web.where import here
from ronglu.work import policies as verbs
from ronglu.work.queries import documents as queries
from ronglu.work.queries import relays as told

if TYPE_CHECKING:
    from ronglu.store.models import Document

KEEP = "documents.keep"
NEW = Deed(
    label=_("发布政策告知"), icon="plus", form=forms.Announced, done=_("已发布，各党组织在施行前讲到职工。"),
    run=lambda plant, **said: verbs.announce(plant=plant, **said),
    says=_("先告知、后施行：施行日期要在今天以后。职工可以提问，答复大家都能看到。"),
)  # fmt: skip
ANSWER = Deed(
    label=_("答复"), icon="comment", form=forms.Answered, run=on(verbs.answer, "question"), done=_("已答复。")
)


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    found = list(queries.listed(plant=where.plant, wanted=queries.Wanted(kind="notice")))
    covered, open_ones = told.coverage(found), queries.unanswered(found)
    context = {
        "bar": bar(request, where, "policies"),
        "rows": [_row(one, covered.get(one.pk), open_ones.get(one.pk, 0), where.on) for one in found],
        "may_keep": scope.has(KEEP),
        "tail": where.tail,
    }
    return render(request, "documents/policies.html", context)


@page(verb=KEEP)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, KEEP)
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where,
        up=(gettext("政策告知"), reverse("policies") + where.tail), initial={"audience": "staff"},
        landing=lambda row: reverse("document", args=[row.pk]) + where.tail,
    )  # fmt: skip


@page(verb=KEEP)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    row = known(queries.question_of(scope=scope_of_request(request), pk=pk))
    require(request, KEEP, row.document.plant)
    where = here(request, SEE, of=row.document.plant)
    up = (row.document.title, reverse("document", args=[row.document_id]) + where.tail)
    return deed_page(request, ANSWER, subject=row, title=row.question, where=where, up=up, initial={"text": row.answer})


def _row(one: "Document", coverage: told.Coverage | None, unanswered: int, on: dt.date) -> dict[str, Any]:
    """In force although some have not heard it, or while a question waits: said plainly."""
    ahead = one.effective_on is not None and one.effective_on > on
    whole = coverage is not None and coverage.told >= coverage.due
    state = ("waiting", _("还没施行")) if ahead else ("good", _("已施行"))
    if not ahead and (not whole or unanswered):
        state = ("watch", _("已施行，还没讲到、答完"))
    return {"row": one, "coverage": coverage, "unanswered": unanswered, "state": state}
