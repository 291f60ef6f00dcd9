"""/effects/."""

from django.urls import path

from ronglu.web.effects import views

urlpatterns = [
    path("", views.effects, name="effects"),
    path("effects.xlsx", views.workbook, name="effects_xlsx"),
    path("new/", views.new, name="effect_new"),
    path("<int:pk>/", views.effect, name="effect"),
    path("<int:pk>/judge/", views.judge, name="effect_judge"),
]
