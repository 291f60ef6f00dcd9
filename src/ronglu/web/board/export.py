"""What a board page shows, as a workbook: numbers as numbers, one line an indicator or a period."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.indicator import read
from ronglu.boards.indicator.derive import Versus
from ronglu.boards.indicator.read import Line
from ronglu.boards.indicator.story import story
from ronglu.web.access import page
from ronglu.web.board.frame import Asked, asked_for
from ronglu.web.board.indicator import chosen
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.marks import STATES
from ronglu.web.where import Here


@page(verb="boards.see")
def board_export(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    heads = [
        _("编码"), _("指标"), _("单位"), _("全期计划"), _("到今应为"), _("实际"), _("较计划"), _("较计划 %"),
        _("较计划 百分点"), _("上年同期"), _("同比 %"), _("同比 百分点"), _("上期"), _("环比 %"), _("环比 百分点"),
        _("分子"), _("分母"), _("有数"), _("应有"), _("未审"), _("状态"),
    ]  # fmt: skip
    rows = [] if isinstance(at, Here) else [_line(one) for one in _lines(at)]
    return workbook_of([Sheet(_("指标"), heads, rows)], name=f"{_('指标')}_{_name(at)}.xlsx")


@page(verb="boards.see")
def indicator_export(request: HttpRequest, code: str) -> FileResponse:
    at = chosen(request, code)
    heads = [_("时段"), _("班别"), _("实际"), _("计划"), _("上年同期"), _("有数"), _("应有")]
    points = () if isinstance(at, Here) else story(at=at.around, unit=at.pk, code=code, period=at.period)
    rows = [(str(p.period), p.letter, p.value, p.plan, p.past, p.covered, p.expected) for p in points]
    return workbook_of([Sheet(code, heads, rows)], name=f"{code}_{_name(at)}.xlsx")


def _lines(at: Asked) -> tuple[Line, ...]:
    return read.lines_of(around=at.around, units=[at.pk], period=at.period)[at.pk]


def _line(one: Line) -> list[Any]:
    state = STATES.get(one.state)
    return [
        one.indicator.code, one.indicator.name, one.indicator.unit, one.plan, one.due, one.value, one.gap.delta,
        one.gap.relative.percent, one.gap.points, *_versus(one.year), *_versus(one.before), one.numerator,
        one.denominator, one.covered, one.expected, one.pending, str(state.label) if state else "",
    ]  # fmt: skip


def _versus(one: Versus) -> tuple[Any, Any, Any]:
    return one.base, one.change.percent, one.points


def _name(at: Asked | Here) -> str:
    """A file name keeps no slash: shifts are written 2026-03-14-1."""
    if isinstance(at, Here):
        return at.plant.name
    return f"{at.unit.name}_{str(at.period).replace('/', '-')}"
