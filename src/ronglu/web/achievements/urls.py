"""/teams/achievements/."""

from django.urls import path

from ronglu.web.achievements import awards, views

urlpatterns = [
    path("", views.listed, name="achievements"),
    path("new/", views.new, name="achievement_new"),
    path("achievements.xlsx", views.xlsx, name="achievements_xlsx"),
    path("awards/", awards.listed, name="awards"),
    path("awards/new/", awards.new, name="award_new"),
    path("awards/export/", awards.export, name="awards_export"),
    path("<int:pk>/award/", awards.correct, name="award_correct"),
    path("<int:pk>/", views.show, name="achievement"),
    path("<int:pk>/correct/", views.correct, name="achievement_correct"),
    path("<int:pk>/verify/", views.verify, name="achievement_verify"),
]
