"""/review/."""

from django.urls import path

from ronglu.web.review import book, case, dates, views

urlpatterns = [
    path("", views.year, name="review"),
    path("year.xlsx", book.workbook, name="review_xlsx"),
    path("begin/", views.begin, name="review_begin"),
    path("stop/", views.stop, name="review_stop"),
    path("calendar/", dates.calendar, name="review_calendar"),
    path("calendar.ics", dates.ics, name="review_ics"),
    path("<int:pk>/", case.show, name="review_case"),
    path("<int:pk>/advice/<int:no>/", case.act, name="review_act"),
]
