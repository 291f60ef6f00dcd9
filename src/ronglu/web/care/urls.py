"""/care/."""

from django.urls import path

from ronglu.web.care import views

urlpatterns = [
    path("", views.pairs, name="aid"),
    path("new/", views.new, name="aid_new"),
    path("<int:pk>/", views.pair, name="aid_pair"),
    path("<int:pk>/<slug:deed>/", views.do, name="aid_deed"),
    path("talks/", views.talked, name="talks"),
    path("talks/book/", views.talks_book, name="talks_xlsx"),
    path("talks/<int:pk>/withdraw/", views.withdraw, name="talk_withdraw"),
    path("talks/<slug:deed>/", views.talk, name="talk_new"),
    path("serving/", views.served, name="serving"),
    path("serving/new/", views.serve, name="serving_new"),
    path("serving/book/", views.workbook, name="serving_xlsx"),
]
