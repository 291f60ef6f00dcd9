"""The party office's yearly book as a workbook: two scales over twelve months, adjusted figures marked, adjustments, seals."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.closing import listed
from ronglu.boards.closing import read as board
from ronglu.boards.closing import year as years
from ronglu.boards.closing.listed import Change
from ronglu.boards.closing.year import YearBook
from ronglu.kernel.rules.sheet import Scale
from ronglu.kernel.time.period import Grain
from ronglu.web.access import page, scope_of_request
from ronglu.web.sheet.export import paper
from ronglu.web.sheet.frame import asked_for
from ronglu.web.words import named

FIRST = 2
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CHANGE_WIDTHS = (9, 5, 9, 26, 18, 16, 10, 10, 8, 12, 16, 12, 16, 26)
SEAL_WIDTHS = (6, 8, 10, 10, 70)


@page(verb="sheet.see")
def workbook(request: HttpRequest) -> FileResponse:
    """Only the branches the reader may see; the year is that of the month in the address."""
    at, scope = asked_for(request), scope_of_request(request)
    year = at.month.up(Grain.YEAR)
    book = years.read(scope=scope, plant=at.here.plant, year=year)
    if book is None:
        raise Http404("这一年还没有计过分")
    changes = listed.of_year(scope=scope, plant=at.here.plant, year=year)
    stream = book_of(book, changes, [one for one in board.chain(at.here.plant) if one.month.up(Grain.YEAR) == year])
    name = _("%(plant)s-双百年度台账-%(year)s.xlsx") % {"plant": at.here.plant.name, "year": year}
    return FileResponse(stream, as_attachment=True, filename=name)


def book_of(book: YearBook, changes: list[Change], chain: "list[board.SealLine]") -> BytesIO:
    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as made:
        looks = _looks(made)
        for scale in book.scales:
            _scale(made.add_worksheet(named(scale)[:31]), book, scale, looks)
        _changes(made.add_worksheet(_("调整")), changes, looks)
        _chain(made.add_worksheet(_("封存")), chain, looks)
    stream.seek(0)
    return stream


def _looks(book: Any) -> dict[str, Any]:
    box = {"border": 1, "valign": "vcenter", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "sub": book.add_format({"font_size": 9, "align": "center", "font_color": "#595959"}),
        "head": book.add_format({**box, "bold": True, "bg_color": "#F2F0EB", "align": "center", "text_wrap": True}),
        "text": book.add_format({**box, "text_wrap": True}),
        "points": book.add_format({**box, "num_format": "0.00"}),
        # the star is the format's: the cell holds the number
        "adjusted": book.add_format({**box, "num_format": '0.00"*"', "bg_color": "#FFF4D6"}),
        "word": book.add_format({**box, "align": "right", "font_color": "#595959"}),
    }


def _scale(page: Any, book: YearBook, scale: Scale, looks: dict[str, Any]) -> None:
    title = _("%(plant)s %(year)s 年%(scale)s台账") % {
        "plant": book.plant.name, "year": book.year, "scale": named(scale),
    }  # fmt: skip
    last = len(book.months)
    page.merge_range(0, 0, 0, last, title, looks["title"])
    page.merge_range(
        1,
        0,
        1,
        last,
        _("折算分，满分 %d。“*”为关账后经签认调整的数，批注写着关账时的数。") % scale.points,
        looks["sub"],
    )
    page.write_string(FIRST, 0, _("支部"), looks["head"])
    scored = {month for _body, code, month in book.figures if code == scale.code}
    for column, month in enumerate(book.months, 1):
        closed = month.yyyymm in book.closed or month.yyyymm not in scored
        page.write_string(FIRST, column, _("%d 月") % column + ("" if closed else _("\n未关账")), looks["head"])
    for row, (body, name) in enumerate(book.branches, FIRST + 1):
        page.write_string(row, 0, name, looks["text"])
        for column, month in enumerate(book.months, 1):
            _figure(page, row, column, book.figures.get((body, scale.code, month.yyyymm)), looks)
    page.write_string(
        FIRST + 2 + len(book.branches), 0, _("制表：            审核：            批准：            日期：")
    )
    page.set_row(FIRST, 30)
    page.set_column(0, 0, 20)
    page.set_column(1, last, 9)
    paper(page, FIRST, 1)


def _figure(page: Any, row: int, column: int, figure: "years.Figure | None", looks: dict[str, Any]) -> None:
    if figure is None:
        page.write_blank(row, column, None, looks["word"])
        return
    if figure.value is None:
        page.write_string(row, column, "—", looks["word"])
        return
    page.write_number(row, column, figure.value, looks["adjusted" if figure.adjusted else "points"])
    if figure.adjusted:
        before = "—" if figure.before is None else f"{figure.before:.2f}"
        page.write_comment(row, column, _("关账时 %s") % before)


def _changes(page: Any, changes: list[Change], looks: dict[str, Any]) -> None:
    heads = [
        _("月份"), _("第几次"), _("状态"), _("起因"), _("支部"), _("项"), _("关账时"), _("调整后"), _("相差"), _("提出"),
        _("提出于"), _("复核"), _("复核于"), _("复核意见"),
    ]  # fmt: skip
    rows = [
        [
            str(c.month), str(c.number), c.state, c.cause, c.branch, c.what, c.before, c.after, c.moved, c.asked_by,
            f"{c.asked_at:%Y-%m-%d %H:%M}", c.decided_by, f"{c.decided_at:%Y-%m-%d %H:%M}" if c.decided_at else "", c.why,
        ]
        for c in changes
    ]  # fmt: skip
    _texts(page, heads, rows, CHANGE_WIDTHS, looks)


def _chain(page: Any, chain: "list[board.SealLine]", looks: dict[str, Any]) -> None:
    heads = [_("号"), _("封存"), _("月份"), _("摘要算法"), _("摘要")]
    rows = [[str(one.number), one.kind, str(one.month), one.algorithm, one.digest] for one in chain]
    _texts(page, heads, rows, SEAL_WIDTHS, looks)


def _texts(page: Any, heads: list[str], rows: list[list[str]], widths: tuple[int, ...], looks: dict[str, Any]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.write_string(0, column, head, looks["head"])
        page.set_column(column, column, width)
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            page.write_string(at, column, value, looks["text"])
    paper(page, 0, 1)
