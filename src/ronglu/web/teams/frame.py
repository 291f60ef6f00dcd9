"""What the pages of teams and labour share: their tabs, chips of their states, and forms that lead back where one came from."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.access import scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, page_of_deed
from ronglu.web.where import Here
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Plant

deed_page = partial(page_of_deed, (gettext_lazy("队伍与劳动"), "teams"))
"""The page of one deed, under the first page of the module."""

T = TypeVar("T")
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


def known(found: T | None) -> T:
    if found is None:
        raise Http404("没有这一项，或不在您的范围内")
    return found


def within(request: HttpRequest, where: Here, *, bodies: str = "", units: str = "") -> Places:
    """The places of a form: only those over which the reader holds the verb named for them."""
    scope = scope_of_request(request)
    return Within(
        where.plant,
        where.on,
        bodies_of=scope.reach(bodies) if bodies else None,
        units_of=scope.reach(units) if units else None,
    )


def chosen(deeds: Mapping[str, Deed], word: str, subject: Any = None) -> Deed:
    """The deed behind the last word of an address."""
    if word not in deeds or (subject is not None and not deeds[word].shown(subject)):
        raise Http404("没有这件事可办")
    return deeds[word]


def on(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The verb with the page's subject as its argument `name`."""
    return lambda subject, **said: verb(**{name: subject}, **said)


def judged(verb: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A form's yes or no as the verb's `holds`."""
    return lambda subject, holds, **said: verb(**{name: subject}, holds=holds == "yes", **said)


def file_name(plant: "Plant", what: str, where: Here) -> str:
    return f"{plant.name}-{what}-{where.on}.xlsx"
