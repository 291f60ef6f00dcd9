"""What the pages of teams and labour share: their tabs, chips of their states, and forms that lead back where one came from."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.access import scope_of_request
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import Here
from ronglu.work.queries.places import Places
from ronglu.work.queries.within import Within

if TYPE_CHECKING:
    from ronglu.store.models import Plant

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


def deed_page(
    request: HttpRequest,
    deed: Deed,
    *,
    subject: Any,
    title: str,
    where: Here,
    up: tuple[str, str],
    places: Places | None = None,
    initial: Mapping[str, Any] | None = None,
    landing: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """`up`: name and address of the page one came from and goes back to."""
    return perform(
        request,
        deed,
        subject=subject,
        title=title,
        back=up[1],
        places=places or Places(where.plant, where.on),
        initial=initial,
        crumbs=[(_("队伍与劳动"), reverse("teams") + where.tail), up, (str(deed.label), "")],
        landing=landing,
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
