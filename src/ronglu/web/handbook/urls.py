"""/handbook/: branches, one month of one branch, minutes."""

from django.urls import path

from ronglu.web.handbook import views, word

urlpatterns = [
    path("", views.listed, name="handbooks"),
    path("minutes/<int:pk>/", views.minutes, name="minutes"),
    path("minutes/<int:pk>/word/", word.minutes, name="minutes_word"),
    path("branch/<str:code>/", views.month, name="handbook"),
    path("branch/<str:code>/book/", views.book, name="inspection_book"),
]
