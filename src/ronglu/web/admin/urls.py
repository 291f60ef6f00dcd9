"""/admin/."""

import datetime as dt

from django.urls import path, register_converter

from ronglu.web.admin import channels, clock, holidays, plans, rosters, scores, stops, ways


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> dt.date:
        """A day that does not exist raises ValueError: then there is no such address."""
        return dt.date.fromisoformat(text)

    def to_url(self, day: dt.date) -> str:
        return day.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", clock.show, name="admin"),
    path("clock/new/", clock.new, name="clock_new"),
    path("clock/<day:from_on>/withdraw/", clock.withdraw, name="clock_withdraw"),
    path("holidays/", holidays.listed, name="holidays"),
    path("holidays/new/", holidays.new, name="holiday_new"),
    path("holidays/<int:year>/seed/", holidays.seed, name="holidays_seed"),
    path("holidays/<day:first>/<day:last>/withdraw/", holidays.withdraw, name="holiday_withdraw"),
    path("rosters/", rosters.listed, name="rosters"),
    path("rosters/swaps/<int:pk>/undo/", rosters.unswap, name="swap_undo"),
    path("rosters/stand-ins/<int:pk>/undo/", rosters.stand_down, name="stand_in_undo"),
    path("rosters/<str:code>/", rosters.show, name="roster"),
    path("rosters/<str:code>/<slug:deed>/", rosters.do, name="roster_deed"),
    path("channels/", channels.listed, name="channels"),
    path("channels/one/<int:pk>/<slug:deed>/", channels.do, name="channel_deed"),
    path("channels/<str:code>/", channels.show, name="channel_unit"),
    path("channels/<str:code>/open/", channels.open_one, name="channel_open"),
    path("channels/<str:code>/module/", channels.assign, name="module_assign"),
    path("plans/", plans.listed, name="plans"),
    path("plans/<str:code>/new/", plans.new, name="plan_new"),
    path("plans/<str:code>/<str:indicator>/<int:year>/", plans.show, name="plan"),
    path("plans/<str:code>/<str:indicator>/<int:year>/set/", plans.change, name="plan_set"),
    path("plans/<str:code>/<str:indicator>/<int:year>/split/", plans.split, name="plan_split"),
    path("stops/", stops.listed, name="stops"),
    path("stops/<int:pk>/<slug:word>/", stops.settle, name="stop_settle"),
    path("stops/of/<str:code>/new/", stops.new, name="stop_new"),
    path("ways/", ways.listed, name="ways"),
    path("ways/new/", ways.new, name="way_new"),
    path("ways/<int:pk>/<slug:word>/", ways.settle, name="way_settle"),
    path("scores/", scores.waiting, name="scores_waiting"),
    path("scores/<int:pk>/<slug:word>/", scores.settle, name="scores_settle"),
]
