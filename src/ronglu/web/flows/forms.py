"""The forms of the process graph: an edge, its end, the month's word."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.words import said
from ronglu.work.flows import KINDS
from ronglu.work.queries.flows import WORDS


class Connected(DeedForm):
    source = PlaceField(label=_("上道工序"), of="unit", kinds=KINDS)
    target = PlaceField(label=_("下道工序"), of="unit", kinds=KINDS)
    what = forms.CharField(label=_("交什么"), max_length=80, help_text=_("如 阳极板、冰铜"))
    on = DayField(label=_("自哪天起"))


class Closed(DeedForm):
    on = DayField(label=_("自哪天起不再衔接"))


class Judged(DeedForm):
    word = forms.ChoiceField(label=_("这个月满意吗"), choices=said(WORDS), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不满意的必须写：哪里不满意，上道工序才知道改什么"),
    )  # fmt: skip
