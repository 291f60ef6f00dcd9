"""A coal weigher that lays a file a day into a watched folder: what it brought late, what it said anew, and a question it left."""

import datetime as dt
import os
import random
from collections.abc import Mapping
from pathlib import Path

from ronglu.cli.demo.arrivals import clock
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SEED
from ronglu.config import feeds as places
from ronglu.config.plant import pack_of
from ronglu.exchange.profile import Column, Layout, Measure, Profile, Role
from ronglu.exchange.profile_text import to_dict
from ronglu.kernel.time.stamp import StampMode
from ronglu.store.models import Account, Feed, Source
from ronglu.tasks import feeds as worker
from ronglu.work import channels, feeds

WORKSHOP, LINE, SERIES = "F", "F1", "fr_coal"
OPENED = dt.datetime(2026, 4, 7, 15, 10)
FIRST = dt.date(2026, 4, 7)
HOUR = dt.timedelta(hours=1)
HEAD = "时间,用煤"
USUAL, SWING = 212, 18
SLIPPED = "0.208"
"""Somebody switched the weigher to tonnes and told nobody: asked about before anything is stored."""


def watch(crowd: Crowd) -> None:
    """Declared on the 7th; the 8th comes on time, the 7th is filled back, the 9th restates three hours of the 8th."""
    made = crowd.made
    keeper = Account.objects.get(person=crowd.holding("statistician", WORKSHOP))
    unit, series = made.unit(LINE), pack_of(made.plan.code).series[SERIES]
    channels.open_one(unit=unit, series=series, grain="hour", on=FIRST, by=keeper, at=OPENED)
    name = "阳极炉煤秤日报"
    source = Source.objects.create(
        plant=made.plant, code="coal-weigher", name=name, profile=to_dict(_profile(unit.code, name))
    )
    declared = feeds.Declared(
        code="coal-weigher",
        name="阳极炉煤秤",
        kind="folder",
        every=1500,
        settings={"folder": "coal", "source": source.code},
    )
    feed = feeds.declare(plant=made.plant, declared=declared, account=keeper, by=keeper, at=OPENED, new=True)
    said = _said()
    eighth = {at: text for at, text in said.items() if _day(at) == 8}
    anew = {at: str(int(text) + 9) for at, text in list(eighth.items())[5:8]}
    _bring(feed, "煤秤0408.csv", eighth, dt.datetime(2026, 4, 9, 8, 10))
    _bring(
        feed, "煤秤0407补.csv", {at: text for at, text in said.items() if _day(at) == 7}, dt.datetime(2026, 4, 9, 16, 5)
    )
    _bring(
        feed,
        "煤秤0409.csv",
        anew | {at: text for at, text in said.items() if _day(at) == 9},
        dt.datetime(2026, 4, 10, 8, 10),
    )
    _bring(feed, "煤秤0410.csv", {dt.datetime(2026, 4, 10, 8): SLIPPED}, dt.datetime(2026, 4, 10, 9, 20))


def _said() -> Mapping[dt.datetime, str]:
    """Three production days of hours."""
    chance, begins = random.Random(SEED), dt.datetime.combine(FIRST, dt.time(8))
    return {begins + n * HOUR: str(USUAL + chance.randint(-SWING, SWING)) for n in range(72)}


def _day(at: dt.datetime) -> int:
    return (at - dt.timedelta(hours=8)).day


def _bring(feed: Feed, name: str, said: Mapping[dt.datetime, str], at: dt.datetime) -> None:
    where = places.folder(feed.plant.code, feed.code, feed.settings["folder"])
    where.mkdir(parents=True, exist_ok=True)
    path: Path = where / name
    path.write_text(
        "\n".join([HEAD, *(f"{one:%Y-%m-%d %H:%M},{text}" for one, text in said.items())]) + "\n", encoding="utf-8"
    )
    os.utime(path, (at.timestamp(), at.timestamp()))
    feed.refresh_from_db()
    with clock(at):
        worker.look(feed, at=at, clock=at.timestamp() + 60)


def _profile(line: str, name: str) -> Profile:
    return Profile(
        name=name, layout=Layout.LONG, line=line, grain="hour", stamp=StampMode.OPENS, interval_minutes=60,
        columns=(
            Column(Role.STAMP, ("时间",)),
            Column(Role.VALUE, ("用煤",), measure=Measure(series=SERIES, unit="kg")),
        ),
    )  # fmt: skip
