"""What a body sets for one kind of meeting: everything may stay empty, then the defaults hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import DeedForm
from ronglu.web.words import said
from ronglu.work.queries.places import Places

EVERY = (("", "按规定"), ("week", "每周一次"), ("month", "每月一次"), ("quarter", "每季一次"))


class Habit(DeedForm):
    every = forms.ChoiceField(
        label=_("多久一次"), required=False, help_text=_("比规定更勤的在这里定；规定要求的不会少")
    )
    minutes = forms.IntegerField(label=_("时长（分钟）"), required=False, min_value=1, max_value=999)
    fixed_day = forms.IntegerField(
        label=_("固定日"), required=False, min_value=1, max_value=31, help_text=_("每月几号，排的时候尽量靠近这一天")
    )
    call_in = forms.CharField(
        label=_("休息日叫人的理由"), required=False, max_length=120, help_text=_("人数不够时才会叫；不写就一个休息的人也不叫")
    )  # fmt: skip

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fields["every"].choices = said(EVERY)  # type: ignore[attr-defined]
