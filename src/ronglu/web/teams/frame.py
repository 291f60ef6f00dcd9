"""What the pages of teams and labour share: their tabs, chips of their states, and forms that lead back where one came from."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here

if TYPE_CHECKING:
    from ronglu.store.models import Plant

deed_page = partial(page_of_deed, (gettext_lazy("队伍与劳动"), "teams"))
"""The page of one deed, under the first page of the module."""

SEE = "teams.see"
VERBS = {
    "achievements": "achievements.see",
    "awards": "achievements.see",
    "help": "help.ask",
    "contacts": "contacts.see",
}
MARKS = {
    "called": "waiting", "under_way": "running", "reported": "awaiting_review", "verified": "good",
    "rejected": "watch", "standing": "running", "kept": "running", "ended": "nothing", "open": "waiting",
    "done": "awaiting_review", "checked": "good", "recorded": "awaiting_review", "answered": "awaiting_review",
    "helped": "good", "not_helped": "nothing",
}  # fmt: skip
"""Which chip a stored state is drawn with; the word beside it is the state's own."""


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "teams": _("队伍"),
        "seasons": _("季节任务"),
        "activities": _("义务劳动"),
        "duties": _("身兼职责"),
        "model_posts": _("示范岗"),
        "studios": _("工作室"),
        "achievements": _("成果台账"),
        "awards": _("获奖登记"),
        "help": _("问一问"),
        "contacts": _("横班联系"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def file_name(plant: "Plant", what: str, where: Here) -> str:
    return f"{plant.name}-{what}-{where.on}.xlsx"
