"""Which lines and which span the page of stops is about; a span is a period of the plant's calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ronglu.config import clock
from ronglu.kernel.keys import key_of
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.board import periods
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work.queries import clock as clocks
from ronglu.work.queries import halts
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Plant

GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.YEAR)


@dataclass(frozen=True)
class Asked:
    here: Here
    places: Places
    calendar: Calendar
    lines: Sequence[tuple[int, str]]
    unit: int | None
    grain: Grain
    period: Period
    mine: frozenset[int]
    """Lines whose stops the reader may log."""

    @cached_property
    def units(self) -> list[int]:
        return [self.unit] if self.unit else [pk for pk, _label in self.lines]

    def rows(self) -> list[halts.Logged]:
        first, last = self.calendar.span(self.period)
        return halts.listed(
            units=self.units, places=self.places, first=first, last=last, at=clock.now(), mine=self.mine
        )

    def sources(self, rows: Sequence[halts.Logged]) -> list[halts.Source]:
        pack = pack_of(self.here.plant.code)
        first, last = self.calendar.days_of(self.period)
        return halts.sources(
            rows=rows, units=self.units, places=self.places, book=pack.base.stops, indicators=pack.indicators.values(),
            first=first, last=last,
        )  # fmt: skip

    @property
    def name(self) -> str:
        return periods.name(self.calendar, self.period)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [("", _("全部产线")), *((str(pk), name) for pk, name in self.lines)]

    @property
    def grains(self) -> list[tuple[str, str, str]]:
        names = periods.labels()
        return [(g.value, names[g], self.address(grain=g.value, period="")) for g in GRAINS]

    @property
    def offered(self) -> list[tuple[str, str]]:
        return periods.offered(self.calendar, self.period, clock.today())

    def address(self, name: str = "halts", **change: str) -> str:
        chosen = {"grain": self.grain.value, "period": str(self.period), "unit": str(self.unit or "")}
        if len(self.here.plants) > 1:
            chosen["plant"] = self.here.plant.code
        return f"{reverse(name)}?{urlencode({k: v for k, v in (chosen | change).items() if v})}"

    @property
    def export(self) -> str:
        return self.address("halts_export")


def asked_for(request: HttpRequest) -> Asked:
    where, scope = here(request, halts.SEE), scope_of_request(request)
    places, calendar = Places(where.plant, where.on), clock_of(where.plant)
    lines = halts.lines(scope=scope, places=places)
    unit = key_of(asked(request, "unit"))
    if unit is not None and unit not in dict(lines):
        raise Http404("没有这条产线，或不在您的范围内")
    grain = Grain(asked(request, "grain")) if asked(request, "grain") in GRAINS else Grain.MONTH
    period = periods.asked(asked(request, "period"), grain=grain, calendar=calendar, until=calendar.day_of(clock.now()))
    mine = frozenset(dict(halts.lines(scope=scope, places=places, verb=halts.LOG)))
    return Asked(where, places, calendar, lines, unit, grain, period, mine)


def clock_of(plant: "Plant") -> Calendar:
    """The plant's own calendar; before anybody set one, that which its pack starts from."""
    seed = pack_of(plant.code).plants[plant.code].calendar
    return clocks.calendar_if_any(plant) or pack_of(plant.code).base.time.calendars[seed].calendar
