"""Claim codes: no name, no log-in."""

from django.urls import path

from ronglu.web.claim import views

urlpatterns = [
    path("", views.claim, name="claim"),
    path("file/<str:signed>/", views.file, name="claim_file"),
]
