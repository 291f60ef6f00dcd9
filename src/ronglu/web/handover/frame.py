"""What the pages of the shift share: their tabs, and the lines the reader may look at."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.web.bars import Bar, bar_of
from ronglu.web.where import Here

SEE, GIVE = "handovers.see", "handovers.give"
VERBS = {"cascade": "boards.see"}


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "handovers": _("交接班"),
        "handover_meeting": _("班前会"),
        "halts": _("停机记录"),
        "cascade": _("计划分解"),
    }
    return bar_of(request, where, tab, names=names, verbs=VERBS)


def crumbs(where: Here, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("班组生产"), reverse("handovers") + where.tail), *rest]
