"""/closing/."""

from django.urls import path

from ronglu.web.closing import adjusting, book, ruling, views, word

urlpatterns = [
    path("", views.closing, name="closing"),
    path("propose/", views.propose, name="closing_propose"),
    path("<int:pk>/withdraw/", views.withdraw, name="closing_withdraw"),
    path("<int:pk>/close/", views.close, name="closing_close"),
    path("certificate/", word.certificate, name="closing_word"),
    path("year.xlsx", book.workbook, name="closing_year"),
    path("seals/", views.seals, name="seals"),
    path("seals/head.txt", views.head, name="seals_head"),
    path("adjustments/<int:pk>/approve/", adjusting.approve, name="adjustment_approve"),
    path("adjustments/<int:pk>/reject/", adjusting.reject, name="adjustment_reject"),
    path("rulings/", ruling.enter, name="ruling_enter"),
    path("rulings/<int:pk>/sign/", ruling.sign, name="ruling_sign"),
    path("rulings/<int:pk>/withdraw/", ruling.withdraw, name="ruling_withdraw"),
]
