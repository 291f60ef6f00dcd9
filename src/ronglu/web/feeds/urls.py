"""/feeds/."""

from django.urls import path

from ronglu.web.feeds import views

urlpatterns = [
    path("", views.listed, name="feeds"),
    path("<int:pk>/", views.show, name="feed"),
    path("<int:pk>/backfill/", views.backfill, name="feed_backfill"),
    path("<int:pk>/<slug:word>/", views.switch, name="feed_switch"),
    path("<int:pk>/refused/<int:row>/<slug:word>/", views.settle, name="feed_settle"),
]
