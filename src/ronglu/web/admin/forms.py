"""The forms of the plant's clock, rosters, channels and stops; the verbs say what is wrong with what was filled in."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.time.calendar import CalendarRule, ShiftTime
from ronglu.kernel.time.declared import CalendarSeed, RosterSeed
from ronglu.kernel.time.roster import REST, Roster
from ronglu.web.fields import ClockField, DayField, DeedForm, StaffField
from ronglu.work.queries import clock as queries
from ronglu.work.queries.places import Places


class ClockRule(DeedForm):
    """A pattern of shifts, begun at any hour: what differs between plants is when the first one starts."""

    on = DayField(label=_("自哪个生产日起"))
    pattern = forms.ChoiceField(label=_("班次"))
    day_starts = ClockField(label=_("生产日起点"), help_text=_("第一班从这时起，其余各班依次相接"))
    month_first = forms.IntegerField(
        label=_("统计月首日"), min_value=1, max_value=28, initial=1,
        help_text=_("填 26 即上月 26 日到本月 25 日为本月；填 1 即自然月"),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fields["pattern"].choices = [  # type: ignore[attr-defined]
            (seed.code, seed.label) for seed in _calendars(places).values()
        ]

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        model = _calendars(self.places)[said["pattern"]].calendar.rules[0]
        rule = CalendarRule(said["on"], said["day_starts"], model.shifts, said["month_first"])
        moved = (slot.starts_at.time() for slot in rule.slots(said["on"]))
        shifts = (ShiftTime(s.no, s.name, at, s.hours) for s, at in zip(model.shifts, moved, strict=True))
        return {"rule": replace(rule, shifts=tuple(shifts))}


class HolidayDay(DeedForm):
    day = DayField(label=_("日期"))
    works = forms.TypedChoiceField(
        label=_("这一天"), coerce=lambda text: text == "1", choices=[("0", _("放假")), ("1", _("调休上班"))]
    )
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如 国庆节，或 国庆节调休"))


class RosterPattern(DeedForm):
    """One of the ready-made cycles that fit the plant's clock; the day on which the first crew stands at its start."""

    pattern = forms.ChoiceField(label=_("轮班制"))
    on = DayField(label=_("自哪个生产日起"))
    anchor = DayField(label=_("第一个班组站循环第一格的生产日"), help_text=_("任选一天：那天甲班上循环的第一个班"))

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        self.fitting = fitting(places)
        self.fields["pattern"].choices = [  # type: ignore[attr-defined]
            (code, f"{roster.code} {words}") for code, (roster, words) in self.fitting.items()
        ]

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        model, _words = self.fitting[said["pattern"]]
        roster = Roster(model.code, model.crews, model.cycle, model.step, said["anchor"], said["on"])
        return {"roster": roster}


class OnDay(DeedForm):
    on = DayField(label=_("自哪天起"))


class ShiftOf(DeedForm):
    """A day and one of the shifts of the clock."""

    day = DayField(label=_("生产日"))
    shift_no = forms.TypedChoiceField(label=_("班次"), coerce=int)

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, places=places, **kwargs)
        words = queries.shift_words(places.plant, places.on)
        for name in ("shift_no", "other_no"):
            if name in self.fields:
                self.fields[name].choices = words  # type: ignore[attr-defined]


class Swapped(ShiftOf):
    letter = forms.CharField(label=_("实际当班的班别"), max_length=10, help_text=_("例如 丁"))
    reason = forms.CharField(label=_("原因"), max_length=80)


class Exchanged(ShiftOf):
    other_day = DayField(label=_("与哪一生产日"))
    other_no = forms.TypedChoiceField(label=_("的哪一班对换"), coerce=int)
    reason = forms.CharField(label=_("原因"), max_length=80)

    def rows(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "one": (said["day"], said["shift_no"]),
            "other": (said["other_day"], said["other_no"]),
            "reason": said["reason"],
        }


class StoodIn(ShiftOf):
    absent = StaffField(label=_("缺勤人"))
    standin = StaffField(label=_("顶班人"))


class Stopped(DeedForm):
    first = DayField(label=_("停产首日"))
    last = DayField(label=_("停产末日"), help_text=_("最后停产的一天，次日恢复生产"))
    reason = forms.CharField(label=_("原因"), max_length=80)


def fitting(places: Places) -> dict[str, tuple[Roster, str]]:
    """Seed code → the cycle by the plant's own shift numbers, and its words; seeds that speak of other shifts are left out."""
    numbers: dict[str, int | None] = {word: no for no, word in queries.shift_words(places.plant, places.on)}
    numbers[REST] = None
    found = {}
    for code, seed in pack_of(places.plant.code).base.time.rosters.items():
        words = _words(seed, _calendars(places)[seed.calendar])
        if set(words) <= set(numbers):
            cycle = tuple(numbers[word] for word in words)
            found[code] = (Roster(seed.label, seed.crews, cycle, seed.step, dt.date.min, dt.date.min), "".join(words))
    return found


def _words(seed: RosterSeed, model: CalendarSeed) -> list[str]:
    names = {shift.no: shift.name for shift in model.calendar.rules[0].shifts}
    return [REST if no is None else names[no] for no in seed.cycle]


def _calendars(places: Places) -> dict[str, CalendarSeed]:
    return dict(pack_of(places.plant.code).base.time.calendars)
