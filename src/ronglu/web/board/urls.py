"""/board/."""

from django.urls import path

from ronglu.web.board.export import board_export, indicator_export
from ronglu.web.board.indicator import indicator
from ronglu.web.board.pyramid import pyramid
from ronglu.web.board.views import board

urlpatterns = [
    path("", board, name="board"),
    path("export/", board_export, name="board_export"),
    path("<str:code>/", indicator, name="indicator"),
    path("<str:code>/years/", pyramid, name="indicator_years"),
    path("<str:code>/export/", indicator_export, name="indicator_export"),
]
