"""What the pages of integrity share: their tabs, the chips of stored states, and forms that lead back where one came from."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, perform
from ronglu.web.where import Here
from ronglu.work.queries.places import Places

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
) -> HttpResponse:
    """`up`: label and url name of the page one came from and goes back to."""
    back = reverse(up[1]) + where.tail
    return perform(
        request, deed, subject=subject, title=title, back=back, places=places or Places(where.plant, where.on),
        initial=initial, crumbs=[(up[0], back), (str(deed.label), "")],
    )  # fmt: skip
