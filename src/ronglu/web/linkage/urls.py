"""/linkage/."""

from django.urls import path

from ronglu.web.linkage import book, schemes, views, word

urlpatterns = [
    path("", views.own, name="linkage"),
    path("<int:pk>/", views.why, name="linkage_why"),
    path("<int:pk>/word/", word.sheet, name="linkage_word"),
    path("leaders/", views.leaders, name="linkage_leaders"),
    path("leaders.xlsx", book.workbook, name="linkage_xlsx"),
    path("leaders/compute/", views.compute, name="linkage_compute"),
    path("schemes/", schemes.listed, name="linkage_schemes"),
    path("schemes/new/", schemes.new, name="linkage_new"),
    path("schemes/<int:pk>/approve/", schemes.approve, name="linkage_approve"),
    path("schemes/<int:pk>/reject/", schemes.reject, name="linkage_reject"),
]
