"""The rules of the sheet for everybody to read, and publishing a version from a month on."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronglu.boards.sheet import rules as board
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.keys import key_of
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.linter import RedList
from ronglu.packs import sheets
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.sheet.forms import PublishForm
from ronglu.web.sheet.frame import asked_for, last_full_month, months, tabs
from ronglu.work.queries.drafts import versions
from ronglu.work.sheets import publish


@cache
def examples() -> dict[str, Any]:
    return sheets.example_rows()


@cache
def redlist() -> RedList:
    return sheets.redlist()


@page(verb="rules.see")
def rules(request: HttpRequest) -> HttpResponse:
    at, scope = asked_for(request, verb="rules.see"), scope_of_request(request)
    told = board.read(
        plant=at.here.plant, month=at.month, pack=pack_of(at.here.plant.code), examples=examples(),
        number=key_of(asked(request, "version"), most=99_999), names=scope.has("people.see"),
    )  # fmt: skip
    if told is None:
        raise Http404("没有这一版")
    may_edit = scope.may("sheet.edit", at.here.plant) is None
    context = {
        "at": at, "tabs": tabs(request, at), "told": told, "months": months(at.here, at.month),
        "form": PublishForm(initial={"from_month": str(last_full_month() + 1)}) if may_edit else None,
        "sees_drafts": scope.may("sheet.drafts", at.here.plant) is None, "tail": at.tail(month=at.month),
    }  # fmt: skip
    return render(request, "sheet/rules.html", context)


@page(verb="sheet.edit")
def publish_shipped(request: HttpRequest) -> HttpResponse:
    """The sheet as the product ships it becomes the plant's first version; later ones are drafted, and approved by another."""
    at = asked_for(request, verb="sheet.edit")
    require(request, "sheet.edit", at.here.plant)
    form = PublishForm(request.POST or None, initial={"from_month": str(last_full_month() + 1)})
    if request.method == "POST" and versions(at.here.plant):
        form.add_error(None, _("本厂已经有发布过的版本；改规则请起草新版，由另一个人批准"))
    elif request.method == "POST" and form.is_valid():
        try:
            made = publish(
                plant=at.here.plant, declaration=pack_of(at.here.plant.code).sheet.declaration, examples=examples(),
                red=redlist(), from_month=form.cleaned_data["from_month"], by=me(request), at=clock.now(),
            )  # fmt: skip
        except SheetProblem as problem:
            for text in problem.problems:
                form.add_error(None, text)
        else:
            words = {"n": made.version, "month": form.cleaned_data["from_month"]}
            messages.success(request, _("第 %(n)d 版已发布，从 %(month)s 起用。") % words)
            return redirect("sheet_rules")
    context = {"at": at, "form": form, "crumbs": at.crumbs((_("发布考核表"), "")), "tail": at.tail()}
    return render(request, "sheet/publish.html", context, status=422 if form.errors else 200)
