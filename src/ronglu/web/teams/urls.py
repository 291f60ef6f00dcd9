"""/teams/: teams and their missions, duties, model posts, studios; and the seasons, labour, outcomes and questions."""

from django.urls import include, path

from ronglu.web.teams import duties, missions, model_posts, studios, views

urlpatterns = [
    path("", views.listed, name="teams"),
    path("new/", views.new, name="team_new"),
    path("team/<str:code>/", views.show, name="team"),
    path("team/<str:code>/call/", missions.call, name="team_call"),
    path("team/<str:code>/<slug:deed>/", views.do, name="team_deed"),
    path("member/<int:pk>/leave/", views.leave, name="team_leave"),
    path("missions.xlsx", missions.xlsx, name="missions_xlsx"),
    path("mission/<int:pk>/", missions.show, name="mission"),
    path("mission/<int:pk>/verify/", missions.verify, name="mission_verify"),
    path("mission/<int:pk>/<slug:deed>/", missions.report, name="mission_report"),
    path("duties/", duties.listed, name="duties"),
    path("duties/new/", duties.new, name="duty_new"),
    path("duties/<int:pk>/relieve/", duties.relieve, name="duty_relieve"),
    path("posts/", model_posts.listed, name="model_posts"),
    path("posts/new/", model_posts.new, name="model_post_new"),
    path("posts/<int:pk>/<slug:deed>/", model_posts.review, name="model_post_review"),
    path("studios/", studios.listed, name="studios"),
    path("studios/new/", studios.new, name="studio_new"),
    path("studios/<int:pk>/<slug:deed>/", studios.do, name="studio_deed"),
    path("seasons/", include("ronglu.web.seasons.urls")),
    path("achievements/", include("ronglu.web.achievements.urls")),
    path("help/", include("ronglu.web.help.urls")),
    path("contacts/", include("ronglu.web.contacts.urls")),
]
