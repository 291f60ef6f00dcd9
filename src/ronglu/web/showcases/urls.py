"""/contests/showcases/."""

from django.urls import path

from ronglu.web.showcases import views

urlpatterns = [
    path("", views.listed, name="showcases"),
    path("<str:unit>/", views.show, name="showcase"),
    path("<str:unit>/revoke/", views.revoke, name="showcase_revoke"),
]
