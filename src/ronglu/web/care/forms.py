"""The forms of help pairs, talks and contacts; the verbs say what is wrong with what was filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.regulation.facts import TALKS
from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.integrity.forms import BODIES, Listed
from ronglu.web.teams.forms import Words
from ronglu.web.words import named, pack_of


class Proposed(DeedForm):
    one = StaffField(label=_("一方"))
    other = StaffField(label=_("另一方"), help_text=_("党员或职工都可以"))
    axis = forms.ChoiceField(label=_("哪一方面"), choices=[("work", _("工作")), ("life", _("生活"))])


class Agreed(DeedForm):
    """A button that needs nothing more than a yes."""


class Noted(DeedForm):
    gave = forms.ChoiceField(label=_("谁帮谁"), choices=[("yes", _("我帮了对方")), ("no", _("对方帮了我"))])
    words = Words(label=_("帮了什么"), rows=2, help_text=_("只有你们两人看得到"))
    on = DayField(label=_("哪天"))

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"gave": found["gave"] == "yes"}


class Heart(DeedForm):
    body = PlaceField(of="body", kinds=BODIES, label=_("哪个党组织"))
    pair = forms.ChoiceField(label=_("哪些人之间"))
    on = DayField(label=_("哪天谈的"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pair"].choices = [(code, named(zh)) for code, zh in TALKS.items()]  # type: ignore[attr-defined]


class Face(Listed):
    body = PlaceField(of="body", kinds=(*BODIES, "group"), label=_("哪个党组织的人"))
    headings = forms.MultipleChoiceField(label=_("讲了哪几项"), widget=forms.CheckboxSelectMultiple)
    people = forms.IntegerField(label=_("多少人"), min_value=1, max_value=9999, help_text=_("只填人数，不填名单"))
    on = DayField(label=_("哪天"))

    field_of = {"headings": "headings"}


class Served(Listed):
    link = forms.ChoiceField(label=_("联系谁"))
    body = PlaceField(of="body", kinds=("general", "branch", "joint"), label=_("哪个支部"), required=False)
    unit = PlaceField(of="unit", label=_("哪个班组或单位"), required=False)
    serves = forms.MultipleChoiceField(label=_("服务什么"), required=False, widget=forms.CheckboxSelectMultiple)
    heard = Words(label=_("带回什么"), rows=2, required=False, help_text=_("不写职工姓名"))
    opens = forms.BooleanField(label=_("开成难题，有人答复"), required=False)
    on = DayField(label=_("哪天去的"))

    field_of = {"link": "links", "serves": "serves"}

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        loop = pack_of(self.places.plant.code).loops.get("problem")
        return found | {"opens": loop if found["opens"] else None}
