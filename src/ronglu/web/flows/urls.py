"""/flows/."""

from django.urls import path

from ronglu.web.flows import book, views

urlpatterns = [
    path("", views.listed, name="flows"),
    path("flows.xlsx", book.xlsx, name="flows_xlsx"),
    path("new/", views.new, name="flow_new"),
    path("<int:pk>/", views.show, name="flow"),
    path("<int:pk>/close/", views.close, name="flow_close"),
    path("<int:pk>/judge/<int:month>/", views.judge, name="flow_judge"),
]
