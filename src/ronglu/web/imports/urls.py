"""/imports/."""

from django.urls import path

from ronglu.web.imports import builder, sources, views

urlpatterns = [
    path("", views.listed, name="imports"),
    path("new/", views.new, name="import_new"),
    path("<int:pk>/", views.show, name="import"),
    path("<int:pk>/job/", views.job_row, name="import_job"),
    path("<int:pk>/check/", views.check, name="import_check"),
    path("<int:pk>/confirm/", views.confirm, name="import_confirm"),
    path("<int:pk>/cancel/", views.cancel, name="import_cancel"),
    path("<int:pk>/errors.xlsx", views.errors, name="import_errors"),
    path("<int:pk>/profile/", builder.build, name="import_profile"),
    path("sources/", sources.listed, name="sources"),
    path("sources/new/", sources.bring, name="source_new"),
    path("sources/<int:pk>/", sources.edit, name="source"),
    path("sources/<int:pk>/profile.<str:form>", sources.export, name="source_export"),
]
