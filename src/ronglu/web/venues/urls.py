"""/venues/."""

from django.urls import path

from ronglu.web.venues import views

urlpatterns = [
    path("", views.listed, name="venues"),
    path("new/", views.new, name="venue_new"),
    path("bookings/<int:pk>/", views.give_up, name="booking_give_up"),
    path("<int:pk>/", views.show, name="venue"),
    path("<int:pk>/book/", views.book, name="venue_book"),
    path("<int:pk>/<slug:deed>/", views.do, name="venue_deed"),
]
