"""A brief to take away: on official paper (Word), as PDF, as a workbook with Excel's own charts; the same figures in each."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.brief.read import Figure, View
from ronglu.kernel.brief.topics import PARTS
from ronglu.web.access import page
from ronglu.web.book import Plot, Sheet, workbook_of
from ronglu.web.briefs.frame import SEE, found, source, who
from ronglu.web.charts import brief as drawing
from ronglu.web.charts.svg import Drawing
from ronglu.web.formats import num
from ronglu.web.papers import as_word

BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
WIDE = 150
"""Millimetres of a picture in the type area of 156."""
KINDS = {("lines", "actual"): "line", ("lines", "plan"): "line", ("lines", "limit"): "line", ("columns", "actual"): "column",
         ("columns", "plan"): "line", ("rows", "actual"): "bar"}  # fmt: skip


@page(verb=SEE)
def word(request: HttpRequest, pk: int) -> FileResponse:
    from ronglu.exchange.drawn import pngs
    from ronglu.exchange.word.paper import Column, Paper

    view = found(request, pk)
    paper = Paper(view.title, at=view.row.made_at).under(f"（{view.when}）").space()
    for name, sentences in view.parts:
        paper.heading(name)
        for one in sentences:
            paper.text(one)
    if view.charts:
        paper.heading(_("图"))
    shown = [drawing.drawing(chart) for chart in view.charts]
    pictures = pngs([(str(one), size_of(one)) for one in shown], mm=WIDE)
    for chart, picture in zip(view.charts, pictures, strict=True):
        paper.lines([chart["title"]]).picture(picture, mm=WIDE)
    paper.heading(_("数字和出处"))
    columns = [Column(_("号"), 2, "center"), Column(_("数字"), 9), Column(_("值"), 6, "right"), Column(_("出处"), 9)]
    rows = [(one.number, f"{one.place} {one.name}", valued(one), source(one)) for one in view.figures]
    paper.table(columns, rows).lines([_state(view)])
    if view.row.issued_at:
        paper.signed(view.row.plant.name, view.row.issued_at.date())
    return as_word(paper, name=_name(view))


@page(verb=SEE)
def pdf(request: HttpRequest, pk: int) -> FileResponse:
    from ronglu.exchange.brief_pdf import brief_pdf

    view = found(request, pk)
    body = brief_pdf(
        view.title, sub=view.when, parts=view.parts, figures_title=_("数字和出处"), footer=_state(view),
        drawings=[(one["title"], str(drawing.drawing(one))) for one in view.charts],
        heads=[_("号"), _("数字"), _("值"), _("出处")],
        figures=[(str(one.number), f"{one.place} {one.name}", valued(one), source(one)) for one in view.figures],
    )  # fmt: skip
    return FileResponse(BytesIO(body), filename=f"{_name(view)}.pdf", content_type="application/pdf")


@page(verb=SEE)
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    view = found(request, pk)
    told = [(PARTS[one["part"]], one["about"], one["text"]) for one in view.row.data["said"]]
    figures = [(one.number, one.place, one.name, one.value, one.unit, source(one)) for one in view.figures]
    sheets = [
        Sheet(_("简报"), [_("部分"), _("指标"), _("句子")], [*told, ("", "", _state(view))]),
        Sheet(_("数字"), [_("号"), _("单位名称"), _("数字"), _("值"), _("计量单位"), _("出处")], figures),
        *(_plotted(n, one) for n, one in enumerate(view.charts, 1)),
    ]
    return workbook_of(sheets, name=f"{_name(view)}.xlsx")


def valued(one: Figure) -> str:
    """With all its digits."""
    return f"{num(one.value)} {one.unit}".strip()


def size_of(shown: Drawing) -> tuple[float, float]:
    box = BOX.search(str(shown))
    assert box is not None
    return float(box[1]), float(box[2])


def _plotted(number: int, chart: dict[str, Any]) -> Sheet:
    columns = [[None if v is None else Decimal(v) for v in one["values"]] for one in chart["series"]]
    kinds = [KINDS[chart["kind"], one["kind"]] for one in chart["series"]]
    heads = [_("时段") if chart["kind"] != "rows" else _("名称"), *(one["name"] for one in chart["series"])]
    rows = list(zip(chart["labels"], *columns, strict=True))
    return Sheet(_("图 %d") % number, heads, rows, Plot(chart["title"], chart["unit"], kinds))


def _name(view: View) -> str:
    return f"{view.title}-{view.row.period}"


def _state(view: View) -> str:
    """Which of the briefs of the period it is, and who answers for it."""
    row = view.row
    told = [_("第 %d 次") % row.version, _(row.get_state_display()), _("生成于 %s") % f"{row.made_at:%Y-%m-%d %H:%M}"]
    if row.issued_at:
        told.append(_("签发 %(who)s %(at)s") % {"who": who(row.issued_by), "at": f"{row.issued_at:%Y-%m-%d %H:%M}"})
    return _("，").join([*told, _("内容指纹 %s") % row.digest[:12]])
