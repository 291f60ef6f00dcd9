"""What a reviewer gave, and the quarter's panel, as workbooks: each reader takes away what his page shows him and no more."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.web.access import page, scope_of_request
from ronglu.web.book import Sheet, workbook_of
from ronglu.web.panel.quarter import panel_here
from ronglu.web.panel.views import GIVE
from ronglu.web.words import named
from ronglu.work import quarter_marks as verbs
from ronglu.work.queries import marks as queries
from ronglu.work.queries import quarter_marks


@page(verb=GIVE)
def marks(request: HttpRequest) -> FileResponse:
    """One's own marks; what others gave is told to nobody before the close."""
    found = queries.waiting(scope=scope_of_request(request), on=clock.today())
    heads = [_("评的是"), _("支部"), _("考核项"), _("月份"), _("档"), _("理由"), _("第几次")]
    rows = [
        (one.subject.label, one.branch, one.subject.item, str(one.month), one.mine.step, one.mine.reason, one.mine.number)
        for one in found
        if one.mine
    ]  # fmt: skip
    return workbook_of([Sheet(_("评审"), heads, rows)], name=_("我的评审-%s.xlsx") % clock.today())


@page(verb=GIVE)
def quarter(request: HttpRequest) -> FileResponse:
    """The office: mean and how many gave it; a member of the panel: his own scores with their reasons."""
    where, period, _mine, office = panel_here(request)
    account = scope_of_request(request).account_id or 0
    found = quarter_marks.rows(plant=where.plant, quarter=period, account=account)
    heads, rows = [_("支部")], [[row.name] for row in found]
    for code, name in verbs.scales(where.plant, period).items():
        heads += [f"{named(name)}·{word}" for word in ((_("均分"), _("人数")) if office else (_("您的分"), _("理由")))]
        for line, row in zip(rows, found, strict=True):
            one = next(one for one in row.scores if one.scale == code)
            own = (one.own, one.mine.reason if one.mine else None)
            line += (one.mean, one.given) if office else own
    name = _("%(plant)s-季度点评打分-%(quarter)s.xlsx") % {"plant": where.plant.name, "quarter": period}
    return workbook_of([Sheet(str(period), heads, rows)], name=name)
