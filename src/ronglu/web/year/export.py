"""The year's table as a workbook in the layout that offices circulate, to be signed."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.year import read as board
from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.sheet.export import A4, FIRST, PLAIN
from ronglu.web.where import here
from ronglu.web.year import frame


@page(verb=frame.SEE)
def workbook(request: HttpRequest, year: int) -> FileResponse:
    """What the page shows this reader; a branch without a figure has its word, never 0."""
    where = here(request, frame.SEE)
    review = board.review_of(where.plant, year)
    view = board.read(scope=scope_of_request(request), review=review, on=clock.today()) if review else None
    if view is None:
        raise Http404("这一年还没有可以导出的结果")
    name = _("%(plant)s-年度考核-%(year)s.xlsx") % {"plant": where.plant.name, "year": year}
    return FileResponse(book_of(view, where.plant.name), as_attachment=True, filename=name)


def book_of(view: board.YearView, plant: str) -> BytesIO:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as book:
        page_ = book.add_worksheet(_("年度考核"))
        looks = _looks(book)
        page_.set_paper(A4)
        page_.set_landscape()
        page_.fit_to_pages(1, 0)
        heads = [
            _("支部"),
            *(f"{scale.name}·{word}" for scale in view.scales for word in (_("得分"), _("等级"), _("说明"))),
        ]
        page_.merge_range(
            0,
            0,
            0,
            len(heads) - 1,
            _("%(plant)s %(year)d 年度考核结果") % {"plant": plant, "year": view.year},
            looks["title"],
        )
        page_.merge_range(1, 0, 1, len(heads) - 1, f"{_said(view)} · {view.word}", looks["sub"])
        page_.write_row(FIRST, 0, heads, looks["head"])
        page_.set_column(0, 0, 24)
        page_.set_column(1, len(heads) - 1, 14)
        for number, row in enumerate(view.rows, start=FIRST + 1):
            page_.write(number, 0, row.name, looks["text"])
            for place, cell in enumerate(row.cells):
                _cell(page_, number, 1 + 3 * place, cell, looks)
        page_.write(FIRST + len(view.rows) + 2, 0, _("制表　　　　　　审核　　　　　　负责人　　　　　　日期"))
    stream.seek(0)
    return stream


def _said(view: board.YearView) -> str:
    weights = "＋".join(f"{weight} × {label}" for label, weight in view.weights)
    return f"{weights}（{view.note}）"


def _cell(sheet: Any, row: int, column: int, cell: board.YearCell, looks: dict[str, Any]) -> None:
    if cell.value is None:
        sheet.write(row, column, _("暂不评级"), looks["word"])
    else:
        sheet.write_number(row, column, float(cell.value), looks["points"])
    sheet.write(row, column + 1, cell.grade or (_("待定") if cell.waits else "—"), looks["text"])
    vetoed = _("%s 月一票否决") % "、".join(map(str, cell.vetoes)) if cell.vetoes else ""
    sheet.write(row, column + 2, "；".join(text for text in (cell.reason, vetoed) if text), looks["text"])


def _looks(book: Any) -> dict[str, Any]:
    box = {"border": 1, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "sub": book.add_format({"font_size": 9, "align": "center", "font_color": "#595959"}),
        "head": book.add_format({**box, "bold": True, "bg_color": "#F2F0EB", "align": "center", "text_wrap": True}),
        "text": book.add_format({**box, "text_wrap": True}),
        "points": book.add_format({**box, "num_format": "0.00"}),
        "word": book.add_format({**box, "align": "right", "font_color": "#595959"}),
    }
