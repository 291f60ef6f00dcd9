"""The certificate of a closed month on official paper: what was sealed, the head of the chain as text and as QR, who signs."""

import datetime as dt
from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from ronglu.boards.closing import read as board
from ronglu.boards.closing.read import AdjustmentView, CloseView
from ronglu.config import clock
from ronglu.exchange.word.paper import Column, Paper
from ronglu.kernel.time.period import Period
from ronglu.web.access import page, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.papers import as_word
from ronglu.web.sheet.frame import asked_for

QR_MM = 30


@page(verb="sheet.see")
def certificate(request: HttpRequest) -> FileResponse:
    at = asked_for(request)
    view = board.read(scope=scope_of_request(request), plant=at.here.plant, month=at.month, on=clock.today())
    if view.state != "closed" or view.seal is None:
        raise Http404("这个月还没有关账")
    paper = paper_of(view, plant=at.here.plant.name, month=at.month, text=head_line(at.here.plant.code, at.month, view))
    return as_word(paper, name=f"{at.here.plant.name}-{_('关账证明')}-{at.month}")


def head_line(plant: str, month: Period, view: CloseView) -> str:
    """The line that is kept outside; the QR holds the same text."""
    return f"{plant} {view.seal} {month} {view.algorithm} {view.digest}"


def paper_of(view: CloseView, *, plant: str, month: Period, text: str) -> Paper:
    name = month_name(month).replace(" ", "")
    paper = Paper(_("%(plant)s%(month)s双百考核关账证明") % {"plant": plant, "month": name}, at=clock.now())
    paper.space().heading(_("关账")).table([Column(_("事项"), 3), Column(_("内容"), 9)], _facts(view))
    if view.adjustments:
        paper.heading(_("关账后的调整"))
        for one in view.adjustments:
            _adjustment(paper, one)
    paper.heading(_("封存摘要"))
    paper.text(_("下面一行连同二维码请存到系统之外。日后用它核验，关账的任何一行、任何一个归档文件有改动都会被查出。"))
    paper.lines([text]).picture(_qr(text), mm=QR_MM).keep()
    paper.lines([_("核验：ronglu verify --plant %s --head 上面的 64 位摘要") % text.split()[0]]).keep()
    paper.text(_("核对人：＿＿＿＿　保存人：＿＿＿＿　日期：＿＿＿＿"))
    return paper.signed(plant, clock.today())


def _facts(view: CloseView) -> list[tuple[str, str]]:
    return [
        (_("为准的计分"), _("第 %d 次") % view.run),
        (_("提请"), _who(view.asked_by, view.asked_at)),
        (_("关账"), _who(view.closed_by, view.closed_at)),
        (_("封存"), _("第 %(n)d 号，%(algorithm)s") % {"n": view.seal, "algorithm": view.algorithm}),
    ]


def _adjustment(paper: Paper, one: AdjustmentView) -> None:
    state = {"approved": _("已生效"), "rejected": _("不采纳")}.get(one.state, _("待复核"))
    paper.text(_("第 %(n)d 次（%(state)s）：%(cause)s。%(why)s") % {
        "n": one.number, "state": state, "cause": one.cause, "why": f"{one.why.rstrip('。')}。" if one.why else "",
    })  # fmt: skip
    columns = [
        Column(_("支部"), 4), Column(_("项"), 6), Column(_("关账时"), 2, "right"), Column(_("调整后"), 2, "right"),
        Column(_("相差"), 2, "right"),
    ]  # fmt: skip
    paper.table(
        columns,
        [(m.body, m.what, m.before, m.after, m.by) for m in one.items]
        + [(m.body, m.what + _("（折算）"), m.before, m.after, m.by) for m in one.totals],
    )


def _who(name: str, at: dt.datetime | None) -> str:
    return f"{name} {at:%Y-%m-%d %H:%M}".strip() if at else name


def _qr(text: str) -> bytes:
    import segno

    stream = BytesIO()
    segno.make(text, error="m").save(stream, kind="png", scale=8, border=2)
    return stream.getvalue()
