"""/assays/."""

from django.urls import path

from ronglu.web.assays import views

urlpatterns = [
    path("", views.listed, name="assays"),
    path("export/", views.export, name="assays_export"),
    path("new/", views.new, name="assay_new"),
    path("<int:pk>/", views.show, name="assay"),
    path("<int:pk>/correct/", views.correct, name="assay_correct"),
    path("<int:pk>/confirm/", views.confirm, name="assay_confirm"),
]
