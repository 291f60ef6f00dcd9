"""/feedback/."""

from django.urls import path

from ronglu.web.feedback.views import answer, feedback

urlpatterns = [
    path("", feedback, name="feedback"),
    path("<int:pk>/answer/", answer, name="feedback_answer"),
]
