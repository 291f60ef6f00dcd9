"""/teams/help/."""

from django.urls import path

from ronglu.web.help import views

urlpatterns = [
    path("", views.listed, name="help"),
    path("ask/", views.ask, name="help_ask"),
    path("<int:pk>/answer/", views.answer, name="help_answer"),
    path("<int:pk>/<slug:word>/", views.settle, name="help_settle"),
]
