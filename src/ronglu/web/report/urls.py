"""`r/<token>/` stands in the QR codes: short, and it never changes."""

from django.urls import path

from ronglu.web.report import views

urlpatterns = [
    path("<slug:token>/", views.report, name="report"),
    path("<slug:token>/named/", views.named, name="report_named"),
    path("<slug:token>/<slug:loop>/", views.report, name="report_of"),
]
