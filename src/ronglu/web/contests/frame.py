"""What the pages of contests and campaigns share: their tabs, the chips of their states, and forms that lead back."""

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here

deed_page = partial(page_of_deed, (gettext_lazy("竞赛与活动"), "contests"))
"""The page of one deed, under the first page of the module."""

SEE = "contests.see"
MARKS = {
    "draft": "forecast", "declared": "waiting", "running": "running", "provisional": "awaiting_review", "final": "locked",
    "withdrawn": "cancelled", "open": "running", "closed": "locked", "dropped": "cancelled", "done": "awaiting_review",
    "checked": "good", "told": "awaiting_review", "confirmed": "good", "refused": "nothing",
}  # fmt: skip
"""Which chip a stored state is drawn with; the word beside it is the state's own."""


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {"contests": _("竞赛"), "campaigns": _("活动"), "showcases": _("晒业绩")}
    return bar_of(request, where, tab, names=names, verbs={})
