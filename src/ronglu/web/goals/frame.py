"""What the pages of the annual plan share: their tabs, the year and the filters above them, chips, and forms that lead back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.config import plant
from ronglu.kernel.annual.book import AnnualBook
from ronglu.kernel.keys import key_of
from ronglu.web.access import asked
from ronglu.web.bars import Bar, bar_of
from ronglu.web.deeds import Deed, page_of_deed
from ronglu.web.where import Here, year_asked
from ronglu.web.words import named
from ronglu.work.queries import themes

deed_page = partial(page_of_deed, (gettext_lazy("年度计划"), "goals"))
"""The page of one deed, under the first page of the module."""

SEE, SET, THEMES = "goals.see", "goals.set", "themes.set"
MARKS = {
    "open": "running", "told": "awaiting_review", "reached": "good", "missed": "alarm", "dropped": "cancelled", "done": "awaiting_review",
    "checked": "good", "closed": "locked", "kept": "good", "used": "good", "late": "watch", "half": "running", "waiting": "awaiting_review",
    "lacking": "alarm", "good": "good", "behind": "behind", "missing": "readings_missing", "nothing": "nothing",
}  # fmt: skip
"""Which chip a state is drawn with."""
SAID = {
    "kept": gettext_lazy("按期"), "used": gettext_lazy("用过"), "late": gettext_lazy("过期才办"), "missed": gettext_lazy("到期没办"), "open": gettext_lazy("未到期"),
    "half": gettext_lazy("一边已确认"), "waiting": gettext_lazy("等第二人"), "good": gettext_lazy("跟上计划"), "behind": gettext_lazy("落后计划"),
    "missing": gettext_lazy("缺数"), "nothing": gettext_lazy("只看数，不评"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bar above the pages asks for: a year, and a theme or a grip to look at alone."""

    year: int
    theme: int | None
    grip: str
    years: list[tuple[str, str]]
    themes: list[tuple[str, str]]
    grips: list[tuple[str, str]]

    @property
    def only(self) -> dict[str, Any]:
        return {"theme": self.theme, "grip": self.grip}


def book() -> AnnualBook:
    return plant.packs().base.annual


def asked_of(request: HttpRequest, where: Here) -> Asked:
    year, grip, theme = year_asked(request, where), asked(request, "grip"), key_of(asked(request, "theme"))
    grips = book().grips
    listed = list(themes.of_year(plant=where.plant, year=year))
    return Asked(
        year=year, theme=theme if theme in {one.pk for one in listed} else None, grip=grip if grip in grips else "",
        years=[(str(one), str(one)) for one in sorted({year, *range(where.on.year - 2, where.on.year + 2)}, reverse=True)],
        themes=[("", _("全部主题")), *((str(one.pk), one.name) for one in listed)],
        grips=[("", _("全部")), *((one.code, named(one)) for one in grips.values())],
    )  # fmt: skip


def bar(request: HttpRequest, where: Here, tab: str) -> Bar:
    names = {
        "goals": _("目标"), "key_tasks": _("重点任务"), "programmes": _("专题与行动"), "platforms": _("平台"), "themes": _("主题"),
    }  # fmt: skip
    return bar_of(request, where, tab, names=names, verbs={})


def chip(state: str) -> tuple[str, Any]:
    """Of a thing with a day: what is still ahead waits, it does not run."""
    return "waiting" if state == "open" else MARKS[state], SAID[state]


def grip_name(code: str) -> str:
    """A tag that is declared no longer is shown by its code."""
    found = book().grips.get(code)
    return named(found) if found else code


def chosen(deeds: Mapping[str, Deed], word: str, allowed: Iterable[str]) -> Deed:
    """The deed behind the last word of an address, where the reader may do it as things stand."""
    if word not in deeds or word not in set(allowed):
        raise Http404("没有这件事可办，或不由您办")
    return deeds[word]
