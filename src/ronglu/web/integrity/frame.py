"""What the pages of integrity share: their tabs, the chips of stored states, and forms that lead back where one came from."""

from functools import partial

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here

deed_page = partial(page_of_deed, (gettext_lazy("廉政与履责"), "commitments"))
"""The page of one deed, under the first page of the module."""

VERBS = {
    "commitments": "commitments.see",
    "quarter_points": "integrity.see",
    "inspections": "integrity.see",
    "seat_duties": "seat_duties.see",
    "list_words": "integrity.words",
}
CHIPS = {
    "asked": "waiting", "signed": "awaiting_review", "confirmed": "good", "dropped": "nothing",
    "planned": "waiting", "held": "good", "done": "good", "none": "nothing", "excused": "carried", "back": "watch",
    "open": "waiting",
}  # fmt: skip
"""Which chip a stored state is drawn with; the word beside it is the state's own."""


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "commitments": _("责任书、承诺书"),
        "quarter_points": _("五抓五促"),
        "inspections": _("专项自查"),
        "seat_duties": _("责任清单"),
        "list_words": _("改名称"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)
