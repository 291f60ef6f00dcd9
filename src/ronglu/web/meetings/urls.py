"""/meetings/plan/."""

from django.urls import path

from ronglu.web.meetings import calendars, habits, views

urlpatterns = [
    path("", views.show, name="meeting_plans"),
    path("ask/", views.ask, name="meetings_ask"),
    path("<int:pk>/job/", views.row, name="meetings_row"),
    path("<int:pk>/cancel/", views.cancel, name="meetings_cancel"),
    path("<int:pk>/accept/", views.accept, name="meetings_accept"),
    path("proposals/<int:pk>/drop/", views.drop, name="meetings_drop"),
    path("habits/<int:pk>/", habits.listed, name="meeting_habits"),
    path("habits/<int:pk>/<slug:kind>/", habits.edit, name="meeting_habit"),
    path("mine.ics", calendars.mine, name="meetings_mine"),
    path("bodies/<int:pk>.ics", calendars.of_body, name="meetings_body"),
]
