"""/handover/."""

from django.urls import path

from ronglu.web.handover import meeting, views

urlpatterns = [
    path("", views.listed, name="handovers"),
    path("export/", views.export, name="handovers_export"),
    path("meeting/", meeting.meeting, name="handover_meeting"),
    path("<int:unit>/", views.now, name="handover_now"),
    path("<int:unit>/<str:day>/<int:no>/", views.one, name="handover"),
    path("<int:pk>/take/", views.take, name="handover_take"),
]
