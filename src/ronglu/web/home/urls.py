"""/."""

from django.urls import path

from ronglu.web.home.views import home

urlpatterns = [path("", home, name="home")]
