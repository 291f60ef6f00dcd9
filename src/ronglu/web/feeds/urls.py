"""/feeds/."""

from django.urls import path

from ronglu.web.feeds import declare, views

urlpatterns = [
    path("", views.listed, name="feeds"),
    path("new/", declare.new, name="feed_new"),
    path("try/<int:pk>/", declare.tried, name="feed_tried"),
    path("try/<int:pk>/row/", declare.row, name="feed_tried_row"),
    path("try/<int:pk>/cancel/", declare.cancel, name="feed_tried_cancel"),
    path("try/<int:pk>/save/", declare.save, name="feed_tried_save"),
    path("<int:pk>/", views.show, name="feed"),
    path("<int:pk>/edit/", declare.edit, name="feed_edit"),
    path("<int:pk>/backfill/", views.backfill, name="feed_backfill"),
    path("<int:pk>/answer/", views.answer, name="feed_answer"),
    path("<int:pk>/<slug:word>/", views.switch, name="feed_switch"),
    path("<int:pk>/refused/<int:row>/<slug:word>/", views.settle, name="feed_settle"),
]
