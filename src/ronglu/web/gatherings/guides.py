"""标准指导书: every kind of meeting with its blocks, the versions of one, and the office's form for a new version."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.gathering.guide import FILLS, OUTPUTS, Block, BlockKind, Guide
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed
from ronglu.web.fields import DayField, DeedForm
from ronglu.web.gatherings.frame import SEE, bar, crumbs, deed_page
from ronglu.web.where import Here, here
from ronglu.web.words import named
from ronglu.work import guides as verbs

EDIT = "guides.edit"
SPARE = 2
"""Empty rows for further blocks."""
RHYTHMS = {"week": _("每周"), "month": _("每月"), "quarter": _("每季"), "year": _("每年"), "": _("按需")}
HOLDERS = {
    "committee": _("党委"), "general": _("党总支"), "branch": _("党支部"), "joint": _("联合党支部"), "group": _("党小组"),
    "team": _("队伍"),
}  # fmt: skip


class Words(DeedForm):
    """Label, length, checklists, and the blocks one by one; what the rules read is not here."""

    from_on = DayField(label=_("从哪天起用"))
    note = forms.CharField(label=_("改了什么"), max_length=200)
    label = forms.CharField(label=_("名称"), max_length=40)
    minutes = forms.IntegerField(label=_("开多久"), min_value=1, max_value=720)
    before = forms.CharField(
        label=_("会前准备"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一条")
    )
    after = forms.CharField(
        label=_("会后落实"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("一行一条")
    )

    def __init__(self, *args: Any, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guide = guide
        kinds = [(one.value, named(one.label)) for one in BlockKind]
        for no in range(len(guide.blocks) + SPARE):
            told = {"n": no + 1}
            self.fields[f"label-{no}"] = forms.CharField(
                label=_now("环节 %(n)s") % told, max_length=40, required=False, help_text=_now("空着就没有这个环节")
            )
            self.fields[f"kind-{no}"] = forms.ChoiceField(
                label=_now("环节 %(n)s 怎么开") % told, choices=kinds, required=False
            )
            self.fields[f"says-{no}"] = forms.CharField(
                label=_now("环节 %(n)s 的说明") % told, max_length=120, required=False
            )

    def rows(self) -> dict[str, Any]:
        found = self.cleaned_data
        words = {
            "label": found["label"].strip(), "minutes": found["minutes"], "before": _lines(found["before"]),
            "after": _lines(found["after"]), "blocks": tuple(self._blocks()),
        }  # fmt: skip
        return {"from_on": found["from_on"], "note": found["note"], "words": words}

    def _blocks(self) -> list[Block]:
        """A block keeps its code and what the records lay before it; a new one gets a code of its own."""
        found, taken = [], {one.code for one in self.guide.blocks}
        for no in range(len(self.guide.blocks) + SPARE):
            label = self.cleaned_data[f"label-{no}"].strip()
            if not label:
                continue
            old = self.guide.blocks[no] if no < len(self.guide.blocks) else None
            code = old.code if old else next(name for n in range(1, 99) if (name := f"own{n}") not in taken)
            taken.add(code)
            found.append(
                Block(
                    code=code,
                    label=label,
                    en=old.en if old and old.label == label else "",
                    kind=BlockKind(self.cleaned_data[f"kind-{no}"]),
                    says=self.cleaned_data[f"says-{no}"].strip(),
                    fill=old.fill if old else (),
                )
            )
        return found


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    found = verbs.in_force(plant=where.plant, on=where.on).values()
    context = {
        "bar": bar(request, where, "guides"), "rows": [_shown(one) for one in found], "where": where, "tail": where.tail,
    }  # fmt: skip
    return render(request, "gatherings/guides.html", context)


@page(verb=SEE)
def show(request: HttpRequest, kind: str) -> HttpResponse:
    guide, where = _read(request, kind)
    context = {
        **_shown(guide), "where": where, "tail": where.tail, "crumbs": crumbs(where, _up(where), (named(guide), "")),
        "blocks": [(one, named(one.kind.label), [named(FILLS[fill]) for fill in one.fill]) for one in guide.blocks],
        "outputs": [named(OUTPUTS[one]) for one in guide.outputs],
        "history": verbs.history(plant=where.plant, kind=kind),
        "may_edit": scope_of_request(request).may(EDIT, where.plant) is None,
    }  # fmt: skip
    return render(request, "gatherings/guide.html", context)


@page(verb=EDIT)
def edit(request: HttpRequest, kind: str) -> HttpResponse:
    guide, where = _read(request, kind)
    require(request, EDIT, where.plant)

    def form(*args: Any, **kwargs: Any) -> Words:
        return Words(*args, guide=guide, **kwargs)

    deed = Deed(
        label=_("修订指导书"), icon="edit", form=form, done=_("新的一版已发布。"),  # type: ignore[arg-type]
        run=lambda one, **said: verbs.publish(plant=where.plant, kind=one.kind, **said),
        says=_("发布后是新的一版；已经排定、开过的会仍按原来的一版。要填的内容、能不能表决、谁应到，规则要读，不在这里改。"),
    )  # fmt: skip
    return deed_page(
        request, deed, subject=guide, title=named(guide), where=where,
        up=(named(guide), reverse("guide", args=[kind]) + where.tail), initial=_initial(guide, where),
    )  # fmt: skip


def _read(request: HttpRequest, kind: str) -> tuple[Guide, Here]:
    where = here(request, SEE)
    guide = verbs.in_force(plant=where.plant, on=where.on).get(kind)
    if guide is None:
        raise Http404("没有这一类会议")
    return guide, where


def _up(where: Here) -> tuple[str, str]:
    return (_now("标准指导书"), reverse("guides") + where.tail)


def _shown(guide: Guide) -> dict[str, Any]:
    return {
        "guide": guide, "name": named(guide), "rhythm": RHYTHMS[guide.rhythm], "status": named(guide.status),
        "held_by": _now("、").join(str(HOLDERS[one]) for one in guide.held_by),
        "parts": _now("、").join(named(one) for one in guide.blocks),
    }  # fmt: skip


def _initial(guide: Guide, where: Here) -> dict[str, Any]:
    found: dict[str, Any] = {
        "from_on": where.on, "label": guide.label, "minutes": guide.minutes, "before": "\n".join(guide.before),
        "after": "\n".join(guide.after),
    }  # fmt: skip
    for no, one in enumerate(guide.blocks):
        found |= {f"label-{no}": one.label, f"kind-{no}": one.kind.value, f"says-{no}": one.says}
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
