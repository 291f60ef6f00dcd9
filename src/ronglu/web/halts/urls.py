"""/halts/."""

from django.urls import path

from ronglu.web.halts import views

urlpatterns = [
    path("", views.listed, name="halts"),
    path("export/", views.export, name="halts_export"),
    path("new/", views.new, name="halt_new"),
    path("<int:pk>/end/", views.end, name="halt_end"),
    path("<int:pk>/correct/", views.correct, name="halt_correct"),
    path("<int:pk>/withdraw/", views.withdraw, name="halt_withdraw"),
]
