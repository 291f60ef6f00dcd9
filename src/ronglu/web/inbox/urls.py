"""/inbox/."""

from django.urls import path

from ronglu.web.inbox import bulk, views

urlpatterns = [
    path("", views.show, name="inbox"),
    path("others/", views.others, name="inbox_others"),
    path("bulk/<slug:loop>/<slug:state>/", bulk.bulk, name="inbox_bulk"),
]
