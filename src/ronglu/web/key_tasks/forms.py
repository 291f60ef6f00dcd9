"""The forms of key tasks: two responsible, a span, and the day of a stage."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.goals.evidence import CaseField
from ronglu.web.goals.forms import Meeting, Tagged
from ronglu.web.teams.forms import Words
from ronglu.work.queries import goals

BODIES = ("committee", "general", "branch", "joint")


class Pair(DeedForm):
    party = StaffField(label=_("党务责任人"))
    line = StaffField(label=_("行政责任人"))


class NewTask(Tagged):
    title = forms.CharField(label=_("重点任务"), max_length=160)
    body = PlaceField(label=_("哪个党组织"), of="body", kinds=BODIES)
    unit = PlaceField(label=_("哪个单位"), of="unit", required=False)
    party = StaffField(label=_("党务责任人"))
    line = StaffField(label=_("行政责任人"))
    first = DayField(label=_("起"))
    last = DayField(label=_("止"), help_text=_("八个环节的期限按起止日排好，到期以前可改"))
    goal = forms.ChoiceField(label=_("落实哪个目标"), required=False)
    grip = forms.ChoiceField(label=_("三抓三要"))
    theme = forms.ChoiceField(label=_("主题"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {one.pk: one for year in self.years() for one in goals.parents(plant=self.places.plant, year=year)}
        shown = ((str(one.pk), f"{one.year} · {one.code} {one.title}") for one in self.goals.values())
        self.fields["goal"].choices = [("", _now("不挂目标")), *shown]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"goal": self.goals.get(int(found["goal"])) if found["goal"] else None}


class Dropped(DeedForm):
    reason = Words(label=_("理由"), rows=2)


class Moved(DeedForm):
    due_on = DayField(label=_("改到哪天"))
    reason = Words(label=_("理由"), rows=2)


class Confirmed(Meeting):
    gathering = forms.ChoiceField(label=_("在哪次会上办的"), required=False, help_text=_("不是在会上办的空着"))
    case = CaseField()
