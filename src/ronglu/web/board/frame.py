"""What every page of the board shares: which unit, grain and period is looked at, and the bar that changes them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from ronglu.boards.indicator import rows
from ronglu.boards.indicator.read import GRAINS
from ronglu.boards.indicator.rows import Around
from ronglu.kernel.org.tree import State, View
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.board import periods
from ronglu.web.where import Here, here
from ronglu.web.words import pack_of
from ronglu.work.queries.places import INDENT, Places

KEY_ITEMS = ("D1", "D2", "D3")


@dataclass(frozen=True)
class Asked:
    """The reader's choice; `shown` are the units he may see that have a board, in the order of the tree."""

    here: Here
    around: Around
    places: Places
    shown: tuple[int, ...]
    unit: State
    grain: Grain
    period: Period

    @cached_property
    def view(self) -> View:
        return self.places.production.at(self.day)

    @cached_property
    def day(self) -> dt.date:
        """Names are those of the period's last day with data."""
        return min(self.around.calendar.days_of(self.period)[1], self.around.until)

    @property
    def pk(self) -> int:
        return int(self.unit.id)

    @property
    def letter(self) -> str:
        """A crew's letter, by which its line's readings are its own."""
        unit = self.places.unit(self.pk)
        return unit.letter if unit else ""

    @property
    def code(self) -> str:
        return self.places.unit_codes[self.pk]

    @property
    def keys(self) -> tuple[str, ...]:
        """The indicators that items D1–D3 are wired to: what a unit is first looked at for."""
        pack = pack_of(self.here.plant.code)
        return tuple(dict.fromkeys(wire.indicator for item in KEY_ITEMS for wire in pack.wired(item)))

    def module(self, code: str) -> str:
        found = pack_of(self.here.plant.code).modules.get(code)
        return found.name if found else self.here.plant.name

    def children(self, *kinds: str) -> list[State]:
        """Units right below that the reader may see; crews only if asked for by kind."""
        below = self.view.children(self.pk)
        return [s for s in below if s.id in self.shown and (s.kind in kinds if kinds else s.kind != "crew")]

    def address(self, name: str = "board", *args: str, **change: object) -> str:
        chosen: dict[str, object] = {"unit": self.code, "grain": self.grain.value, "period": str(self.period)}
        if len(self.here.plants) > 1:
            chosen["plant"] = self.here.plant.code
        return f"{reverse(name, args=args)}?{urlencode(chosen | change)}"

    def of_unit(self, unit: int, name: str = "board", *args: str) -> str:
        return self.address(name, *args, unit=self.places.unit_codes[unit])

    def bar(self, name: str = "board", *args: str) -> Mapping[str, Any]:
        """What the query bar and the crumbs show."""
        calendar, around = self.around.calendar, self.around
        grains = [
            (g.value, label, self.address(name, *args, grain=g.value, period=str(
                self.period if g is self.grain else periods.in_grain(calendar, self.period, g, around.until))))
            for g, label in periods.labels().items()
        ]  # fmt: skip
        return {
            "grains": grains,
            "grain": self.grain.value,
            "plants": self.here.plants if len(self.here.plants) > 1 else [],
            "plant": self.here.plant.code,
            "units": [(self.places.unit_codes[u], self._label(u)) for u in self.shown],
            "unit": self.code,
            "periods": periods.offered(calendar, self.period, around.until),
            "period": str(self.period),
            "before": self.address(name, *args, period=str(periods.step(calendar, self.period, -1))),
            "after": self._after(name, *args),
        }

    def _after(self, name: str, *args: str) -> str:
        calendar = self.around.calendar
        following = periods.step(calendar, self.period, 1)
        return self.address(name, *args, period=str(following)) if following.first <= self.around.until else ""

    def _label(self, unit: int) -> str:
        nodes = self.view.nodes
        return f"{INDENT * self.view.depth(unit)}{nodes[unit].name}" if unit in nodes else str(unit)


def asked_for(request: HttpRequest) -> Asked | Here:
    """The plant alone where no board was ever built; a unit outside the scope is "not found"."""
    where = here(request, "boards.see")
    around = rows.around(plant=where.plant, indicators=pack_of(where.plant.code).indicators)
    if around is None:
        return where
    grain = Grain(asked(request, "grain")) if asked(request, "grain") in list(GRAINS) else Grain.MONTH
    period = periods.asked(asked(request, "period"), grain=grain, calendar=around.calendar, until=around.until)
    on = min(around.calendar.days_of(period)[1], around.until)
    places = Places(where.plant, on)
    seen = set(scope_of_request(request).units("boards.see").filter(plant=where.plant).values_list("pk", flat=True))
    view = places.production.at(on)
    month = around.calendar.month_of(on).yyyymm
    built = rows.boarded(where.plant, month) or rows.boarded(where.plant, around.calendar.month_of(around.until).yyyymm)
    shown = tuple(u for u in _in_order(view) if u in seen and u in built)
    return Asked(where, around, places, shown, _unit(request, view, places, shown), grain, period)


def _unit(request: HttpRequest, view: View, places: Places, shown: tuple[int, ...]) -> State:
    """The unit of the address, else the highest one the reader may see."""
    code = asked(request, "unit")
    found = next((u for u in shown if not code or places.unit_codes[u] == code), None)
    if found is None:
        raise Http404("没有这个单位的指标，或不在您的范围内")
    return view.nodes[found]


def _in_order(view: View) -> list[int]:
    found, rest = [], list(reversed(view.roots))
    while rest:
        state = rest.pop()
        found.append(int(state.id))
        rest += reversed(view.children(state.id))
    return found
