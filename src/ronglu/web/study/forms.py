"""What is filled in about a plan, a topic and a training; audiences, forms and themes come from the plant's lists."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ronglu.web.documents.forms import Tagged
from ronglu.web.documents.frame import lists
from ronglu.web.fields import DayField, DeedForm, PlaceField, StaffField
from ronglu.web.words import named
from ronglu.work.queries import documents as library

BODIES = ("committee", "general", "branch", "joint")


class Planned(DeedForm):
    body = PlaceField(label=_("党组织"), of="body", kinds=BODIES)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999)
    audience = forms.ChoiceField(label=_("对象"))
    standard = forms.CharField(
        label=_("要求"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("空着就用这一类对象的系统默认要求"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists(self.places.plant)
        rows = self.lists.audiences.items()
        self.fields["audience"].choices = [(code, named(one)) for code, one in rows]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        audience = self.lists.audiences[found["audience"]]
        return found | {"audience": audience, "standard": found["standard"] or audience.standard}


class Topic(Tagged):
    title = forms.CharField(label=_("学习专题"), max_length=160)
    form = forms.ChoiceField(label=_("形式"))
    due_on = DayField(label=_("完成期限"))
    document = forms.ChoiceField(label=_("学哪份文件"), required=False)
    speaker = StaffField(label=_("领学人"), required=False)
    others = forms.CharField(
        label=_("其他领学人（工号）"),
        required=False,
        max_length=200,
        help_text=_("中心组学习可以有几位，工号用顿号隔开"),
    )

    field_order = ("title", "form", "due_on", "document", "speaker", "others", "themes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {str(one.pk): one for one in library.listed(plant=self.places.plant, wanted=library.Wanted())}
        shown = [("", _now("不用")), *((key, str(one.title)) for key, one in self.papers.items())]
        self.fields["document"].choices = shown  # type: ignore[attr-defined]
        rows = self.lists.forms.items()
        self.fields["form"].choices = [(code, named(one)) for code, one in rows]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        paper, speaker = self.papers.get(found["document"]), found["speaker"] or None
        numbers = [one for one in re.split(r"[、,，;；\s]+", found["others"]) if one]
        others = [self.places.person(one) for one in numbers]
        return found | {"document": paper, "speaker": speaker, "others": others, "lists": self.lists}


class TakenUp(DeedForm):
    """The meetings that are ahead are offered by the page, which knows the topic."""

    gathering = forms.ChoiceField(label=_("排到哪次会上"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(one.pk): one for one in self.initial.get("meetings", ())}
        shown = [(key, f"{one.starts_at:%m-%d %H:%M} {one.title}") for key, one in self.meetings.items()]
        self.fields["gathering"].choices = [("", _now("请选择")), *shown]  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        return {"gathering": self.meetings[self.cleaned_data["gathering"]]}


class Reason(DeedForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class Agreed(DeedForm):
    """A button that needs nothing more than a yes."""


class Trained(DeedForm):
    title = forms.CharField(label=_("培训名称"), max_length=120)
    organ = forms.CharField(label=_("主办单位"), max_length=80, required=False)
    first_on = DayField(label=_("首日"))
    last_on = DayField(label=_("末日"))
    half_days = forms.IntegerField(
        label=_("几个半天"), min_value=1, max_value=400, help_text=_("一天是两个半天，共 8 学时")
    )
    rotation = forms.BooleanField(label=_("书记轮训"), required=False)
    people = forms.CharField(
        label=_("参加人（工号）"), widget=forms.Textarea(attrs={"rows": 4}), help_text=_("一行一个，或用空格隔开")
    )

    def clean_people(self) -> list[str]:
        found = self.cleaned_data["people"].replace("，", " ").replace(",", " ").replace("、", " ").split()
        if not found:
            raise ValidationError(_("请写参加人的工号"))
        return list(dict.fromkeys(found))

    def rows(self) -> dict[str, Any]:
        return super().rows() | {"people": [self.places.person(one) for one in self.cleaned_data["people"]]}
