"""/records/."""

from django.urls import path

from ronglu.web.records import views

urlpatterns = [
    path("", views.records, name="records"),
    path("export/", views.export, name="records_export"),
]
