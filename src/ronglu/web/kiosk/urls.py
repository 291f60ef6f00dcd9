"""/kiosk/."""

from django.urls import path

from ronglu.web.kiosk import views

urlpatterns = [
    path("", views.home, name="kiosk"),
    path("pin/", views.pin, name="kiosk_pin"),
    path("over/", views.over, name="kiosk_over"),
    path("todo/", views.todo, name="kiosk_todo"),
    path("zones/", views.zones, name="kiosk_zones"),
    path("raise/<slug:loop>/", views.raise_, name="kiosk_raise"),
    path("draft/", views.draft, name="kiosk_draft"),
]
