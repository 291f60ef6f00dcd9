"""Every address of the face; each noun brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("ronglu.web.home.urls")),
    path("inbox/", include("ronglu.web.inbox.urls")),
    path("design/", include("ronglu.web.design.urls")),
    path("", include("ronglu.web.account.urls")),
    path("org/", include("ronglu.web.org.urls")),
    path("people/", include("ronglu.web.people.urls")),
    path("board/", include("ronglu.web.board.urls")),
    path("pairs/", include("ronglu.web.pairs.urls")),
    path("sheet/", include("ronglu.web.sheet.urls")),
    path("admin/", include("ronglu.web.admin.urls")),
    path("cases/", include("ronglu.web.cases.urls")),
    path("tables/", include("ronglu.web.tables.urls")),
    path("imports/", include("ronglu.web.imports.urls")),
    path("readings/", include("ronglu.web.readings.urls")),
    path("zones/", include("ronglu.web.zones.urls")),
    path("search/", include("ronglu.web.search.urls")),
    path("teams/", include("ronglu.web.teams.urls")),
    path("feedback/", include("ronglu.web.feedback.urls")),
    path("r/", include("ronglu.web.report.urls")),
    path("claim/", include("ronglu.web.claim.urls")),
    path("attachments/", include("ronglu.web.attachments.urls")),
    path("kiosk/", include("ronglu.web.kiosk.urls")),
    path("api/", include("ronglu.web.api.urls")),
]
