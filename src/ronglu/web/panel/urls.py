"""/marks/."""

from django.urls import path, register_converter

from ronglu.web.panel import book, naming, quarter, views
from ronglu.web.sheet.frame import SheetMonth

register_converter(SheetMonth, "mark_month")

urlpatterns = [
    path("", views.listed, name="marks"),
    path("marks.xlsx", book.marks, name="marks_xlsx"),
    path("quarter.xlsx", book.quarter, name="quarter_xlsx"),
    path("<mark_month:month>/<slug:item>/<slug:record>/", views.mark, name="mark"),
    path("quarter/", quarter.listed, name="quarter_marks"),
    path("quarter/<slug:quarter>/<str:body>/", quarter.give, name="quarter_mark"),
    path("practice/<slug:period>/<str:body>/", quarter.practice, name="practice_mark"),
    path("reviewers/", naming.reviewers, name="reviewers"),
    path("reviewers/name/", naming.name, name="reviewer_name"),
    path("reviewers/<int:pk>/end/", naming.end, name="reviewer_end"),
]
