"""/teams/achievements/."""

from django.urls import path

from ronglu.web.achievements import views

urlpatterns = [
    path("", views.listed, name="achievements"),
    path("new/", views.new, name="achievement_new"),
    path("achievements.xlsx", views.xlsx, name="achievements_xlsx"),
    path("<int:pk>/", views.show, name="achievement"),
    path("<int:pk>/correct/", views.correct, name="achievement_correct"),
    path("<int:pk>/verify/", views.verify, name="achievement_verify"),
]
