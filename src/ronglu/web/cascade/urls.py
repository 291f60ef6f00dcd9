"""/cascade/."""

from django.urls import path

from ronglu.web.cascade import views

urlpatterns = [
    path("", views.cascade, name="cascade"),
    path("export/", views.export, name="cascade_export"),
]
