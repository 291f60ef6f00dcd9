"""/contributions/."""

from django.urls import path

from ronglu.web.contributions import deciding, views

urlpatterns = [
    path("", views.ledger, name="contributions"),
    path("contributions.xlsx", views.workbook, name="contributions_xlsx"),
    path("new/<int:unit>/<slug:indicator>/<str:month>/", views.new, name="contribution_new"),
    path("<int:pk>/", views.show, name="contribution"),
    path("<int:pk>/confirm/", deciding.confirm, name="contribution_confirm"),
    path("<int:pk>/settle/", deciding.settle, name="contribution_settle"),
]
