"""/people/."""

from django.urls import path

from ronglu.web.people import person, views

urlpatterns = [
    path("", views.listed, name="people"),
    path("roster.xlsx", views.workbook, name="people_xlsx"),
    path("new/", person.new, name="person_new"),
    path("posts/<int:pk>/end/", person.relieve, name="post_end"),
    path("<str:staff_no>/", person.show, name="person"),
    path("<str:staff_no>/<slug:deed>/", person.do, name="person_deed"),
]
