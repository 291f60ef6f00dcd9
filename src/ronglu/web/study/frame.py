"""What the pages of study share: tabs, the chips of a topic, and forms that lead back."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here
from ronglu.work.queries import study as queries

if TYPE_CHECKING:
    from django.utils.functional import Promise

deed_page = partial(page_of_deed, (gettext_lazy("学习教育"), "study"))
"""The page of one deed, under the first page of the module."""

SEE = queries.SEE
PLANS = {"draft": "forecast", "issued": "running"}
TOPICS: "dict[str, tuple[str, Promise]]" = {
    queries.DONE: ("good", gettext_lazy("已落实")), queries.HELD: ("watch", gettext_lazy("学了，还没有决定")),
    queries.LAID: ("running", gettext_lazy("已排到会上")), queries.AHEAD: ("waiting", gettext_lazy("待学")),
    queries.LATE: ("late", gettext_lazy("过期没有落实")), queries.DROPPED: ("nothing", gettext_lazy("取消")),
}  # fmt: skip


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {"study": _("学习教育计划"), "study_hours": _("学时"), "trainings": _("集中培训")}
    verbs = {"study_hours": "study.hours", "trainings": "trainings.record"}
    return bar_of(request, where, tab, names=names, verbs=verbs)
