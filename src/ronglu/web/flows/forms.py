"""The forms of the process graph: an edge, its end, the month's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.words import named
from ronglu.work.flows import HIGHEST, KINDS, LOWEST
from ronglu.work.queries.places import Places


class Connected(DeedForm):
    source = PlaceField(label=_("上道工序"), of="unit", kinds=KINDS)
    target = PlaceField(label=_("下道工序"), of="unit", kinds=KINDS)
    what = forms.CharField(label=_("交什么"), max_length=80, help_text=_("如 阳极板、冰铜"))
    on = DayField(label=_("自哪天起"))


class Closed(DeedForm):
    on = DayField(label=_("自哪天起不再衔接"))


class Judged(DeedForm):
    """A mark for each aspect that the plant declares, and one sentence."""

    reason = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("评 2 分以下的必须写：哪里不满意，上道工序才知道改什么"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.aspects = pack_of(places.plant.code).base.flows.aspects
        steps = [(mark, str(mark)) for mark in range(LOWEST, HIGHEST + 1)]
        marks = {
            one.code: forms.TypedChoiceField(label=named(one), coerce=int, choices=steps, widget=forms.RadioSelect)
            for one in self.aspects
        }
        self.fields = {**marks, **self.fields}

    def rows(self) -> dict[str, Any]:
        marks = {one.code: self.cleaned_data[one.code] for one in self.aspects}
        return {"marks": marks, "aspects": self.aspects, "reason": self.cleaned_data["reason"]}
