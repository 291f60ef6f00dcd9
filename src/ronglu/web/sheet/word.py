"""The month on official paper: all branches in one table, or one branch with every item and why it lost points."""

from decimal import Decimal

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.explain.lost import reasons
from ronglu.boards.sheet.read import Group, SheetView, Standing, read
from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.exchange.word.paper import Column, Paper
from ronglu.kernel.time.period import Period
from ronglu.web.access import page, scope_of_request
from ronglu.web.formats import month_name, num
from ronglu.web.papers import as_word
from ronglu.web.sheet.frame import asked_for
from ronglu.web.sheet.views import open_words
from ronglu.web.words import named


@page(verb="sheet.see")
def month(request: HttpRequest) -> FileResponse:
    """Only the branches the reader may see, in the order of the organisation."""
    at = asked_for(request)
    view = read(scope=scope_of_request(request), plant=at.here.plant, month=at.month, number=at.number)
    if view is None:
        raise Http404("这个月没有可以导出的考核表")
    return as_word(month_paper(view), name=f"{view.plant.name}-{view.sheet.name}-{view.month}")


@page(verb="sheet.see")
def branch(request: HttpRequest, month: Period, body: str) -> FileResponse:
    at = asked_for(request, month=month)
    view = read(scope=scope_of_request(request), plant=at.here.plant, month=month, number=at.number, body=body)
    if view is None:
        raise Http404("这个月没有这个支部的考核表，或不在您的范围内")
    why = reasons(view=view, pack=pack_of(at.here.plant.code))
    return as_word(branch_paper(view, why), name=f"{view.branches[0].name}-{view.sheet.name}-{view.month}")


def month_paper(view: SheetView) -> Paper:
    """Ties stand as ties: the order is the organisation's, never that of the points."""
    paper = Paper(
        _("%(plant)s%(month)s双百考核结果") % {"plant": view.plant.name, "month": _month(view)}, at=clock.now()
    )
    _head(paper, view)
    for scale in view.scales:
        paper.heading(named(scale.scale))
        rows = [[b.name, *_totals(one)] for b, one in zip(view.branches, scale.standings, strict=True)]
        paper.table([Column(_("支部"), 5), *_columns()], rows)
        paper.lines(_said(b.name, one) for b, one in zip(view.branches, scale.standings, strict=True))
    _tail(paper, view)
    return paper


def branch_paper(view: SheetView, why: dict[str, str]) -> Paper:
    mine = view.branches[0]
    paper = Paper(_("%(branch)s%(month)s双百考核结果") % {"branch": mine.name, "month": _month(view)}, at=clock.now())
    _head(paper, view)
    paper.heading(_("合计"))
    rows = [[named(scale.scale), *_totals(scale.standings[0])] for scale in view.scales]
    paper.table([Column(_("百分"), 5), *_columns()], rows)
    paper.lines(_said(named(scale.scale), scale.standings[0]) for scale in view.scales)
    paper.heading(_("各项得分和失分原因"))
    for group in view.groups:
        _group(paper, group, why)
    _tail(paper, view)
    return paper


def _group(paper: Paper, group: Group, why: dict[str, str]) -> None:
    one = group.sums[0]
    got = _("得 %(won)s，已评满分 %(full)s") % {"won": num(one.won, 2), "full": num(one.available)}
    paper.sub_heading(
        f"{group.category.code} {named(group.category)}（{got if one.available else _('还没有可评的项')}）"
    )
    columns = [
        Column(_("项号"), 3, "center"), Column(_("考核项"), 9), Column(_("满分"), 3, "center"),
        Column(_("得分"), 4, "right"), Column(_("原因"), 15),
    ]  # fmt: skip
    rows = [
        [row.item.code, named(row.item), num(row.item.points), _points(row.cells[0].won), why[row.item.code]]
        for row in group.rows
    ]
    paper.table(columns, rows)


def _head(paper: Paper, view: SheetView) -> None:
    words = {"version": view.version, "number": view.number}
    paper.under(_("（规则第 %(version)d 版，第 %(number)d 次计分）") % words).space()


def _tail(paper: Paper, view: SheetView) -> None:
    days = {"a": view.stat_days[0], "b": view.stat_days[1], "c": view.month.first, "d": view.month.last}
    paper.heading(_("说明"))
    paper.text(_("生产读数取统计月 %(a)s 至 %(b)s，党建事项取自然月 %(c)s 至 %(d)s。") % days)
    missing = open_words(view)
    paper.text(_("合计只按已评的算，没有数的项不补分%s。") % (f"（{missing}）" if missing else ""))
    paper.text(_("考核规则：%s。") % view.sheet.note)
    paper.text(_standing(view))
    paper.signed(view.plant.name, clock.today())


def _standing(view: SheetView) -> str:
    """Whether the figures can still move."""
    if view.closed is None:
        return _("本月尚未关账，得分还会变动。")
    words = {"seal": view.closed.seal, "n": view.closed.approved}
    if view.closed.approved:
        return _("本月已关账（封存第 %(seal)d 号），此后经签认调整 %(n)d 次，得分为调整后的数。") % words
    return _("本月已关账（封存第 %(seal)d 号）。") % words


def _columns() -> list[Column]:
    heads = [_("适用"), _("已评"), _("得分"), _("折算")]
    return [*(Column(head, 3, "right") for head in heads), Column(_("评级"), 4, "center")]


def _totals(one: Standing) -> list[str]:
    total = one.total
    figures = (total.applicable, total.available, total.won, total.converted)
    return [*(_points(figure) for figure in figures), named(one.grade) if one.grade else _("暂不评级")]


def _said(name: str, one: Standing) -> str:
    return f"{name}：{one.reason}。" if one.reason else ""


def _points(value: Decimal | None) -> str:
    return num(value, 2)


def _month(view: SheetView) -> str:
    """2026年3月: a title has no blanks between figures and words."""
    return month_name(view.month).replace(" ", "")
