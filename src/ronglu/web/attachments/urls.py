"""/attachments/."""

from django.urls import path

from ronglu.web.attachments import views

urlpatterns = [
    path("<int:pk>/", views.attachment, name="attachment"),
    path("to/<int:pk>/", views.add, name="attachment_add"),
]
