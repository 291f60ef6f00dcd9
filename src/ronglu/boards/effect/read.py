"""What a page reads of a question and its answer: rows as they are stored, texts as numbers again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ronglu.store.models import Effect

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reckoning: its, did, synthetic. `low` and `high`: the 95 % Newey–West interval."""

    code: str
    level: Decimal
    error: Decimal
    low: Decimal
    high: Decimal
    lags: int
    days: int
    weights: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Rank:
    others: int
    as_good: int
    clear: int
    clear_as_good: int
    mirrored: int
    mirrored_as_good: int
    share: Decimal


@dataclass(frozen=True)
class Told:
    """An answer that was reckoned; a question that could not be is told by `why` alone."""

    row: Effect

    @property
    def _result(self) -> Mapping[str, Any]:
        return self.row.result

    @property
    def why(self) -> tuple[str, Mapping[str, int]] | None:
        """Why nothing can be told: a code and the numbers of the sentence."""
        found = self._result.get("why")
        return (found[0], found[1]) if found else None

    @property
    def reckoned(self) -> bool:
        return bool(self._result.get("ways"))

    @property
    def smallest(self) -> Decimal | None:
        text = self._result.get("smallest")
        return Decimal(text) if text else None

    @cached_property
    def days(self) -> tuple[tuple[dt.date, Decimal], ...]:
        return tuple((dt.date.fromisoformat(day), Decimal(value)) for day, value in self._result.get("days", ()))

    @property
    def before_on(self) -> dt.date:
        """First of the days the window is compared with."""
        return dt.date.fromisoformat(self._result["before_on"])

    @property
    def before(self) -> int:
        return int(self._result["before"])

    @property
    def trend(self) -> bool:
        return bool(self._result["trend"])

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        numbers = ("level", "error", "low", "high")
        return tuple(
            Way(
                code=way["code"], lags=way["lags"], days=way["days"],
                weights=tuple((unit, Decimal(weight)) for unit, weight in way["weights"]),
                **{name: Decimal(way[name]) for name in numbers},
            )
            for way in self._result["ways"]
        )  # fmt: skip

    @property
    def calibrated(self) -> tuple[Decimal, Decimal]:
        low, high = (Decimal(edge) for edge in self._result["calibrated"])
        return low, high

    @property
    def rank(self) -> Rank:
        found = dict(self._result["rank"])
        return Rank(**(found | {"share": Decimal(found["share"])}))

    @cached_property
    def placebo(self) -> tuple[tuple[dt.date, Decimal, bool], ...]:
        """First day, effect, and whether the position is clear of the real window."""
        return tuple(
            (dt.date.fromisoformat(day), Decimal(text), bool(clear)) for day, text, clear in self._result["placebo"]
        )

    def means(self) -> tuple[Decimal | None, Decimal | None]:
        """The plain means of the days before and of the window: what the eye sees, not what is judged."""
        begun, over = self.row.from_on, self.row.until_on
        return _mean([v for d, v in self.days if self.before_on <= d < begun]), _mean(
            [v for d, v in self.days if begun <= d < over]
        )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def visible(*, plant: int, units: QuerySet[Any]) -> QuerySet[Effect]:
    """Questions about units the reader may see; newest first."""
    return Effect.objects.filter(plant=plant, unit__in=units).select_related("plant", "unit", "registered_by__person")


def of_subject(found: QuerySet[Effect], *, kind: str, subject: str) -> QuerySet[Effect]:
    return found.filter(kind=kind, subject=subject)


def one(*, plants: Collection[int], units: QuerySet[Any], pk: int) -> Effect | None:
    rows = Effect.objects.filter(plant__in=plants, unit__in=units, pk=pk)
    return rows.select_related("plant", "unit", "registered_by__person").first()
