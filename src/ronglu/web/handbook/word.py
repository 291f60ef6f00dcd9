"""Minutes on official paper: who met when, what was said block by block, how was voted, who does what by when."""

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.exchange.word.paper import Column, Paper, dated
from ronglu.web.access import page
from ronglu.web.handbook.frame import meeting_here
from ronglu.web.handbook.sheets import kind_name
from ronglu.web.papers import as_word
from ronglu.web.words import named
from ronglu.work.queries.inspection import SEE
from ronglu.work.queries.minutes import Minutes, Said

if TYPE_CHECKING:
    from ronglu.store.models import Gathering


@page(verb=SEE)
def minutes(request: HttpRequest, pk: int) -> FileResponse:
    told, _where = meeting_here(request, pk)
    name = f"{told.body}-{told.row.title}-{told.row.starts_at:%Y-%m-%d}"
    return as_word(paper_of(told), name=name)


def paper_of(told: Minutes) -> Paper:
    """Dated by the day it was closed, so that two copies of it are the same."""
    row = told.row
    closed = row.closed_at or row.starts_at
    paper = Paper(_("%s纪要") % titled(row), at=closed).under(f"（{told.body}，{dated(row.starts_at.date())}）").space()
    for label, text in facts(told):
        paper.text(_("%(label)s：%(text)s") % {"label": label, "text": text})
    if row.state == "cancelled":
        return paper.signed(told.branch or told.body, closed.date())
    for part in told.parts:
        paper.heading(named(part.block))
        for number, line in enumerate(part.lines, 1):
            _line(paper, number if len(part.lines) > 1 else 0, line)
    _votes(paper, told)
    _decided(paper, told)
    # the hands of both stand on the page of the signature
    paper.keep().text(_("召集人：＿＿＿＿＿＿　　记录人：＿＿＿＿＿＿"))
    return paper.signed(told.branch or told.body, closed.date())


def facts(told: Minutes) -> list[tuple[str, str]]:
    """What stands above the minutes; a line with nothing to say is left out."""
    row = told.row
    day = f"{dated(row.starts_at.date())} {row.starts_at:%H:%M}—{row.ends_at:%H:%M}"
    if row.state == "cancelled":
        return [(_("原定时间"), day), (_("未召开的理由"), row.reason)]
    counts = {"due": row.due, "present": row.present}
    # where nobody in particular is due, only who came was counted
    came = _("应到 %(due)d 人，到会 %(present)d 人") % counts if row.due else _("%(present)d 人") % counts
    away = _("、").join(f"{name}（{why}）" if why else name for name, why in told.away)
    later = _("；").join(f"{dated(one.starts_at.date())} {one.starts_at:%H:%M}" for one in told.sessions)
    found = [
        (_("队伍"), row.team.name if row.team else ""), (_("时间"), day), (_("地点"), row.place), (_("召集人"), row.convener.name if row.convener else ""),
        (_("记录人"), row.recorder.name if row.recorder else ""), (_("到会"), came), (_("到会人员"), _("、").join(told.came)),
        (_("列席"), _("、").join(told.besides)), (_("未到"), away), (_("补课"), later),
        (_("已补课"), _("、").join(told.made_up)), (_("休息日到会的理由"), row.called_in),
        *((named(one), text) for one, text in told.given),
    ]  # fmt: skip
    return [(label, text) for label, text in found if text]


def figures_of(line: Said) -> str:
    """进度 96.2%，差距 0.3 个百分点."""
    return _("，").join(f"{named(label)} {value}" for label, value in line.figures)


def _line(paper: Paper, number: int, line: Said) -> None:
    head = f"{number}. {line.row.title}" if number else line.row.title
    about = _("；").join(text for text in (figures_of(line), line.note) if text)
    paper.text(f"{head}（{about}）" if about else head)
    paper.text(line.row.said)


def _votes(paper: Paper, told: Minutes) -> None:
    if not told.votes:
        return
    columns = [
        Column(_("事项"), 8), Column(_("方式"), 3, "center"), Column(_("应到"), 2, "right"), Column(_("到会"), 2, "right"),
        Column(_("赞成"), 2, "right"), Column(_("反对"), 2, "right"), Column(_("弃权"), 2, "right"), Column(_("结果"), 3, "center"),
    ]  # fmt: skip
    rows = [
        (v.title, _("无记名") if v.secret else _("举手"), v.due, v.voting, v.favour, v.against, v.abstained,
         _("通过") if one.passed else _("未通过"))
        for one in told.votes for v in (one.row,)
    ]  # fmt: skip
    paper.heading(_("表决")).table(columns, rows)
    paper.lines([_("应到、到会只数有表决权的人；表决的赞成须超过应到的半数，选举的得票须超过到会的半数。")])


def _decided(paper: Paper, told: Minutes) -> None:
    paper.heading(_("决议"))
    if not told.decided:
        paper.text(_("本次会议没有形成决议。"))
        return
    columns = [
        Column(_("序"), 1, "center"), Column(_("决议"), 8), Column(_("责任人"), 2, "center"), Column(_("期限"), 3, "center"),
        Column(_("行动项"), 3, "center"),
    ]  # fmt: skip
    rows = [
        (one.no, one.text, one.owner.name if one.owner else None, one.due_on, one.case.number if one.case else None)
        for one in told.decided
    ]
    paper.table(columns, rows)


def titled(row: "Gathering") -> str:
    """The meeting's own name, else that of its kind."""
    return row.title or kind_name(row.kind)
