"""/dues/."""

from django.urls import path

from ronglu.web.dues import views

urlpatterns = [path("", views.month, name="dues")]
