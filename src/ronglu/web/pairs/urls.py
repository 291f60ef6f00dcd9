"""/pairs/."""

from django.urls import path

from ronglu.web.pairs import views

urlpatterns = [path("<int:pk>/", views.pair, name="pair")]
