"""/goals/."""

from django.urls import path

from ronglu.web.goals import views

urlpatterns = [
    path("", views.listed, name="goals"),
    path("new/", views.new, name="goal_new"),
    path("export/", views.export, name="goals_export"),
    path("branch/<int:pk>/", views.branch, name="branch_plan"),
    path("<int:pk>/", views.show, name="goal"),
    path("<int:pk>/<slug:deed>/", views.do, name="goal_deed"),
]
