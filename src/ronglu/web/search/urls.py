"""/search/."""

from django.urls import path

from ronglu.web.search.views import find

urlpatterns = [path("", find, name="search")]
