"""What every part of a brief stands on: the plant as it was, the span, the last day that counts; and the notes that are taken."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from ronglu.boards.cascade import read as cascades
from ronglu.boards.indicator.rows import Around, around
from ronglu.kernel.brief.book import BriefRules, Fact
from ronglu.kernel.measure.energy import EnergyBook
from ronglu.kernel.measure.halts import StopBook
from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_to
from ronglu.kernel.org.tree import View
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import unit_tree
from ronglu.store.models import Cascade, Channel, IndicatorRow, Plant


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
    def by_shift(self) -> bool:
        """Whether the plant reports by shift, else by day: what an unread slot is called."""
        return Channel.objects.filter(unit__plant=self.plant, grain=Grain.SHIFT.value).exists()

    def slots(self, count: int) -> str:
        return f"{count} {'班' if self.by_shift else '天'}"

    def expected(self, lines: int) -> int:
        """Slots that so many lines owe over the span, where no row says it."""
        days = (self.last - self.span[0]).days + 1
        return lines * days * (len(self.calendar.slots(self.last)) if self.by_shift else 1)


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
