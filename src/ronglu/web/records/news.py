"""Records of the last days for the first page: told once, worth no points."""

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from ronglu.boards.record import read
from ronglu.kernel.time.period import Grain
from ronglu.web.board import periods
from ronglu.web.board.frame import Asked
from ronglu.web.formats import num
from ronglu.web.records.views import when
from ronglu.web.words import named, pack_of

if TYPE_CHECKING:
    from ronglu.store.models import Record

MOST = 5


def news(at: Asked, today: dt.date) -> list[dict[str, str]]:
    """Of the reader's units; what a workshop shares with its only line is told of the line. One query."""
    since = today - dt.timedelta(days=pack_of(at.here.plant.code).base.records.news_days)
    found = [row for row in read.news(units=at.shown, since=since) if row.indicator in at.around.indicators]
    deepest = {(row.indicator, row.grain, row.period, row.value): row for row in _by_depth(at, found)}
    return [_told(at, row) for row in found if deepest[row.indicator, row.grain, row.period, row.value] is row][:MOST]


def _by_depth(at: Asked, found: "list[Record]") -> "list[Record]":
    return sorted(found, key=lambda row: at.view.depth(row.unit_id))


def _told(at: Asked, row: "Record") -> dict[str, str]:
    one = at.around.indicators[row.indicator]
    return {
        "unit": at.places.unit_name(row.unit_id),
        "name": named(one),
        "grain": str(periods.labels()[Grain(row.grain)]),
        "when": when(at, row.period),
        "value": f"{num(row.value, one.decimals)} {one.unit}",
        "previous": num(row.previous, one.decimals),
        "url": f"{reverse('records')}?unit={at.places.unit_codes[row.unit_id]}&indicator={one.code}&plant={at.here.plant.code}",
    }
