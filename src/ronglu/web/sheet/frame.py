"""What the pages of the sheet share: which plant, month and run an address is about, their tabs and their addresses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.boards.sheet import runs
from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, require, scope_of_request
from ronglu.web.formats import month_name
from ronglu.web.where import Here, here
from ronglu.work.queries import served

if TYPE_CHECKING:
    from ronglu.store.models import Body

TABS = {
    "sheet": "sheet.see",
    "sheet_runs": "sheet.see",
    "sheet_figures": "sheet.see",
    "sheet_vetoes": "sheet.see",
    "review": "sheet.see",
    "reviewers": "marks.name",
    "closing": "sheet.see",
    "sheet_rules": "rules.see",
}
"""Url name → the verb that its page asks for."""


class SheetMonth:
    """The month in an address: 2026-03."""

    regex = r"\d{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Period:
        return Period.parse(value)

    def to_url(self, value: Period | str) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """`number` is a run that was asked for by name; None is the one that stands."""

    here: Here
    month: Period
    number: int | None

    def tail(self, **more: object) -> str:
        """What an address must carry to stay with this plant and run."""
        plant = {"plant": self.here.plant.code} if len(self.here.plants) > 1 else {}
        number = {"run": self.number} if self.number is not None else {}
        words = {name: value for name, value in {**plant, **number, **more}.items() if value not in (None, "")}
        return "?" + urlencode(words) if words else ""

    def grid(self, **more: object) -> str:
        return reverse("sheet") + self.tail(month=self.month, **more)

    def branch(self, code: str) -> str:
        return reverse("sheet_branch", args=[self.month, code]) + self.tail()

    def item(self, code: str, item: str, **more: object) -> str:
        return reverse("sheet_item", args=[self.month, code, item]) + self.tail(**more)

    def crumbs(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        return [(_("双百考核"), self.grid()), (month_name(self.month), self.grid() if more else ""), *more]


def asked_for(request: HttpRequest, *, month: Period | None = None, verb: str = "sheet.see") -> Asked:
    """Plant, month and run of the address; without a month the newest that was scored, else the last full one."""
    where = here(request, verb)
    text, number = asked(request, "run"), None
    if text:
        number = key_of(text, most=999_999)
        if number is None:
            raise Http404("没有这一次计分")
    return Asked(where, month or month_asked(request, where), number)


def month_asked(request: HttpRequest, where: Here) -> Period:
    text = asked(request, "month")
    if text:
        return month_of(text)
    scored = runs.months(where.plant)
    return scored[0] if scored else last_full_month()


def month_of(text: str) -> Period:
    try:
        month = Period.parse(text)
    except ValueError:
        raise Http404("没有这个月") from None
    if month.grain is not Grain.MONTH:
        raise Http404("没有这个月")
    return month


def last_full_month() -> Period:
    return Period.of(clock.today(), Grain.MONTH) - 1


def body_here(request: HttpRequest, at: Asked, code: str, verb: str) -> "Body":
    """The body a form names, if it stands in the reader's plant and he may do this to it; else "not found"."""
    found = served.body(scope=scope_of_request(request), plant=at.here.plant, code=code)
    if found is None:
        raise Http404("没有这个支部，或不在您的范围内")
    require(request, verb, found)
    return found


def months(where: Here, month: Period) -> list[tuple[str, str]]:
    """Months one can pick: those scored, the last full one, and the one on the page."""
    found = {*runs.months(where.plant), last_full_month(), month}
    return [(str(one), month_name(one)) for one in sorted(found, reverse=True)]


def tabs(request: HttpRequest, at: Asked) -> list[tuple[str, str, str]]:
    labels = {
        "sheet": _("考核表"),
        "sheet_runs": _("历次计分"),
        "sheet_figures": _("导入项分"),
        "sheet_vetoes": _("一票否决"),
        "review": _("考核周期"),
        "reviewers": _("评审人"),
        "closing": _("关账"),
        "sheet_rules": _("规则"),
    }
    scope, tail = scope_of_request(request), Asked(at.here, at.month, None).tail(month=at.month)
    return [(name, labels[name], reverse(name) + tail) for name, verb in TABS.items() if scope.has(verb)]
