"""The list of questions and one answer as a workbook, or on paper: what the pages tell, number by number."""

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.effect import read
from ronglu.kernel.measure.indicator import Indicator
from ronglu.web.access import page
from ronglu.web.book import Sheet
from ronglu.web.effects import saying
from ronglu.web.effects.views import SEE, found_row, indicator_of, listed, rows_of
from ronglu.web.papers import taken
from ronglu.web.where import here
from ronglu.web.words import named

if TYPE_CHECKING:
    from ronglu.store.models import Effect


@page(verb=SEE)
def workbook(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    heads = [
        _("做了什么"),
        _("单位"),
        _("指标"),
        _("从"),
        _("到（含）"),
        _("来由"),
        _("登记"),
        _("值得一提的变化"),
        _("结论"),
        _("判于"),
    ]
    rows = [
        (one["row"].title, one["place"], one["indicator"], one["row"].from_on, one["last"], one["origin"], one["chosen"],
         one["row"].result.get("smallest") or one["row"].smallest, one["says"],
         f"{one['row'].judged_at:%Y-%m-%d %H:%M}" if one["row"].judged_at else "")
        for one in rows_of(listed(request, where), where)
    ]  # fmt: skip
    name = f"{where.plant.name}-{_('成效判断')}"
    return taken(request, [Sheet(_("成效判断"), heads, rows)], name=name, organ=where.plant.name)


@page(verb=SEE)
def one(request: HttpRequest, pk: int) -> FileResponse:
    """The sentence, how it was judged, the ways of reckoning, and the days."""
    row = found_row(request, pk)
    where, indicator = here(request, SEE, of=row.plant), indicator_of(row)
    sheets = [_answer(row, indicator)]
    if row.state == "judged" and indicator is not None:
        sheets += _grounds(read.Told(row), indicator)
    return taken(request, sheets, name=row.title, organ=where.plant.name)


def _answer(row: "Effect", indicator: Indicator | None) -> Sheet:
    _mark, says = saying.mark_of(row)
    told = read.Told(row)
    pairs: list[tuple[str, Any]] = [
        (_("做了什么"), row.title), (_("指标"), named(indicator) if indicator else row.indicator), (_("从"), row.from_on),
        (_("到（含）"), row.until_on - read.ONE), (_("登记"), saying.when_chosen(row)), (_("结论"), says),
    ]  # fmt: skip
    if indicator is not None:
        pairs.append((_("值得一提的变化"), saying.floor(row, told.smallest, indicator)))
        if row.state == "judged":
            pairs += [("", saying.sentence(told, indicator)), *(("", line) for line in _how(told, indicator))]
    return Sheet(_("结论"), [_("项目"), _("内容")], pairs)


def _how(told: read.Told, indicator: Indicator) -> list[str]:
    return saying.how(told, indicator) if told.reckoned else []


def _grounds(told: read.Told, indicator: Indicator) -> list[Sheet]:
    inside = _("做的时候")
    days = [(day, value, inside if told.row.from_on <= day < told.row.until_on else "") for day, value in told.days]
    sheets = [Sheet(_("日值"), [_("日期"), f"{named(indicator)} {indicator.unit}", _("哪一段")], days)]
    if told.reckoned:
        heads = [_("算法"), _("变化"), _("标准误"), _("95% 区间下限"), _("95% 区间上限"), _("滞后天数"), _("天数")]
        rows = [(str(saying.WAYS[w.code]), w.level, w.error, w.low, w.high, w.lags, w.days) for w in told.ways]
        sheets.insert(0, Sheet(_("算法"), heads, rows))
    return sheets
