"""/standards/: the five-one standard, tiers and titles, the model office."""

from django.urls import path

from ronglu.web.standards import book, honours, lists, scores, views

urlpatterns = [
    path("", views.listed, name="standards"),
    path("standards.xlsx", book.workbook, name="standards_xlsx"),
    path("honours/", honours.listed, name="honours"),
    path("honours.xlsx", lists.honours, name="honours_xlsx"),
    path("offices/", honours.offices, name="model_offices"),
    path("crews/", scores.crews, name="crew_sheet"),
    path("crews.xlsx", lists.crews, name="crew_xlsx"),
    path("duty/", scores.duty, name="duty_scores"),
    path("duty/<str:staff_no>/", scores.own, name="duty_score"),
    path("duty/<str:staff_no>/duty.xlsx", lists.duty, name="duty_xlsx"),
    path("compute/<str:month>/", scores.compute, name="compute_others"),
    path("branch/<str:code>/", views.show, name="standard"),
    path("branch/<str:code>/new/", views.new, name="standard_new"),
    path("item/<int:pk>/correct/", views.correct, name="standard_correct"),
    path("item/<int:pk>/<slug:deed>/", views.check, name="standard_check"),
]
