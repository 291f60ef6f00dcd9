"""/contests/."""

from django.urls import include, path

from ronglu.web.contests import book, views

urlpatterns = [
    path("", views.listed, name="contests"),
    path("new/", views.new, name="contest_new"),
    path("showcases/", include("ronglu.web.showcases.urls")),
    path("<int:pk>/", views.show, name="contest"),
    path("<int:pk>/contest.xlsx", book.workbook, name="contest_xlsx"),
    path("<int:pk>/raise/<slug:deed>/", views.raise_case, name="contest_raise"),
    path("<int:pk>/<slug:deed>/", views.do, name="contest_deed"),
]
