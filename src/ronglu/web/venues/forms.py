"""What is filled in about a venue, and for a booking: day, from, to, what for; the hints fill in the times."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.web.fields import ClockField, DayField, DeedForm, PlaceField, StaffField
from ronglu.web.words import said
from ronglu.work.queries.places import Places

KINDS = (("room", "会议室"), ("culture", "党建文化阵地"), ("crew_place", "班组现场"))


class VenueForm(DeedForm):
    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("类型"))
    seats = forms.IntegerField(label=_("座位"), min_value=1, max_value=2000)
    unit = PlaceField(label=_("哪个单位的"), of="unit", required=False, empty=_("全厂共用"))
    opens_at = ClockField(label=_("开放自"), required=False, help_text=_("随时可用就空着"))
    shuts_at = ClockField(label=_("开放至"), required=False)
    what_for = forms.CharField(label=_("做什么用"), max_length=200, required=False)
    equipment = forms.CharField(
        label=_("设备"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一样，如：投影仪"),
    )  # fmt: skip
    keeper = StaffField(label=_("管理人"), required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fields["kind"].choices = said(KINDS)  # type: ignore[attr-defined]

    def rows(self) -> dict[str, Any]:
        found = super().rows()
        names = [line.strip()[:60] for line in found["equipment"].splitlines() if line.strip()]
        return found | {"equipment": [{"name": name} for name in names], "keeper": found["keeper"] or None}


class BookingForm(DeedForm):
    day = DayField(label=_("日期"))
    starts = ClockField(label=_("开始"))
    ends = ClockField(label=_("结束"))
    title = forms.CharField(label=_("做什么用"), max_length=80)
    until = DayField(label=_("每周循环到"), required=False, help_text=_("只用一次就空着；最多半年"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("starts") and given.get("ends") and given["ends"] <= given["starts"]:
            self.add_error("ends", gettext("结束应晚于开始；跨零点的请分两次预订"))
        return given

    def rows(self) -> dict[str, Any]:
        given = self.cleaned_data
        at = dt.datetime.combine
        return {
            "starts_at": at(given["day"], given["starts"]), "ends_at": at(given["day"], given["ends"]),
            "title": given["title"], "until": given["until"],
        }  # fmt: skip


class Sure(DeedForm):
    """A button that needs nothing more than a yes."""


class GivenUp(DeedForm):
    series = forms.BooleanField(label=_("以后各周的也取消"), required=False)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        if not self.initial.get("series"):
            del self.fields["series"]

    def rows(self) -> dict[str, Any]:
        return {"series": bool(self.cleaned_data.get("series"))}
