"""The coefficient sheet of one leader on official paper: formula, inputs, every step, rounding and the authorising document."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.linkage import read as board
from ronglu.boards.linkage.read import Given, SchemeLine, Why
from ronglu.config import clock
from ronglu.exchange.word.paper import Column, Paper
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.formats import month_name, num
from ronglu.web.papers import as_word


@page(verb=board.SEE)
def sheet(request: HttpRequest, pk: int) -> FileResponse:
    """For whom the page is: the person himself, the party office, the plant committee."""
    view = board.why(scope=scope_of_request(request), pk=pk)
    if view is None:
        raise Http404("没有这个联动结果")
    require(request, board.SEE, view.person)
    return as_word(sheet_of(view), name=f"{view.line.person}-{_('联动系数')}-{view.line.period}")


def sheet_of(view: Why) -> Paper:
    line = view.line
    words = {"who": line.person, "when": month_name(line.period).replace(" ", "")}
    paper = Paper(_("%(who)s%(when)s联动系数单") % words, at=clock.now()).under(f"（{line.place}）").space()
    paper.heading(_("结果")).table([Column(_("事项"), 3), Column(_("内容"), 9)], _result(view))
    paper.heading(_("办法")).table([Column(_("事项"), 3), Column(_("内容"), 9)], _scheme(line.scheme))
    paper.heading(_("取数"))
    for one in view.inputs:
        _given(paper, one)
    if view.steps:
        paper.heading(_("计算步骤"))
        rows = [[step["label"], step["expression"], step["value"]] for step in view.steps]
        paper.table([Column(_("步骤"), 4), Column(_("算式"), 9), Column(_("结果"), 4, "right")], rows)
        paper.lines(
            [
                _("按当时批准的办法和这些数重算，结果一致。")
                if view.agrees
                else _("重算与当时不一致，请告知党群工作部。")
            ]
        )
    return paper.signed(view.plant.name, clock.today())


def _result(view: Why) -> list[tuple[str, object]]:
    line = view.line
    if line.value is None:
        return [(_("暂不联动"), line.reason)]
    rows: list[tuple[str, object]] = [(_("联动分"), line.value)]
    if line.coefficient is not None:
        rows.append((_("系数"), line.coefficient))
    rows += [(_("未舍入"), view.unrounded), (_("舍入"), view.rounding), (_("计算于"), f"{line.at:%Y-%m-%d %H:%M}")]
    if not line.stands:
        rows.append((_("状态"), _("已被后来的计算取代")))
    return [*rows, (_("因何重算"), view.cause)] if view.cause else rows


def _scheme(scheme: SchemeLine) -> list[tuple[str, object]]:
    document = f"{scheme.document}《{scheme.title}》{scheme.dated_on:%Y-%m-%d}"
    rows: list[tuple[str, object]] = [
        (_("模型"), f"{scheme.model} {scheme.label}"), (_("公式"), scheme.formula), (_("授权文件"), document),
        (_("起用"), month_name(scheme.from_month)), (_("对谁"), f"{scheme.whom}，{_('按')}{scheme.grain}"),
    ]  # fmt: skip
    return [*rows, (_("要知道的"), scheme.warning)] if scheme.warning else rows


def _given(paper: Paper, one: Given) -> None:
    paper.sub_heading(f"{one.label}：{f'{one.value} {one.unit}'.strip() if one.value else _('没有')}")
    weighted = _("，按天数加权后取两位小数") if one.weighted else ""
    paper.lines([_("取自%(source)s%(weighted)s") % {"source": one.source, "weighted": weighted}])
    if one.parts:
        columns = [
            Column(_("单位"), 6), Column(_("月份"), 4, "center"), Column(_("天数"), 2, "right"), Column(_("得分"), 3, "right"),
        ]  # fmt: skip
        paper.table(columns, [[p.name, month_name(p.month), p.days, num(p.score, 2)] for p in one.parts])
