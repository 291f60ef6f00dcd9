"""The forms of a member's own page and of his committee's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.standing.points import PointRules
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.fields import DayField, DeedForm, StaffField
from ronglu.web.words import named
from ronglu.work.lifts import HAND
from ronglu.work.points import KEPT


class Goals(DeedForm):
    ability = forms.CharField(label=_("能力目标"), max_length=200, help_text=_("今年要学会什么、考过什么；只写一个"))
    results = forms.CharField(label=_("业绩目标"), max_length=200, help_text=_("本岗或本班的哪个指标到多少；只写一个"))
    mentor = StaffField(label=_("导师或结对人"), required=False)

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"mentor": found["mentor"] or None}


class Claim(DeedForm):
    """`sources` by code; those that the system reads itself are not offered."""

    source = forms.ChoiceField(label=_("什么事"))
    on = DayField(label=_("哪一天"))
    ground = forms.CharField(label=_("依据"), max_length=180, help_text=_("什么事、谁可以证明；照片、材料不加分"))

    def offer(self, rules: PointRules, *, deducts: bool) -> None:
        listed = [one for one in rules.sources.values() if one.deducts == deducts and one.fact not in KEPT]
        self.fields["source"].choices = [(one.code, named(one)) for one in listed]  # type: ignore[attr-defined]


class Charge(Claim):
    person = StaffField(label=_("谁"))
    field_order = ("person", "source", "on", "ground")


class Objection(DeedForm):
    ground = forms.CharField(label=_("理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    wish = forms.CharField(label=_("希望怎样改"), max_length=500, required=False)


class AwayDays(DeedForm):
    """Both days belong to it; nothing asks why."""

    first_on = DayField(label=_("从哪天起"))
    last_on = DayField(label=_("到哪天止"), help_text=_("这一天也不在岗；不知道的先填大概，回来早了撤回"))


class AwayOf(AwayDays):
    person = StaffField(label=_("谁"))
    field_order = ("person", "first_on", "last_on")


class Nothing(DeedForm):
    """Only to be confirmed."""


class Why(DeedForm):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("本人会看到"))


class Note(DeedForm):
    quarter = forms.ChoiceField(label=_("哪一季"))
    text = forms.CharField(label=_("点评"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quarters = Period.year(self.places.on.year).down(Grain.QUARTER)
        self.fields["quarter"].choices = [(str(one), named(one)) for one in quarters]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"quarter": Period.parse(found["quarter"])}


class Assessed(DeedForm):
    person = StaffField(label=_("谁"))
    dimension = forms.ChoiceField(label=_("哪一维"))
    month = forms.CharField(label=_("月份"), max_length=7, help_text=_("如 2026-03"))
    figure = forms.DecimalField(label=_("数（0–100）"), min_value=0, max_value=100, decimal_places=2)
    ground = forms.CharField(label=_("依据"), max_length=300, help_text=_("哪次考评、谁签认；另一人签认后才算"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = [(code, _HAND[code]) for code in HAND]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        figure_h = int(found.pop("figure").scaleb(2))
        return found | {"month": Period.parse(found["month"]), "figure_h": figure_h}


_HAND = {"learning": _("学习力：核实的能力长进"), "skill": _("技能力：岗位技能考评")}
