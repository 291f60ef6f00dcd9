"""/effects/."""

from django.urls import path

from ronglu.web.effects import book, floors, views

urlpatterns = [
    path("", views.effects, name="effects"),
    path("effects.xlsx", book.workbook, name="effects_xlsx"),
    path("new/", views.new, name="effect_new"),
    path("<int:pk>/", views.effect, name="effect"),
    path("floors/", floors.listed, name="effect_floors"),
    path("floors/new/", floors.new, name="effect_floor_new"),
    path("<int:pk>/effect.xlsx", book.one, name="effect_xlsx"),
    path("<int:pk>/judge/", views.judge, name="effect_judge"),
]
