"""What the pages of contests and campaigns share: their tabs, the chips of their states, and forms that lead back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import Here
from ronglu.work.queries.places import Places

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
        request, deed, subject=subject, title=title, back=up[1], places=places or Places(where.plant, where.on),
        initial=initial, landing=landing,
        crumbs=[(_("竞赛与活动"), reverse("contests") + where.tail), up, (str(deed.label), "")],
    )  # fmt: skip


def chosen(deeds: Mapping[str, Deed], word: str, subject: Any) -> Deed:
    """The deed behind the last word of an address, where it makes sense for the subject as it stands."""
    if word not in deeds or not deeds[word].shown(subject):
        raise Http404("没有这件事可办")
    return deeds[word]
