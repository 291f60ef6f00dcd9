"""The forms of seasonal tasks and volunteer labour: few fields, since a group leader fills them in on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import packs
from ronglu.web.fields import DayField, DeedForm, PlaceField
from ronglu.web.teams.forms import Words
from ronglu.web.words import named

GROUPS = ("branch", "joint", "group")
BODIES = ("committee", "general", *GROUPS)


class Planned(DeedForm):
    season = forms.ChoiceField(label=_("季节"))
    title = forms.CharField(label=_("任务"), max_length=120)
    unit = PlaceField(label=_("在哪个单位"), of="unit")
    area = forms.CharField(label=_("区域"), max_length=200, help_text=_("从哪里到哪里"))
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999, help_text=_("跨年的防寒算开始的那一年"))
    due_on = DayField(label=_("期限"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.code, named(one)) for one in packs().base.seasons.values()]
        self.fields["season"].choices = listed  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"season": packs().base.seasons[found["season"]]}


class Split(DeedForm):
    body = PlaceField(label=_("分给"), of="body", kinds=GROUPS)
    part = forms.CharField(label=_("片区"), max_length=120, help_text=_("这一片从哪里到哪里"))
    due_on = DayField(label=_("期限"))
    planned = forms.CharField(
        label=_("工作量"), max_length=40, required=False, help_text=_("如 120；写了才能按量算完成")
    )
    measure = forms.CharField(label=_("计量单位"), max_length=20, required=False, help_text=_("米、处、吨"))


class Dropped(DeedForm):
    reason = forms.CharField(label=_("取消的原因"), max_length=200)


class Finished(DeedForm):
    """Hours and minutes apart: nobody reckons in minutes."""

    output = forms.CharField(label=_("干了什么"), max_length=200)
    amount = forms.CharField(label=_("完成多少"), max_length=40, required=False)
    hours = forms.IntegerField(label=_("用工（小时）"), min_value=0, max_value=2400, initial=0)
    minutes = forms.IntegerField(label=_("另加（分钟）"), min_value=0, max_value=59, initial=0)

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"minutes": found.pop("hours") * 60 + found["minutes"]}


class Remarked(DeedForm):
    remark = Words(label=_("检查意见"), rows=2)


class Laboured(DeedForm):
    body = PlaceField(label=_("哪个党组织"), of="body", kinds=BODIES)
    day = DayField(label=_("日期"))
    title = forms.CharField(label=_("事项"), max_length=120)
    hours = forms.IntegerField(label=_("时长（小时）"), min_value=0, max_value=24, initial=0)
    minutes = forms.IntegerField(label=_("另加（分钟）"), min_value=0, max_value=59, initial=0)
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=9999)
    output = forms.CharField(label=_("干了什么"), max_length=200)
    amount = forms.CharField(label=_("数量"), max_length=40, required=False)
    measure = forms.CharField(label=_("计量单位"), max_length=20, required=False)

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        return found | {"minutes": found.pop("hours") * 60 + found["minutes"]}
