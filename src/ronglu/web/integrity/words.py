"""改名称: the lists of integrity and care in the plant's own words; codes stay, so what was recorded stays with its line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page
from ronglu.web.deeds import Deed, back_to, known
from ronglu.web.integrity import forms
from ronglu.web.integrity.frame import bar, deed_page
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import wording as verbs

EDIT = "integrity.words"


@page(verb=EDIT)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, EDIT)
    shipped = verbs.declared().lists
    rows = [
        (name, named(word), list(zip(shipped[name], verbs.listed(where.plant, name), strict=True)))
        for name, word in verbs.NAMES.items()
    ]
    context = {
        "bar": bar(request, where, "list_words"),
        "lists": rows,
        "note": verbs.declared().note,
        "tail": where.tail,
    }
    return render(request, "integrity/words.html", context)


@page(verb=EDIT)
def edit(request: HttpRequest, name: str) -> HttpResponse:
    where = here(request, EDIT)
    word = known(verbs.NAMES.get(name))
    own = where.plant.settings.get(verbs.OWN, {}).get(name, {})
    deed = Deed(
        label=_("改名称"), icon="edit", form=forms.Reworded, done=_("已改。"),
        run=lambda plant, **said: verbs.reword(plant=plant, name=name, **said),
        says=_("空着的用系统默认的叫法；编码不变，以前的记录跟着新名称走。"),
    )  # fmt: skip
    return deed_page(
        request, deed, subject=where.plant, title=named(word), where=where, up=back_to(gettext("改名称"), "list_words", where),
        initial=own | {"name": name},
    )  # fmt: skip
