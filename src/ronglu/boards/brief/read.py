"""What pages read of briefs: rows as they were kept, word for word; nothing is reckoned here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from ronglu.kernel.brief.book import Fact
from ronglu.kernel.brief.topics import PARTS
from ronglu.kernel.time.period import Period
from ronglu.store.models import Brief, BriefState, Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the brief and where it was read: `source` names the table and its row."""

    number: int
    name: str
    place: str
    value: Decimal
    unit: str
    source: Mapping[str, Any]
    code: str
    """Of the unit, by which its board is found; empty where there is none."""


@dataclass(frozen=True)
class View:
    row: Brief

    @property
    def period(self) -> Period:
        return Period.parse(self.row.period)

    @property
    def title(self) -> str:
        return str(self.row.data["title"])

    @property
    def when(self) -> str:
        return str(self.row.data["when"])

    @property
    def until(self) -> dt.date:
        return dt.date.fromisoformat(self.row.data["until"])

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Heading and paragraphs: what is said of one indicator stands together."""
        said = self.row.data["said"]
        found = ((name, paragraphs([one for one in said if one["part"] == part])) for part, name in PARTS.items())
        return tuple((name, texts) for name, texts in found if texts)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """One query, for the codes of the units."""
        rows = self.row.data["figures"]
        units = {one["from"]["unit"] for one in rows if "unit" in one["from"]}
        codes = dict(Unit.objects.filter(pk__in=units).values_list("pk", "code"))
        return tuple(
            Figure(n, one["name"], one["place"], Decimal(one["value"]), one["unit"], one["from"], codes.get(one["from"].get("unit"), ""))
            for n, one in enumerate(rows, 1)
        )  # fmt: skip

    @property
    def charts(self) -> list[dict[str, Any]]:
        return list(self.row.data["charts"])

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(Fact.of(one) for one in self.row.data["facts"])

    @cached_property
    def own(self) -> int:
        """How many of its sentences were in the plant's own words."""
        versions = self.row.data["versions"]
        return sum(1 for one in self.row.data["said"] if versions.get(one["key"]))


def paragraphs(said: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """A sentence about nothing in particular is a paragraph of its own; one that does not name what it is about gets the name."""
    found = []
    for _key, rows in groupby(enumerate(said), key=lambda row: row[1]["about"] or row[0]):
        told = [one for _, one in rows]
        about, text = told[0]["about"], "".join(one["text"] for one in told)
        found.append(text if not about or about in text else f"{about}：{text}")
    return tuple(found)


def visible(*, plants: Collection[int], drafts: Collection[int]) -> QuerySet[Brief]:
    """Of `plants` what was ever issued; of `drafts` those not yet issued too."""
    rows = Brief.objects.select_related("plant", "made_by__person", "issued_by__person").filter(plant__in=plants)
    return rows.filter(issued_at__isnull=False) | rows.filter(plant__in=drafts)


def latest(*, plant: int) -> View | None:
    """The newest brief that stands, to try a sentence on."""
    rows = Brief.objects.filter(plant=plant).exclude(state=BriefState.REPLACED)
    row = rows.order_by("-made_at", "-pk").first()
    return View(row) if row else None
