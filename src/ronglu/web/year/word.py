"""The year's result on official paper: the notice of publicity or the result as published, and one branch's year part by part."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.year import read as board
from ronglu.config import clock
from ronglu.exchange.word.paper import Column, Paper, dated
from ronglu.web.access import page, scope_of_request
from ronglu.web.formats import num
from ronglu.web.papers import as_word
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.web.year import frame


@page(verb=frame.SEE)
def notice(request: HttpRequest, year: int) -> FileResponse:
    """What the page shows this reader, in the order of the organisation."""
    where = here(request, frame.SEE)
    review = board.review_of(where.plant, year)
    view = board.read(scope=scope_of_request(request), review=review, on=clock.today()) if review else None
    if view is None:
        raise Http404("这一年还没有可以导出的结果")
    return as_word(notice_of(view, where.plant.name), name=f"{where.plant.name}-{_('年度考核')}-{year}")


@page(verb=frame.SEE)
def branch(request: HttpRequest, year: int, code: str) -> FileResponse:
    where = here(request, frame.SEE)
    review = board.review_of(where.plant, year)
    view = board.branch(scope=scope_of_request(request), review=review, code=code) if review else None
    if view is None:
        raise Http404("没有这个支部的年度结果，或不在您的范围内")
    return as_word(branch_of(view, year, where.plant.name), name=f"{view.name}-{_('年度考核')}-{year}")


def notice_of(view: board.YearView, plant: str) -> Paper:
    words = {"plant": plant, "year": view.year}
    told = view.state == "publicity"
    title = _("%(plant)s%(year)d年度考核结果公示") if told else _("%(plant)s%(year)d年度考核结果")
    paper = Paper(title % words, at=clock.now()).under(f"（{view.word}）").space()
    paper.text(
        _("各支部年度得分按“%(weights)s”合成（%(note)s）。") % {"weights": weights_of(view.weights), "note": view.note}
    )
    if told and view.publicity_on and view.appeals_on:
        days = {"until": dated(view.publicity_on), "appeals": dated(view.appeals_on)}
        paper.text(_("现予公示，公示期至 %(until)s。对结果有异议的，请在 %(appeals)s 前提出申诉。") % days)
    for place, scale in enumerate(view.scales):
        paper.heading(named(scale))
        columns = [
            Column(_("支部"), 5), Column(_("得分"), 3, "right"), Column(_("等级"), 3, "center"), Column(_("星级"), 2, "center"),
            Column(_("说明"), 6),
        ]  # fmt: skip
        paper.table(columns, [[row.name, *_cell(row.cells[place])] for row in view.rows])
    if view.digest:
        paper.heading(_("封存")).lines([_("第 %(n)d 号：%(digest)s") % {"n": view.seal, "digest": view.digest}])
    return paper.signed(plant, clock.today())


def branch_of(view: board.BranchYear, year: int, plant: str) -> Paper:
    paper = Paper(_("%(branch)s%(year)d年度考核结果") % {"branch": view.name, "year": year}, at=clock.now()).space()
    paper.text(
        _("年度得分按“%(weights)s”合成（%(note)s）。") % {"weights": weights_of(view.weights), "note": view.note}
    )
    for one in view.scales:
        paper.heading(named(one.scale))
        score, grade, stars, said = _cell(one.cell)
        paper.table(
            [Column(_("得分"), 3, "center"), Column(_("等级"), 3, "center"), Column(_("星级"), 2, "center"), Column(_("说明"), 8)],
            [[score, grade, stars, said]],
        )  # fmt: skip
        paper.sub_heading(_("各月"))
        months = [[str(m.month), num(m.score, 2), _parts(m)] for m in one.months]
        paper.table([Column(_("月份"), 3, "center"), Column(_("得分"), 3, "right"), Column(_("说明"), 10)], months)
        if one.steps:
            steps = [[step["label"], step["expression"], step["value"]] for step in one.steps]
            paper.sub_heading(_("怎么算出来的"))
            paper.table([Column(_("步骤"), 6), Column(_("算式"), 8), Column(_("结果"), 3, "right")], steps)
    return paper.signed(plant, clock.today())


def weights_of(weights: tuple[tuple[str, str], ...]) -> str:
    return " + ".join(f"{weight} × {label}" for label, weight in weights)


def _cell(cell: board.YearCell) -> tuple[str, str, str, str]:
    grade = named(cell.grade) if cell.grade else _("待定") if cell.waits else _("暂不评级")
    vetoed = _("%s 月一票否决") % "、".join(map(str, cell.vetoes)) if cell.vetoes else ""
    said = "；".join(text for text in (cell.reason, vetoed) if text)
    return num(cell.value, 2), grade, str(cell.stars or "—"), said


def _parts(month: board.MonthPart) -> str:
    """Whose points stood for which days, where it was more than one body's."""
    return "；".join(
        _("%(name)s %(days)d 天 %(score)s") % {"name": name, "days": days, "score": num(score, 2)}
        for name, days, score in month.parts
        if len(month.parts) > 1
    )
