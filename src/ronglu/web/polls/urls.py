"""/polls/."""

from django.urls import path

from ronglu.web.polls import book, hold, paper, views

urlpatterns = [
    path("", views.listed, name="polls"),
    path("new/", hold.kinds, name="poll_kinds"),
    path("new/<slug:kind>/", hold.declare, name="poll_new"),
    path("<int:pk>/", views.show, name="poll"),
    path("<int:pk>/cast/", views.cast, name="poll_cast"),
    path("<int:pk>/sheet/", paper.sheet, name="poll_sheet"),
    path("<int:pk>/paper/", paper.totals, name="poll_paper"),
    path("<int:pk>/result.xlsx", book.workbook, name="poll_xlsx"),
    path("<int:pk>/<slug:deed>/", hold.do, name="poll_deed"),
]
