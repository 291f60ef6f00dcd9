"""The month's sheet as a workbook: the grid to sign, the totals, and what every score stands on."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.explain.lines import ProofLine, proof
from ronglu.boards.sheet.read import SheetView, read
from ronglu.config.plant import pack_of
from ronglu.web.access import page, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.sheet.frame import asked_for
from ronglu.web.sheet.views import open_words, said

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
FIRST = 3  # rows above the table: title, what it is, empty


@page(verb="sheet.see")
def workbook(request: HttpRequest) -> FileResponse:
    """Only the branches the reader may see. Numbers are numbers; a cell without points holds its word, never 0."""
    at = asked_for(request)
    view = read(scope=scope_of_request(request), plant=at.here.plant, month=at.month, number=at.number)
    if view is None:
        raise Http404("这个月没有可以导出的考核表")
    stream = book_of(view, proof(view=view, pack=pack_of(at.here.plant.code)))
    name = _("%(plant)s-双百考核表-%(month)s.xlsx") % {"plant": at.here.plant.name, "month": at.month}
    return FileResponse(stream, as_attachment=True, filename=name)


def book_of(view: SheetView, lines: Iterable[ProofLine]) -> BytesIO:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as book:
        looks = _looks(book)
        _grid(book.add_worksheet(_("考核表")), view, looks)
        _totals(book.add_worksheet(_("合计")), view, looks)
        _proof(book.add_worksheet(_("依据")), lines, looks)
    stream.seek(0)
    return stream


def _looks(book: Any) -> dict[str, Any]:
    box = {"border": 1, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "sub": book.add_format({"font_size": 9, "align": "center", "font_color": "#595959"}),
        "head": book.add_format({**box, "bold": True, "bg_color": "#F2F0EB", "align": "center", "text_wrap": True}),
        "text": book.add_format({**box, "text_wrap": True}),
        "group": book.add_format({**box, "bold": True, "bg_color": "#F7F5F1"}),
        "sum": book.add_format({**box, "bold": True, "bg_color": "#F7F5F1", "num_format": "0.00"}),
        "points": book.add_format({**box, "num_format": "0.00"}),
        "number": book.add_format({**box, "num_format": "#,##0.####"}),
        "whole": book.add_format({**box, "num_format": "0"}),
        "word": book.add_format({**box, "align": "right", "font_color": "#595959"}),
    }


def _grid(page: Any, view: SheetView, looks: dict[str, Any]) -> None:
    last = 2 + len(view.branches)
    title = f"{view.plant.name} {view.sheet.name} · {month_name(view.month)}"
    page.merge_range(0, 0, 0, last, title, looks["title"])
    page.merge_range(1, 0, 1, last, said(view), looks["sub"])
    _heads(page, FIRST, [_("项号"), _("考核项"), _("满分"), *(b.name for b in view.branches)], looks)
    at = FIRST + 1
    for scale in view.scales:
        _line(
            page, at, ["", scale.scale.name, scale.scale.points], [s.total.won for s in scale.standings], looks, "sum"
        )
        _line(page, at + 1, ["", _("折算"), ""], [s.total.converted for s in scale.standings], looks, "points")
        _line(page, at + 2, ["", _("评级"), ""], [s.grade or _("暂不评级") for s in scale.standings], looks, "points")
        at += 3
    for group in view.groups:
        names = [group.category.code, group.category.name, group.category.points]
        _line(page, at, names, [s.won if s.available else "—" for s in group.sums], looks, "sum")
        at += 1
        for row in group.rows:
            cells = [c.text if c.won is None else c.won for c in row.cells]
            _line(page, at, [row.item.code, row.item.name, row.item.points], cells, looks, "points")
            at += 1
    _below(page, at + 1, last, view, looks)
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 26)
    page.set_column(2, 2, 6)
    page.set_column(3, last, 12)
    paper(page, FIRST, 3)


def _below(page: Any, at: int, last: int, view: SheetView, looks: dict[str, Any]) -> None:
    days = {"a": view.stat_days[0], "b": view.stat_days[1], "c": view.month.first, "d": view.month.last}
    page.write_string(at, 0, _("生产读数取统计月 %(a)s 至 %(b)s，党建事项取自然月 %(c)s 至 %(d)s。") % days)
    page.write_string(at + 1, 0, _("合计只按已评的算，没有数的项不补分。%s") % open_words(view))
    page.write_string(at + 2, 0, view.sheet.note)
    page.write_string(at + 4, 0, _("制表：            审核：            批准：            日期："))


def _line(page: Any, at: int, names: list[Any], values: list[Any], looks: dict[str, Any], look: str) -> None:
    lead = looks["group"] if look == "sum" else looks["text"]
    for column, value in enumerate([*names, *values]):
        style = lead if column < len(names) else looks[look]
        _put(page, at, column, value, style, looks["word"] if column >= len(names) else lead)


def _put(page: Any, row: int, column: int, value: Any, style: Any, words: Any) -> None:
    if value is None:
        page.write_string(row, column, "—", words)
    elif isinstance(value, str):
        page.write_string(row, column, value, words)
    else:
        page.write_number(row, column, value, style)


def _totals(page: Any, view: SheetView, looks: dict[str, Any]) -> None:
    heads = [_("支部"), _("百分"), _("适用"), _("已评"), _("得分"), _("折算"), _("评级"), _("说明")]
    _heads(page, 0, heads, looks)
    at = 1
    for scale in view.scales:
        for branch, one in zip(view.branches, scale.standings, strict=True):
            total = one.total
            values = [total.applicable, total.available, total.won, total.converted]
            words = [one.grade or _("暂不评级"), one.reason]
            for column, value in enumerate([branch.name, scale.scale.name, *values, *words]):
                _put(page, at, column, value, looks["points"], looks["text"])
            at += 1
    page.set_column(0, 1, 16)
    page.set_column(2, 6, 10)
    page.set_column(7, 7, 48)
    paper(page, 0, 1)


def _proof(page: Any, lines: Iterable[ProofLine], looks: dict[str, Any]) -> None:
    heads = [
        _("支部"), _("项号"), _("考核项"), _("状态"), _("满分"), _("得分"), _("指标或依据"), _("分子是"), _("分子"),
        _("分母是"), _("分母"), _("数值"), _("单位"), _("计划"), _("有数"), _("应有"), _("说明"),
    ]  # fmt: skip
    _heads(page, 0, heads, looks)
    for at, one in enumerate(lines, 1):
        values = [
            one.branch.name, one.item.code, one.item.name, one.cell.state.label, one.cell.full, one.cell.won, one.name,
            one.over_name, one.over, one.under_name, one.under, one.value, one.unit, one.plan, one.covered, one.expected,
            one.note,
        ]  # fmt: skip
        for column, value in enumerate(values):
            style = looks["points"] if column in (4, 5) else looks["number"]
            _put(page, at, column, value, style, looks["text"])
    for column, width in enumerate((16, 6, 22, 8, 6, 8, 22, 22, 14, 22, 14, 10, 8, 10, 6, 6, 36)):
        page.set_column(column, column, width)
    paper(page, 0, 1)


def _heads(page: Any, row: int, heads: list[str], looks: dict[str, Any]) -> None:
    for column, head in enumerate(heads):
        page.write_string(row, column, head, looks["head"])


def paper(page: Any, head: int, columns: int) -> None:
    """A4 landscape, one page wide, the head on every page."""
    page.freeze_panes(head + 1, columns)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
