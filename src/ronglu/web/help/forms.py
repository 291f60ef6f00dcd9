"""Ask in three fields, answer in one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DeedForm, StaffField
from ronglu.web.teams.forms import Words


class Asked(DeedForm):
    topic = forms.CharField(label=_("关于什么"), max_length=80, help_text=_("如：炉口清渣、天车维护"))
    question = Words(label=_("问题"))
    asked = StaffField(
        label=_("问谁"), required=False, help_text=_("不知道问谁就空着，懂行的党员会看到问题，看不到您是谁")
    )


class Answered(DeedForm):
    answer = Words(label=_("回答"), rows=4)
