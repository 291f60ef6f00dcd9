"""All leaders of a period as a workbook, as the office passes it on: scheme, coefficient, linked points, what changed."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.linkage import read as board
from ronglu.boards.linkage.read import Line
from ronglu.config import clock
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.linkage.views import OFFICE, period_of
from ronglu.web.where import here


@page(verb=OFFICE)
def workbook(request: HttpRequest) -> FileResponse:
    """In the order of the organisation, never by size."""
    where, scope = here(request, OFFICE), scope_of_request(request)
    period = period_of(asked(request, "period")) or Period.of(clock.today(), Grain.MONTH) - 1
    heads = [
        _("单位"), _("姓名"), _("办法"), _("公式"), _("系数"), _("联动分"), _("与前一次差"), _("授权文件"), _("说明"),
    ]  # fmt: skip
    rows = [_row(one) for one in board.leaders(scope=scope, plant=where.plant, period=period)]
    name = _("%(plant)s-联动结果-%(period)s.xlsx") % {"plant": where.plant.name, "period": period}
    return workbook_of([Sheet(_("联动结果"), heads, rows)], name=name)


def _row(one: Line) -> list[object]:
    said = one.reason or (_("关账后调整过") if one.adjusted else "")
    scheme = one.scheme
    return [
        one.place, one.person, f"{scheme.model} {scheme.label}", scheme.formula, one.coefficient, one.value, one.value_moved,
        f"{scheme.document}《{scheme.title}》", said,
    ]  # fmt: skip
