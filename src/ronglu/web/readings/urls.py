"""/readings/."""

from django.urls import path

from ronglu.web.readings import reading, views

urlpatterns = [
    path("", views.listed, name="readings"),
    path("readings.xlsx", views.workbook, name="readings_xlsx"),
    path("audit/", views.audit, name="readings_audit"),
    path("reject/", views.reject, name="readings_reject"),
    path("lock/", views.lock, name="readings_lock"),
    path("<int:pk>/", reading.show, name="reading"),
    path("<int:pk>/correct/", reading.correct, name="reading_correct"),
    path("<int:pk>/unaudit/", reading.unaudit, name="reading_unaudit"),
]
