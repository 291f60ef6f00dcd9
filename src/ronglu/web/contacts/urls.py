"""/teams/contacts/."""

from django.urls import path

from ronglu.web.contacts import views

urlpatterns = [
    path("", views.listed, name="contacts"),
    path("new/", views.new, name="contact_new"),
    path("<int:pk>/", views.show, name="contact"),
    path("<int:pk>/<slug:deed>/", views.do, name="contact_deed"),
]
