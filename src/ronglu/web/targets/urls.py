"""/targets/."""

from django.urls import path

from ronglu.web.targets import views

urlpatterns = [path("", views.targets, name="targets")]
