"""/teams/seasons/."""

from django.urls import path

from ronglu.web.seasons import activities, views

urlpatterns = [
    path("", views.listed, name="seasons"),
    path("new/", views.new, name="season_new"),
    path("seasons.xlsx", views.xlsx, name="seasons_xlsx"),
    path("task/<int:pk>/", views.show, name="season_task"),
    path("task/<int:pk>/<slug:deed>/", views.do, name="season_deed"),
    path("share/<int:pk>/done/", views.finish, name="share_done"),
    path("share/<int:pk>/<slug:deed>/", views.check, name="share_check"),
    path("labour/", activities.listed, name="activities"),
    path("labour/new/", activities.new, name="activity_new"),
    path("labour/labour.xlsx", activities.xlsx, name="activities_xlsx"),
    path("labour/<int:pk>/withdraw/", activities.withdraw, name="activity_withdraw"),
]
