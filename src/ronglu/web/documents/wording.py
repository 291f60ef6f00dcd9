"""本厂叫法: what the plant calls the audiences, forms and themes of education; emptied, the default is back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.gathering.education import LISTS
from ronglu.web.access import page
from ronglu.web.deeds import Deed
from ronglu.web.documents import forms
from ronglu.web.documents.frame import bar, deed_page, lists
from ronglu.web.where import here
from ronglu.web.words import pack_of
from ronglu.work import education as verbs

KEEP = "documents.keep"
NAMES = {"audiences": _("对象"), "forms": _("形式"), "themes": _("主题")}


@page(verb=KEEP)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, KEEP)
    own, declared = lists(where.plant), pack_of(where.plant.code).base.education
    shown = [
        (
            name,
            NAMES[name],
            [(one, one.zh != getattr(declared, name)[one.code].zh) for one in getattr(own, name).values()],
        )
        for name in LISTS
    ]
    context = {"bar": bar(request, where, "education_words"), "lists": shown, "note": declared.note, "tail": where.tail}
    return render(request, "documents/words.html", context)


@page(verb=KEEP)
def word(request: HttpRequest, name: str, code: str) -> HttpResponse:
    where = here(request, KEEP)
    own, declared = lists(where.plant), pack_of(where.plant.code).base.education
    if name not in LISTS or code not in getattr(declared, name):
        raise Http404("没有这一项")
    deed = Deed(
        label=_("改叫法"), form=forms.Worded, done=_("已改好。"), says=_("只改叫法，已有的记录不变；清空就恢复系统默认。"),
        run=lambda plant, **said: verbs.word(plant=plant, declared=declared, name=name, code=code, **said),
    )  # fmt: skip
    up = (gettext("叫法"), reverse("education_words") + where.tail)
    initial = {"words": getattr(own, name)[code].zh}
    return deed_page(
        request, deed, subject=where.plant, title=getattr(declared, name)[code].zh, where=where, up=up, initial=initial
    )
