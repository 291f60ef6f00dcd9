"""The year at a glance to take away: each body, each thing asked of it, each window, with what was found and what would clear it."""

import datetime as dt
from collections.abc import Iterable

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.org.frame import body_here
from ronglu.web.org.life import word_of
from ronglu.web.org.told import told
from ronglu.web.papers import taken
from ronglu.web.where import Here, here, year_asked
from ronglu.web.words import named
from ronglu.work.queries.life_year import Cell, Line, around, lines_of
from ronglu.work.queries.places import Places

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@page(verb="sheet.see")
def all_of(request: HttpRequest) -> FileResponse:
    """Every body one may see, a branch with its groups."""
    where = here(request, "sheet.see")
    tops = scope_of_request(request).bodies("sheet.see").filter(plant=where.plant).values_list("pk", flat=True)
    return _taken(request, where, where.plant.name, tops)


@page(verb="sheet.see")
def one_of(request: HttpRequest, code: str) -> FileResponse:
    body, where = body_here(request, code)
    require(request, "sheet.see", body)
    return _taken(request, where, "", [body.pk])


def _taken(request: HttpRequest, where: Here, organ: str, tops: Iterable[int]) -> FileResponse:
    year = year_asked(request, where)
    day = min(where.on, dt.date(year, 12, 31))
    places, listed = Places(where.plant, day), list(tops)
    organ = organ or places.body_name(listed[0])
    wanted = {key for top in listed for key in around(top, places, day)}
    keys = [int(key) for key in places.party.at(day).nodes if key in wanted]
    lines = lines_of(plant=where.plant, year=year, on=clock.today(), keys=keys)
    heads = [
        _("党组织"), _("规则"), _("核对什么"), _("期间"), _("情况"), _("记录到的"), _("应有"), _("理由"), _("出处"), _("怎样消除"),
    ]  # fmt: skip
    rows = [_row(line, cell) for line in lines for cell in line.cells if cell.state is not None]
    name = f"{organ}-{_('全年一览')}-{year}"
    return taken(request, [Sheet(_("全年一览"), heads, rows)], name=name, organ=organ)


def _row(line: Line, cell: Cell) -> list[object]:
    asked = "" if cell.asked is None else f"{SIGNS.get(cell.op, '')} {cell.asked.normalize():f}".strip()
    return [
        line.name, line.rule.id, told(line.label), named(cell.period), word_of(cell), cell.measured, asked,
        cell.reason, told(line.rule.source.text), told(cell.clear_by),
    ]  # fmt: skip
