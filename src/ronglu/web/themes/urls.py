"""/themes/."""

from django.urls import path

from ronglu.web.themes import views

urlpatterns = [
    path("", views.listed, name="themes"),
    path("new/", views.new, name="theme_new"),
    path("take/<slug:seed>/", views.take, name="theme_take"),
    path("<int:pk>/change/", views.change, name="theme_change"),
]
