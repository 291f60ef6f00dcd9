"""The process graph as a workbook: sums edge by edge, and every word that was said."""

from decimal import Decimal

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext

from ronglu.kernel.measure.rounding import half_up
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.flows.frame import PEOPLE, SEE, YEAR, Aspects, aspects_of, edges_of, month_asked, sum_of, word_of
from ronglu.web.papers import taken
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work.queries import flows as queries
from ronglu.work.queries.places import Places


@page(verb=SEE)
def xlsx(request: HttpRequest) -> FileResponse:
    where = here(request, SEE)
    month = month_asked(request, where)
    found = edges_of(request, where, queries.span_of(month.first, YEAR), Places(where.plant, where.on))
    names, aspects = scope_of_request(request).has(PEOPLE), aspects_of(where)
    heads = [
        gettext("上道工序"), gettext("下道工序"), gettext("交什么"), gettext("月份"), gettext("第几次"), gettext("评价"),
        *map(named, aspects), gettext("说明"), gettext("评价人"), gettext("评于"),
    ]  # fmt: skip
    sums = [
        gettext("上道工序"), gettext("下道工序"), gettext("满意"), gettext("已评"), gettext("没有评"), gettext("质量反馈"),
        gettext("到期答复"), gettext("按时答复"), *(gettext("%s均分") % named(one) for one in aspects),
    ]  # fmt: skip
    name = gettext("工序衔接")
    sheets = [
        Sheet(name, sums, [_sums(edge, aspects) for edge in found]),
        Sheet(gettext("下道工序评价"), heads, [line for edge in found for line in _lines(edge, names, aspects)]),
    ]
    return taken(request, sheets, name=f"{where.plant.name}-{name}-{month}", organ=where.plant.name)


def _sums(edge: queries.Edge, aspects: Aspects) -> list[object]:
    tally, answers = edge.tally, edge.answers
    sums = [sum_of(edge.marks(one.code)) for one in aspects]
    return [
        edge.source, edge.target, tally.num, tally.den, tally.missing, len(answers.cases), answers.due, answers.met,
        *(half_up(Decimal(total) / n, 2) if n else None for total, n in sums),
    ]  # fmt: skip


def _lines(edge: queries.Edge, names: bool, aspects: Aspects) -> list[list[object]]:
    """A line for every word, also those that were said again; a month without one says so."""
    found: list[list[object]] = []
    for month in edge.months:
        start = [edge.source, edge.target, edge.flow.what, str(month.period)]
        if not month.words:
            found.append([*start, None, word_of(month), *(None for _one in aspects), "", "", None])
        for word in reversed(month.words):
            told = [word.reason, word.person.name, word.at.date()] if names else ["", "", None]
            marks = [word.marks.get(one.code) for one in aspects]
            found.append([*start, word.no, named(word.get_word_display()), *marks, *told])
    return found
