"""/key-tasks/."""

from django.urls import path

from ronglu.web.key_tasks import views

urlpatterns = [
    path("", views.listed, name="key_tasks"),
    path("new/", views.new, name="key_task_new"),
    path("export/", views.export, name="key_tasks_export"),
    path("<int:pk>/", views.show, name="key_task"),
    path("<int:pk>/<slug:deed>/", views.do, name="key_task_deed"),
    path("stage/<int:pk>/<slug:deed>/", views.stage, name="key_task_stage"),
]
