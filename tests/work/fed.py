"""A plant whose day begins at midnight, a line with two channels, a feed, and the two real series as what a source says."""

import csv
import datetime as dt
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ronglu.exchange.feeds.place import place
from ronglu.exchange.feeds.said import Said, digest_of
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.measure.series import Series
from ronglu.store.models import CalendarRow, Channel, Feed, FeedBatch, Reading
from ronglu.store.values import calendar_of
from ronglu.work import feeds
from tests.cast import Cast

AT = dt.datetime(2026, 3, 10, 9, 0)
LINE = "QL-R1"
MIDNIGHT = [
    {"no": 1, "name": "夜", "starts": "00:00", "hours": "8"},
    {"no": 2, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 3, "name": "中", "starts": "16:00", "hours": "8"},
]
SERIES = {
    "power": Series(
        code="power", name="用电", en="Power", unit="kWh", decimals=2, plausible=(Decimal(0), Decimal(500))
    ),
    "silica": Series(
        code="silica",
        name="含硅",
        en="Silica",
        unit="%",
        decimals=2,
        additive=False,
        plausible=(Decimal(0), Decimal(9)),
    ),
}
POWER: dict[str, Any] = {"tag": "meter", "line": LINE, "series": "power", "grain": "instant", "minutes": 15,
                         "unit": "kWh", "stamp": "closes-24"}  # fmt: skip
SILICA: dict[str, Any] = {"tag": "assay", "line": LINE, "series": "silica", "grain": "hour", "unit": "%"}


@dataclass
class Fed:
    """One feed of MQTT: every message says what it says, in the order in which `hear` is called."""

    cast: Cast
    feed: Feed

    def hear(self, said: Sequence[Said], *, at: dt.datetime = AT, raw: bytes = b"") -> FeedBatch:
        found = place(
            said, tags=tags_of(self.feed.tags, SERIES).known, series=SERIES, calendar=calendar_of(self.feed.plant),
            name=self.feed.name,
        )  # fmt: skip
        digest = digest_of(raw or "\n".join(one.digest for one in said).encode())
        return feeds.take(feed=self.feed, batch=found, digest=digest, name="来数", at=at).batch

    def standing(self, series: str = "power") -> dict[dt.datetime, int]:
        rows = Reading.objects.filter(channel__series=series, state__in=("forecast", "audited", "locked"))
        found = list(rows.values_list("starts_at", "value"))
        assert len(found) == len(dict(found)), "a slot stands twice"
        return {at: value for at, value in found if value is not None}

    def channel(self, series: str = "power") -> Channel:
        return Channel.objects.get(series=series)


def make_fed(cast: Cast) -> Fed:
    since = dt.date(2016, 1, 1)
    CalendarRow.objects.create(plant=cast.plant, from_on=since, day_starts=dt.time(0), month_first=1, shifts=MIDNIGHT)
    line = cast.unit[LINE]
    Channel.objects.create(unit=line, series="power", grain="instant", per_day=96, from_on=since)
    Channel.objects.create(unit=line, series="silica", grain="hour", from_on=since)
    feed = Feed.objects.create(
        plant=cast.plant, code="meter", name="电表", kind="mqtt", settings={"topic": "plant/meter"},
        tags=[POWER, SILICA], account=cast.account["周统计员"], started_at=AT,
    )  # fmt: skip
    return Fed(cast, feed)


def steel(folder: Path) -> list[Said]:
    """17,376 quarters of an hour; labelled with their end, 00:00 with the day it closes."""
    with gzip.open(folder / "series" / "steel_energy_15min_2018h1.csv.gz", "rt", encoding="utf-8-sig") as rows:
        return [
            Said(
                tag="meter",
                label=dt.datetime.strptime(row["date"], "%d-%m-%Y %H:%M").isoformat(),
                text=row["Usage_kWh"],
            )
            for row in csv.DictReader(rows)
        ]


def flotation(folder: Path, hours: int) -> list[Said]:
    def rows() -> Iterator[Said]:
        with gzip.open(folder / "series" / "flotation_iron_hourly_2017.csv.gz", "rt", encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                if number == hours:
                    return
                yield Said(tag="assay", label=row["date"], text=row["% Silica Concentrate"])

    return list(rows())


def in_thousands(one: Said) -> Said:
    """The same quantity from a meter that was set to another unit."""
    unit = {"meter": "MWh", "assay": "‰"}[one.tag]
    times = {"meter": Decimal("0.001"), "assay": Decimal(10)}[one.tag]
    return replace(one, text=str(Decimal(one.text) * times), unit=unit)


def a_little_late(one: Said, seconds: int) -> Said:
    """The same label from a clock that was stepped."""
    at = dt.datetime.fromisoformat(one.label) + dt.timedelta(seconds=seconds)
    return replace(one, label=at.isoformat())
