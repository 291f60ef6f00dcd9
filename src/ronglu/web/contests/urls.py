"""/contests/."""

from django.urls import path

from ronglu.web.contests import views

urlpatterns = [
    path("", views.listed, name="contests"),
    path("new/", views.new, name="contest_new"),
    path("<int:pk>/", views.show, name="contest"),
    path("<int:pk>/raise/<slug:deed>/", views.raise_case, name="contest_raise"),
    path("<int:pk>/<slug:deed>/", views.do, name="contest_deed"),
]
