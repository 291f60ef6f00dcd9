"""What the pages of documents share: tabs, chips of states, the words of the plant, and forms that lead back."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import page_of_deed
from ronglu.web.where import Here
from ronglu.web.words import named, pack_of
from ronglu.work import education

if TYPE_CHECKING:
    from ronglu.kernel.gathering.education import Education
    from ronglu.store.models import Plant

deed_page = partial(page_of_deed, (gettext_lazy("文件库"), "documents"))
"""The page of one deed, under the first page of the module."""

SEE = "documents.see"
MARKS = {
    "valid": "good", "void": "nothing", "open": "waiting", "told": "good", "explained": "awaiting_review", "excused": "carried",
}  # fmt: skip
"""Which chip a stored state is drawn with; the word beside it is the state's own."""


def lists(plant: "Plant") -> "Education":
    """The declared lists in the plant's own words."""
    return education.lists_of(plant, pack_of(plant.code).base.education)


def themes_of(known: "Education", codes: Iterable[str]) -> str:
    return "、".join(named(known.themes[code]) for code in codes if code in known.themes)


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {"documents": _("文件库"), "relays": _("传达"), "policies": _("政策告知"), "education_words": _("叫法")}
    verbs = {"education_words": "documents.keep"}
    return bar_of(request, where, tab, names=names, verbs=verbs)
