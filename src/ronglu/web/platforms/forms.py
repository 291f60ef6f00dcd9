"""The forms of platforms; one that was taken from the list comes filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.kernel.annual.platform import Rhythm
from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.goals.evidence import CaseField
from ronglu.web.goals.forms import Meeting, Tagged
from ronglu.web.goals.frame import book
from ronglu.web.platforms.words import POSTS, RHYTHMS
from ronglu.web.teams.forms import Words
from ronglu.web.words import named


class Kept(Tagged):
    name = forms.CharField(label=_("平台名称"), max_length=60)
    category = forms.ChoiceField(label=_("类别"))
    owner = StaffField(label=_("负责人"))
    rule = Words(label=_("规则"), rows=2, help_text=_("怎么用、谁来用"))
    output = forms.CharField(label=_("产出"), max_length=160)
    rhythm = forms.ChoiceField(label=_("频次"), choices=[(one.value, RHYTHMS[one]) for one in Rhythm])
    posts = forms.MultipleChoiceField(
        label=_("覆盖哪几类岗位"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, word) for one, word in POSTS.items()],
    )
    grip = forms.ChoiceField(label=_("三抓三要"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(one.code, named(one)) for one in book().categories.values()]  # type: ignore[attr-defined]


class Registered(Kept):
    on = DayField(label=_("自哪天起"))


class Ended(DeedForm):
    on = DayField(label=_("自哪天起停用"))
    reason = Words(label=_("停用的理由"), rows=2)


class Used(Meeting):
    body = PlaceField(label=_("哪个党组织"), of="body", kinds=("branch", "joint", "group"))
    day = DayField(label=_("日期"))
    gathering = forms.ChoiceField(label=_("是哪次会"), required=False, help_text=_("会上办的选上，产出不用另写"))
    case = CaseField(label=_("是哪件事项"), help_text=_("写编号或题目里的字，从列表里选；选上的，产出不用另写"))
    output = forms.CharField(label=_("产出了什么"), max_length=160, required=False)

    field_order = ("body", "day", "gathering", "case", "output")
