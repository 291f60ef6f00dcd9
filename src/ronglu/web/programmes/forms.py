"""The forms of programmes: the kind of programme fills in what it knows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DayField, DeedForm, PlaceField, PlacesField
from ronglu.web.goals.evidence import CaseField
from ronglu.web.goals.forms import Meeting, Tagged
from ronglu.web.teams.forms import Words

TAKES_PART = ("branch", "joint", "group")


class Opened(Tagged):
    title = forms.CharField(label=_("名称"), max_length=120)
    body = PlaceField(label=_("由谁组织"), of="body", kinds=("committee", "general", "branch", "joint"))
    bodies = PlacesField(label=_("哪些党组织参加"), of="body", kinds=TAKES_PART)
    first = DayField(label=_("起"))
    theme = forms.ChoiceField(label=_("主题"), required=False)


class Extended(DeedForm):
    title = forms.CharField(label=_("阶段"), max_length=60)
    first = DayField(label=_("起"))
    last = DayField(label=_("止"))


class Added(DeedForm):
    title = forms.CharField(label=_("任务"), max_length=160)
    bodies = PlacesField(label=_("交给哪些党组织"), of="body", kinds=TAKES_PART)
    due_on = DayField(label=_("期限"))


class Closed(DeedForm):
    report = Words(label=_("总结"), rows=8, help_text=_("做到什么、没做到什么；写结果和数据"))


class Reported(Meeting):
    gathering = forms.ChoiceField(
        label=_("依据哪次会"), required=False, help_text=_("会议记录里都有的，选上就不用再写")
    )
    case = CaseField()
    words = Words(label=_("完成情况"), rows=3, required=False)


class Checked(DeedForm):
    remark = Words(label=_("检查意见"), rows=2, required=False)


class Dropped(DeedForm):
    reason = Words(label=_("取消的原因"), rows=2)
