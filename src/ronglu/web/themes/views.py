"""Themes of a year with what hangs under each, the list to take from, and the forms to add and change one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, known, on
from ronglu.web.fields import DeedForm
from ronglu.web.goals.frame import SEE, THEMES, asked_of, bar, book, deed_page
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import themes as verbs
from ronglu.work.queries import themes as queries

KINDS = [("year", _("年度主题")), ("campaign", _("专项主题")), ("field", _("攻坚领域")), ("source", _("规划来源"))]
LEVELS = [("group", _("央企")), ("company", _("集团公司")), ("plant", _("本厂"))]


class Added(DeedForm):
    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS)
    level = forms.ChoiceField(label=_("层级"), choices=LEVELS, initial="plant")
    first_year = forms.IntegerField(label=_("首年"), min_value=2000, max_value=2099)
    last_year = forms.IntegerField(label=_("末年"), min_value=2000, max_value=2099)
    source = forms.CharField(label=_("出处"), max_length=160, required=False, help_text=_("文件名称或文号"))


class Taken(DeedForm):
    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("可以用本厂的叫法"))
    year = forms.IntegerField(label=_("从哪一年起"), min_value=2000, max_value=2099)


class Changed(DeedForm):
    name = forms.CharField(label=_("名称"), max_length=80)
    last_year = forms.IntegerField(label=_("末年"), min_value=2000, max_value=2099)
    source = forms.CharField(label=_("出处"), max_length=160, required=False)


NEW = Deed(
    label=_("加主题"), icon="plus", form=Added, run=on(verbs.add, "plant"), done=_("主题已登记。"), yes=_("保存")
)
CHANGE = Deed(
    label=_("改主题"), form=Changed, run=on(verbs.change, "theme"), done=_("已改。"), yes=_("保存"),
    says=_("挂在它下面的目标、任务和专题不变。"),
)  # fmt: skip


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where, scope = here(request, SEE), scope_of_request(request)
    asked = asked_of(request, where)
    rows = queries.listed(plant=where.plant, year=asked.year)
    may_set = scope.may(THEMES, where.plant) is None and scope.has(THEMES)
    taken = {one.theme.code for one in rows}
    context = {
        "bar": bar(request, where, "themes"),
        "asked": asked,
        "groups": [(label, [one for one in rows if one.theme.kind == kind]) for kind, label in KINDS],
        "seeds": [(one, dict(KINDS)[one.kind]) for code, one in book().themes.items() if code not in taken]
        if may_set
        else [],
        "status": book().status,
        "may_set": may_set,
        "tail": where.tail,
    }
    return render(request, "themes/list.html", context)


@page(verb=THEMES)
def new(request: HttpRequest) -> HttpResponse:
    where = here(request, THEMES)
    years = {"first_year": where.on.year, "last_year": where.on.year}
    return deed_page(
        request, NEW, subject=where.plant, title=where.plant.name, where=where, up=_up(where), initial=years
    )


@page(verb=THEMES)
def take(request: HttpRequest, seed: str) -> HttpResponse:
    where, found = here(request, THEMES), known(book().themes.get(seed))

    def run(subject: Any, **said: Any) -> Any:
        return verbs.take(plant=subject, seed=found, **said)

    deed = Deed(label=_("取用主题"), icon="plus", form=Taken, run=run, done=_("主题已登记。"), yes=_("取用"))
    initial = {"name": found.zh, "year": where.on.year}
    return deed_page(
        request, deed, subject=where.plant, title=named(found), where=where, up=_up(where), initial=initial
    )


@page(verb=THEMES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    theme = known(queries.theme_of(scope=scope_of_request(request), pk=pk))
    require(request, THEMES, theme.plant)
    where = here(request, SEE, of=theme.plant)
    initial = {"name": theme.name, "last_year": theme.last_year, "source": theme.source}
    return deed_page(request, CHANGE, subject=theme, title=theme.name, where=where, up=_up(where), initial=initial)


def _up(where: Here) -> tuple[str, str]:
    return gettext("主题"), reverse("themes") + where.tail
