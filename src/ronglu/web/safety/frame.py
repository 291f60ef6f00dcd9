"""What the pages of bulletins and risks share: their tabs, chips, and forms that lead back to where one came from."""

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here

bulletin_deed = partial(page_of_deed, (gettext_lazy("隐患统计通报"), "bulletins"))
risk_deed = partial(page_of_deed, (gettext_lazy("风险清单"), "risks"))

CHIPS = {"proposed": "awaiting_review", "published": "good", "dropped": "nothing", "withdrawn": "cancelled"}
"""Which chip a state of a bulletin is drawn with."""


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {"bulletins": _("隐患统计通报"), "risks": _("风险清单")}
    return bar_of(request, where, tab, names=names, verbs={})
