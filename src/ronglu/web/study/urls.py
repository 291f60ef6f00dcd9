"""/study/."""

from django.urls import path

from ronglu.web.study import hours, views

urlpatterns = [
    path("", views.listed, name="study"),
    path("export/", views.export, name="study_export"),
    path("new/", views.new, name="study_new"),
    path("hours/", hours.listed, name="study_hours"),
    path("trainings/", hours.trainings, name="trainings"),
    path("trainings/new/", hours.record, name="training_new"),
    path("trainings/<int:pk>/strike/", hours.strike, name="training_strike"),
    path("<int:pk>/", views.show, name="study_plan"),
    path("<int:pk>/<slug:deed>/", views.do, name="study_deed"),
    path("topic/<int:pk>/<slug:deed>/", views.topic, name="topic_deed"),
]
