"""/design/."""

from django.urls import path

from ronglu.web.design.views import page

urlpatterns = [path("", page, name="design")]
