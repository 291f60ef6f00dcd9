"""What the pages of standards and honours share: their tabs, the chip of each stand, and the body an address names."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.kernel.standing.standard import Stand
from ronglu.web.access import scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.where import Here, here
from ronglu.work.queries import standards as queries

if TYPE_CHECKING:
    from ronglu.store.models import Body

SEE = queries.SEE
CHIPS = {
    Stand.VALID: ("good", gettext_lazy("有效")),
    Stand.EXPIRING: ("watch", gettext_lazy("快到期")),
    Stand.ENTERED: ("awaiting_review", gettext_lazy("待检查")),
    Stand.RETURNED: ("watch", gettext_lazy("退回")),
    Stand.EXPIRED: ("alarm", gettext_lazy("已失效")),
    Stand.MISSING: ("not_wired", gettext_lazy("没有登记")),
}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "standards": _("五个一"),
        "honours": _("层级与称号"),
        "model_offices": _("模范机关"),
        "crew_sheet": _("横大班表"),
        "duty_scores": _("履职得分"),
    }
    return bar_of(
        request,
        where,
        tab,
        names=names,
        verbs={
            "standards": SEE,
            "honours": SEE,
            "model_offices": SEE,
            "crew_sheet": "boards.see",
            "duty_scores": "duty_scores.see",
        },
    )


def branch_here(request: HttpRequest, code: str, *, verb: str = SEE) -> "tuple[Body, Here]":
    """A branch within the reader's reach; any other is not there."""
    body = scope_of_request(request).bodies(verb).filter(code=code).select_related("plant").first()
    if body is None:
        raise Http404("没有这个支部，或不在您的范围内")
    where = here(request, verb, of=body.plant)
    if not queries.is_branch(body=body, on=where.on):
        raise Http404("这一天它不是支部")
    return body, where
