"""The result of a poll as a workbook: counts of a question's answers, or votes; only what the page tells this reader."""

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet
from ronglu.web.papers import taken
from ronglu.web.polls import told
from ronglu.web.polls.views import VOTE, poll_here
from ronglu.web.words import named
from ronglu.work.queries import polls as queries
from ronglu.work.queries.polls import Result


@page(verb=VOTE)
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    poll, where = poll_here(request, pk)
    if not queries.reader_of(poll, scope=scope_of_request(request)).reads:
        raise Http404("结果还没有公布，或不归您看")
    result = queries.result(poll)
    if withheld := told.withheld(result):
        raise Http404(withheld)
    sheet = _votes(result) if result.votes else _scores(result)
    turnout = Sheet(_("投票"), [_("应投"), _("实投")], [[result.entitled, result.cast]])
    return taken(request, [sheet, turnout], name=poll.title, organ=where.plant.name)


def _votes(result: Result) -> Sheet:
    heads = [_("候选人"), _("票数"), _("占实投 %"), _("结果")]
    return Sheet(_("得票"), heads, [[name, n, share, word] for name, n, share, _mark, word in told.voted(result)])


def _scores(result: Result) -> Sheet:
    """One line a question of each group; what stands beside a name is its whole score."""
    answers = [named(one) for one in result.kind.answers]
    heads = [_("对象"), _("总分"), _("类别"), _("类别权重"), _("问题"), _("问题权重"), _("均分"), *answers]
    rows = [
        [
            one.name, one.score, part.label, part.weight, named(spread.question), spread.question.weight, spread.mean,
            *(count for _answer, count, _share in spread.shares),
        ]
        for one in told.rated(result) for part in one.parts for spread in part.score.spreads
    ]  # fmt: skip
    return Sheet(_("得分"), heads, rows)
