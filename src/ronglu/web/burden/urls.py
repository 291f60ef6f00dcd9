"""/burden/."""

from django.urls import path

from ronglu.web.burden import budgets, views

urlpatterns = [
    path("", views.burden, name="burden"),
    path("budget/", budgets.change, name="burden_budget"),
    path("budget/usual/", budgets.usual, name="burden_usual"),
    path("burden.xlsx", views.workbook, name="burden_xlsx"),
]
