"""Every address of the face; each noun brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ronglu.web.home.urls")),
    path("design/", include("ronglu.web.design.urls")),
    path("", include("ronglu.web.account.urls")),
    path("org/", include("ronglu.web.org.urls")),
    path("people/", include("ronglu.web.people.urls")),
    path("board/", include("ronglu.web.board.urls")),
    path("sheet/", include("ronglu.web.sheet.urls")),
    path("admin/", include("ronglu.web.admin.urls")),
    path("tables/", include("ronglu.web.tables.urls")),
    path("imports/", include("ronglu.web.imports.urls")),
    path("readings/", include("ronglu.web.readings.urls")),
    path("search/", include("ronglu.web.search.urls")),
    path("feedback/", include("ronglu.web.feedback.urls")),
    path("api/", include("ronglu.web.api.urls")),
]
