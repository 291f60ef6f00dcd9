"""What every part of a brief stands on: the plant as it was, the span, the last day that counts; and the notes that are taken."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from ronglu.boards.cascade import read as cascades
from ronglu.boards.indicator.rows import Around, around
from ronglu.kernel.brief.book import BriefRules, Fact
from ronglu.kernel.measure.energy import EnergyBook
from ronglu.kernel.measure.halts import StopBook
from ronglu.kernel.measure.indicator import Indicator, series_of
from ronglu.kernel.measure.rounding import round_to
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import unit_tree
from ronglu.store.models import Cascade, Channel, IndicatorRow, Plant

SLOTS = {"shift": "班", "day": "天", "hour": "小时", "month": "个月"}
OTHER = "个数"
HOURS = 24


@dataclass(frozen=True, slots=True)
class Books:
    """What the plant's pack declares, as the worker hands it in."""

    indicators: Mapping[str, Indicator]
    rules: BriefRules
    stops: StopBook
    energy: EnergyBook


@dataclass
class Notes:
    """Facts in the order in which they come; of every figure where it was read."""

    facts: list[Fact] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)

    def say(self, topic: str, when: str, figures: Mapping[str, int] | None = None, **slots: str) -> None:
        self.facts.append(Fact(topic, when, {name: text for name, text in slots.items() if text}, figures or {}))

    def figure(
        self, name: str, value: Decimal, one: Indicator, place: str, table: str, /, **where: str | int
    ) -> int:  # fmt: skip
        """The place of the figure in the brief's table; a plan keeps the digits it was given in."""
        unit = "" if one.unit == "—" else one.unit
        told = value if -int(value.as_tuple().exponent) <= one.decimals else round_to(value, one.decimals)
        return self._keep(name, format(told, "f"), unit, place, table, indicator=one.code, **where)

    def count(self, name: str, value: int, unit: str, place: str, table: str, /, **where: str | int) -> int:
        return self._keep(name, str(value), unit, place, table, **where)

    def _keep(self, name: str, value: str, unit: str, place: str, table: str, /, **where: str | int) -> int:
        self.figures.append(
            {"name": name, "place": place, "value": value, "unit": unit, "from": {"table": table, **where}}
        )
        return len(self.figures) - 1


@dataclass(frozen=True)
class Ground:
    plant: Plant
    period: Period
    books: Books
    around: Around
    view: View
    """The production tree on the last day."""

    @property
    def calendar(self) -> Calendar:
        return self.around.calendar

    @cached_property
    def span(self) -> tuple[dt.date, dt.date]:
        return self.calendar.days_of(self.period)

    @property
    def last(self) -> dt.date:
        return self.span[1]

    @cached_property
    def month(self) -> Period:
        return self.calendar.period_of(self.last, Grain.MONTH)

    @cached_property
    def top(self) -> int:
        """The plant as a unit."""
        return int(self.view.of_kind("plant")[0].id)

    @cached_property
    def lines(self) -> tuple[int, ...]:
        return tuple(int(one.id) for one in self.view.of_kind("line"))

    def name(self, unit: int) -> str:
        return self.view.nodes[unit].name

    @cached_property
    def cascades(self) -> dict[int, dict[str, Cascade]]:
        return cascades.rows_of([self.top, *self.lines], self.month.first.year)

    def leads(self, unit: int) -> list[Indicator]:
        """Its planned quantities in the order of declaration."""
        known = self.cascades.get(unit, {})
        return [one for code, one in self.books.indicators.items() if code in known]

    @cached_property
    def readers(self) -> Mapping[str, frozenset[int]]:
        """Indicator → the lines that reported it this month."""
        found: dict[str, set[int]] = defaultdict(set)
        rows = IndicatorRow.objects.filter(plant=self.plant, grain=Grain.MONTH.value, period=str(self.month))
        for code, unit in rows.filter(unit_id__in=self.lines).values_list("indicator", "unit_id"):
            found[code].add(unit)
        return {code: frozenset(units) for code, units in found.items()}

    @cached_property
    def grains(self) -> Mapping[str, frozenset[str]]:
        """Series → the grains in which the plant's lines report it; one query."""
        found: dict[str, set[str]] = defaultdict(set)
        rows = Channel.objects.on(self.last).filter(unit__plant=self.plant)  # type: ignore[attr-defined]
        for series, grain in rows.values_list("series", "grain"):
            found[series].add(grain)
        return {series: frozenset(grains) for series, grains in found.items()}

    def grain(self, one: Indicator | None = None) -> str:
        """What an unread slot of the indicator is; without one, what the plant reports by. Empty where it is not one thing."""
        if one is None:
            return "shift" if any("shift" in grains for grains in self.grains.values()) else "day"
        found = {grain for series in self._series(one) for grain in self.grains.get(series, ())} - {"settlement"}
        return found.pop() if len(found) == 1 else ""

    def slots(self, count: int, one: Indicator | None = None) -> str:
        return f"{count} {SLOTS.get(self.grain(one), OTHER)}"

    def expected(self, lines: int, one: Indicator | None = None) -> int:
        """Slots that so many lines owe over the span, where no row says it."""
        days, shifts = (self.last - self.span[0]).days + 1, len(self.calendar.slots(self.last))
        return lines * days * {"day": 1, "hour": HOURS}.get(self.grain(one), shifts)

    def _series(self, one: Indicator) -> Iterator[str]:
        yield from series_of(one)
        for code in one.of:
            yield from self._series(self.books.indicators[code]) if code in self.books.indicators else ()


def ground(*, plant: Plant, period: Period, books: Books) -> Ground | None:
    """None for a plant whose boards were never built, or that had no units then. What came after the span is not looked at."""
    known = around(plant=plant, indicators=books.indicators)
    if known is None:
        return None
    last = known.calendar.days_of(period)[1]
    view = unit_tree(plant).at(last)
    if not view.of_kind("plant"):
        return None
    return Ground(plant, period, books, replace(known, until=min(known.until, last)), view)
