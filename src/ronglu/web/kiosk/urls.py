"""/kiosk/."""

from django.urls import path

from ronglu.web.kiosk import drafts, shift, showcases, views, voting

urlpatterns = [
    path("", views.home, name="kiosk"),
    path("pin/", views.pin, name="kiosk_pin"),
    path("over/", views.over, name="kiosk_over"),
    path("shift/", shift.shift, name="kiosk_shift"),
    path("shift/give/", shift.give, name="kiosk_give"),
    path("shift/<int:pk>/take/", shift.take, name="kiosk_take"),
    path("halt/", shift.halt, name="kiosk_halt"),
    path("halt/<int:pk>/run/", shift.run_again, name="kiosk_run_again"),
    path("teams/", showcases.screen, name="kiosk_showcases"),
    path("here/", views.here, name="kiosk_here"),
    path("todo/", views.todo, name="kiosk_todo"),
    path("zones/", views.zones, name="kiosk_zones"),
    path("raise/<slug:loop>/", views.raise_, name="kiosk_raise"),
    path("draft/", drafts.draft, name="kiosk_draft"),
    path("polls/", voting.listed, name="kiosk_polls"),
    path("polls/<int:pk>/", voting.vote, name="kiosk_vote"),
]
