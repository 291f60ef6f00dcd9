"""Addresses of a made-up face, to try the frame with more pages than exist yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from ronglu.web.access import public
from ronglu.web.account.views import language
from ronglu.web.design.views import page


@public
def login(request: HttpRequest) -> HttpResponse:
    return render(request, "account/login.html", {"refusal": request.GET.get("refusal", ""), "where": "青岚冶炼厂"})


@public
def password(request: HttpRequest) -> HttpResponse:
    return render(request, "account/password.html", {"forced": True})


@public
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("made to break")


urlpatterns = [
    path("", page, name="home"),
    path("design/", page, name="design"),
    path("inbox/", page, name="inbox"),
    path("claim/", page, name="claim"),
    path("board/", page, name="board"),
    path("sheet/", page, name="sheet"),
    path("org/", page, name="org"),
    path("imports/", page, name="imports"),
    path("admin/", page, name="admin"),
    path("feedback/", page, name="feedback"),
    path("search/", page, name="search"),
    path("login/", login, name="login"),
    path("password/", password, name="password"),
    path("broken/", broken),
    path("language/", language, name="set_language"),
]
