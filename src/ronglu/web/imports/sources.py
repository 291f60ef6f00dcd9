"""Sources and the full text of their profiles: looked at, changed, taken away and brought in as YAML or JSON."""

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.config import clock
from ronglu.exchange.profile_text import ProfileError, from_dict, from_yaml, to_dict, to_yaml
from ronglu.web.access import me, page, scope_of_request
from ronglu.web.where import here
from ronglu.work import sources
from ronglu.work.sources import SourceTrouble

if TYPE_CHECKING:
    from ronglu.store.models import Source

VERB = "sources.edit"
TYPES = {"yaml": "application/yaml", "json": "application/json"}
LARGEST = 200_000  # letters of a profile


class ProfileForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("来源名称"), max_length=80)
    text = forms.CharField(
        label=gettext_lazy("读取方案全文"),
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=gettext_lazy("YAML 或 JSON。存下就是新的一版；以前的导入仍记着当时用的那一版。"),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("方案文件"),
        help_text=gettext_lazy("从本页或别的厂导出的 .yaml 或 .json"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )


@page(verb=VERB)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, VERB)
    context = {
        "here": where,
        "rows": sources.listed(where.plant),
        "crumbs": [(_("数据导入"), reverse("imports")), (_("来源与读取方案"), "")],
    }
    return render(request, "imports/sources.html", context)


@page(verb=VERB)
def bring(request: HttpRequest) -> HttpResponse:
    """A profile from a file becomes a source of this plant."""
    where, form = here(request, VERB), FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["file"].read(LARGEST).decode("utf-8-sig")
            made = _save(request, where.plant, text)
        except UnicodeDecodeError:
            form.add_error("file", _("不是文本文件：应是导出的 .yaml 或 .json"))
        except (ProfileError, SourceTrouble) as trouble:
            form.add_error("file", str(trouble))
        else:
            messages.success(request, _("方案已导入。"))
            return redirect("source", made.pk)
    title = _("导入方案")
    context = {
        "form": form, "title": title, "upload": True,
        "crumbs": [(_("数据导入"), reverse("imports")), (_("来源与读取方案"), reverse("sources")), (title, "")],
    }  # fmt: skip
    return render(request, "imports/source.html", context, status=422 if form.errors else 200)


@page(verb=VERB)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = _find(request, pk)
    form = ProfileForm(request.POST or None, initial={"name": one.name, "text": to_yaml(from_dict(one.profile))})
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, one.plant, form.cleaned_data["text"], source=one, name=form.cleaned_data["name"])
        except (ProfileError, SourceTrouble) as trouble:
            for line in str(trouble).splitlines():
                form.add_error("text", line)
        else:
            messages.success(request, _("方案已存下。"))
            return redirect("source", one.pk)
    context = {
        "form": form, "one": one, "title": one.name,
        "crumbs": [(_("数据导入"), reverse("imports")), (_("来源与读取方案"), reverse("sources")), (one.name, "")],
    }  # fmt: skip
    return render(request, "imports/source.html", context, status=422 if form.errors else 200)


@page(verb=VERB)
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    one = _find(request, pk)
    if form not in TYPES:
        raise Http404("方案只有 yaml 和 json 两种写法")
    profile = from_dict(one.profile)
    text = to_yaml(profile) if form == "yaml" else json.dumps(to_dict(profile), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type=f"{TYPES[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{one.code}-v{one.version}.{form}"'
    return response


def _save(request: HttpRequest, plant: Any, text: str, source: "Source | None" = None, name: str = "") -> "Source":
    """JSON is YAML too. Everything wrong is raised in one go, a line each."""
    profile = from_yaml(text)
    if wrong := profile.problems():
        raise ProfileError("\n".join(wrong))
    return sources.save(
        plant=plant, name=name or profile.name, profile=to_dict(profile), source=source, by=me(request), at=clock.now()
    )


def _find(request: HttpRequest, pk: int) -> "Source":
    for plant in scope_of_request(request).plants(VERB):
        if (one := sources.listed(plant).filter(pk=pk).first()) is not None:
            return one
    raise Http404("没有这个来源，或不在您的范围内")
