"""/programmes/."""

from django.urls import path

from ronglu.web.programmes import views

urlpatterns = [
    path("", views.listed, name="programmes"),
    path("new/<slug:seed>/", views.new, name="programme_new"),
    path("<int:pk>/", views.show, name="programme"),
    path("<int:pk>/<slug:deed>/", views.do, name="programme_deed"),
    path("stage/<int:pk>/add/", views.add, name="programme_add"),
    path("task/<int:pk>/<slug:deed>/", views.task, name="programme_task"),
]
