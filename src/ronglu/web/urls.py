"""Every address of the face; each noun brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("design/", include("ronglu.web.design.urls")),
    path("", include("ronglu.web.account.urls")),
    path("search/", include("ronglu.web.search.urls")),
    path("feedback/", include("ronglu.web.feedback.urls")),
    path("api/", include("ronglu.web.api.urls")),
]
