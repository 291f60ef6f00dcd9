"""/burden/."""

from django.urls import path

from ronglu.web.burden import views

urlpatterns = [
    path("", views.burden, name="burden"),
    path("burden.xlsx", views.workbook, name="burden_xlsx"),
]
