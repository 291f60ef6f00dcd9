"""/platforms/."""

from django.urls import path

from ronglu.web.platforms import views

urlpatterns = [
    path("", views.listed, name="platforms"),
    path("new/", views.new, name="platform_new"),
    path("export/", views.export, name="platforms_export"),
    path("<int:pk>/", views.show, name="platform"),
    path("<int:pk>/<slug:deed>/", views.do, name="platform_deed"),
]
