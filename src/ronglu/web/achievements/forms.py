"""The forms of the ledger: what it was for, how it was done, where it is used, what it brought."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.teams.forms import Words
from ronglu.web.words import said
from ronglu.work import achievements


class Told(DeedForm):
    problem = Words(label=_("解决什么问题"), rows=2)
    solution = Words(label=_("怎样解决"), rows=2)
    application = Words(label=_("用在哪里"), rows=2)
    effect = Words(label=_("效果"), rows=2, help_text=_("写得出数就写数和出处；由第二人核实后才计数"))


class Recorded(Told):
    kind = forms.ChoiceField(label=_("类型"), choices=said(achievements.KINDS))
    title = forms.CharField(label=_("名称"), max_length=120)
    body = PlaceField(label=_("哪个党组织"), of="body")
    unit = PlaceField(label=_("哪个单位"), of="unit")
    day = DayField(label=_("形成日期"))
    case_no = forms.CharField(label=_("来自哪个事项"), max_length=40, required=False, help_text=_("写事项编号"))

    field_order = ["kind", "title", "body", "unit", "day", *achievements.WORDS, "case_no"]
