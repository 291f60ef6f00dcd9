"""Which month, line and result the page of assays is about; a month is that of the plant's calendar."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.measure.grading import GradeBook, LimitTable
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.board import periods
from ronglu.web.halts.asked import clock_of
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work.queries import assays
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ronglu.store.models import AssaySheet


WAITING = "entered"
"""Sheets in this state are listed whichever month they are of: none of them may be forgotten."""


@dataclass(frozen=True)
class Asked:
    here: Here
    places: Places
    calendar: Calendar
    scope: Scope
    month: Period
    unit: int | None
    state: str
    found: str

    @property
    def book(self) -> GradeBook:
        return pack_of(self.here.plant.code).base.grades

    @property
    def tables(self) -> tuple[LimitTable, ...]:
        return self.book.tables

    @cached_property
    def words(self) -> dict[str, str]:
        """What may come out, in words."""
        grades = {one.code: f"{one.code} {named(one)}" for table in self.tables for one in table.grades}
        return grades | {assays.OFF: _("不合本表牌号"), assays.UNKNOWN: _("不能评级")}

    def rows(self) -> "QuerySet[AssaySheet]":
        first, last = self.calendar.span(self.month)
        if self.state == WAITING:
            first = dt.datetime.min
        wanted = assays.Asked(first=first, last=last, unit=self.unit, state=self.state, found=self.found)
        return assays.listed(scope=self.scope, plant=self.here.plant, asked=wanted)

    @cached_property
    def _lines(self) -> dict[str, list[tuple[str, assays.Tally]]]:
        first, last = self.calendar.span(self.month)
        return {
            table.code: assays.months(scope=self.scope, places=self.places, standard=table.code, first=first, last=last)
            for table in self.tables
        }

    def lines(self, table: LimitTable) -> list[tuple[str, assays.Tally]]:
        return self._lines[table.code]

    @property
    def units(self) -> list[tuple[str, str]]:
        listed = [(str(pk), name) for pk, name in self.places.units("line", "step")]
        return [("", _("全部产线")), *listed]

    @property
    def states(self) -> list[tuple[str, str]]:
        return [("", _("全部")), ("entered", _("待核对")), ("confirmed", _("已核对")), ("rejected", _("核对不通过")),
                ("superseded", _("已更正"))]  # fmt: skip

    @property
    def results(self) -> list[tuple[str, str]]:
        return [("", _("全部")), *self.words.items()]

    @property
    def months(self) -> list[tuple[str, str]]:
        return periods.offered(self.calendar, self.month, clock.today())

    @property
    def name(self) -> str:
        return periods.name(self.calendar, self.month)

    def address(self, name: str = "assays", **change: str) -> str:
        chosen = {"month": str(self.month), "unit": str(self.unit or ""), "state": self.state, "found": self.found}
        if len(self.here.plants) > 1:
            chosen["plant"] = self.here.plant.code
        return f"{reverse(name)}?{urlencode({k: v for k, v in (chosen | change).items() if v})}"

    @property
    def export(self) -> str:
        return self.address("assays_export")


def asked_for(request: HttpRequest) -> Asked:
    """A filter nobody could have chosen counts as none."""
    where = here(request, assays.SEE)
    calendar = clock_of(where.plant)
    until = calendar.day_of(clock.now())
    month = periods.asked(asked(request, "month"), grain=Grain.MONTH, calendar=calendar, until=until)
    found = Asked(
        where, Places(where.plant, where.on), calendar, scope_of_request(request), month, key_of(asked(request, "unit")),
        asked(request, "state"), asked(request, "found", 40),
    )  # fmt: skip
    return replace(
        found,
        state=found.state if found.state in dict(found.states) else "",
        found=found.found if found.found in found.words else "",
    )


def table_asked(request: HttpRequest, where: Here) -> LimitTable:
    """The table named in the address, else the first of the plant's pack."""
    tables = pack_of(where.plant.code).base.grades.tables
    code = asked(request, "standard", 40)
    found = next((one for one in tables if one.code == code), tables[0] if tables and not code else None)
    if found is None:
        raise Http404("没有这个标准的限值表")
    return found
