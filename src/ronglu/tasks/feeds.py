"""Feeds on the clock: folders looked into, databases asked, silence noticed; and what any of them brings handed to the verb."""

import datetime as dt
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from ronglu.config import feeds as places
from ronglu.config.plant import pack_of
from ronglu.exchange.feeds import folder, sql
from ronglu.exchange.feeds.place import Placed, Refused, place
from ronglu.exchange.feeds.said import BadMessage, Said, digest_of, from_json, moment
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Feed, FeedBatch, FeedKind, FeedState, Plant
from ronglu.store.values import calendar_of
from ronglu.tasks import feeds_files
from ronglu.work import feeds, feeds_watch

log = logging.getLogger(__name__)
POLL = 10
"""Minutes between two looks into a database."""
LATE = 48
"""Hours before the newest row that are read again each time: rows that were written late."""
BACK = 3
"""Days that the first look reaches back."""
NO_ADDRESS = "还没有设数据库地址：由系统管理员写在数据目录的 feeds.yaml 里，或用环境变量"
WINDOW = 7
"""Days a look takes at once where the query says :until, so that a long back-fill goes in pieces. All 系统默认，可修改."""


def tend(*, plant: Plant, at: dt.datetime, clock: float | None = None) -> list[str]:
    """One look at every folder and database of a plant whose turn it is; says which brought something."""
    heard = []
    for feed in Feed.objects.filter(plant=plant, state=FeedState.RUNNING).select_related("plant", "account"):
        if feed.kind in LOOKS and _due(feed, at):
            heard += [feed.name] if look(feed, at=at, clock=clock) else []
    feeds_watch.watch(plant=plant, at=at)
    return heard


def look(feed: Feed, *, at: dt.datetime, clock: float | None = None) -> bool:
    """What goes wrong with one source is told beside it and keeps no other from its turn."""
    Feed.objects.filter(pk=feed.pk).update(asked_at=at)
    try:
        return LOOKS[feed.kind](feed, at, time.time() if clock is None else clock)
    except (TimeTrouble, sql.NoAnswer) as why:
        feeds.fail(feed=feed, why=str(why), at=at)
    except OSError:
        feeds.fail(feed=feed, why="文件夹打不开，或不能在里面移动文件；请核对路径和权限", at=at)
    except DatabaseError:
        raise  # our own: the next pass tries again
    except Exception as why:
        log.exception("feed %s", feed.pk)
        feeds.fail(feed=feed, why=f"出了意外（{type(why).__name__}），已写进日志；请告诉系统管理员", at=at)
    return False


def receive(*, feed: Feed, raw: bytes, name: str, at: dt.datetime) -> FeedBatch | None:
    """A message as it came; one that cannot be read is kept and told."""
    try:
        said = from_json(raw)
    except BadMessage as why:
        head = Said(tag="", label="", text=raw.decode("utf-8", "replace").replace("\0", "")[:120])
        feeds.unread(feed=feed, refused=Refused(head, "message", str(why)), digest=digest_of(raw), name=name, at=at)
        return None
    return hand(feed, said, digest=digest_of(raw), name=name, at=at).batch


def hand(
    feed: Feed, said: Sequence[Said], *, digest: str, name: str, at: dt.datetime, since: dt.datetime | None = None
) -> feeds.Taken:
    return feeds.take(feed=feed, batch=placed(feed, said), digest=digest, name=name, at=at, since=since)


def placed(feed: Feed, said: Sequence[Said], *, believed: bool = False) -> Placed:
    series = pack_of(feed.plant.code).series
    tags, calendar = tags_of(feed.tags, series).known, calendar_of(feed.plant)
    return place(said, tags=tags, series=series, calendar=calendar, name=feed.name, believed=believed)


def _due(feed: Feed, at: dt.datetime) -> bool:
    wait = dt.timedelta(minutes=int(feed.settings.get("poll", POLL)))
    return feed.kind == FeedKind.FOLDER or feed.asked_at is None or at - feed.asked_at >= wait or at < feed.asked_at


def _folder(feed: Feed, at: dt.datetime, clock: float) -> bool:
    where = places.folder(feed.plant.code, feed.code, str(feed.settings.get("folder", "")))
    where.mkdir(parents=True, exist_ok=True)
    quiet = int(feed.settings.get("quiet", folder.QUIET_SECONDS))
    ripe = folder.ripe(where, now=clock, quiet=quiet)
    return sum(feeds_files.bring(feed, one, home=Path(settings.HOME), at=at) for one in ripe) > 0


def _ask(feed: Feed, at: dt.datetime, _clock: float) -> bool:
    address = places.address(feed.plant.code, feed.code)
    if not address:
        raise feeds.FeedTrouble(NO_ADDRESS)
    query = str(feed.settings.get("query", ""))
    since, until = span(feed.settings, feed.since, feed.started_at)
    pieces = ":until" in query and until < at
    said = sql.ask(address, query, since=since, until=until if pieces else at + dt.timedelta(days=1))
    read_to = until if pieces else _newest(said, at)
    if not said:
        feeds.asked(feed=feed, at=at, since=read_to)
        return False
    digest = digest_of("\n".join(one.digest for one in said).encode())
    name = f"{since:%Y-%m-%d %H:%M} 起 {len(said)} 行"
    return not hand(feed, said, digest=digest, name=name, at=at, since=read_to).again


def span(
    given: Mapping[str, Any], since: dt.datetime | None, started_at: dt.datetime
) -> tuple[dt.datetime, dt.datetime]:
    """From where a look reads, and how far where it goes in pieces."""
    first = since or started_at - dt.timedelta(days=int(given.get("back", BACK)))
    begins = first - dt.timedelta(hours=int(given.get("late", LATE)))
    return begins, begins + dt.timedelta(days=int(given.get("window", WINDOW)))


def _newest(said: Sequence[Said], at: dt.datetime) -> dt.datetime | None:
    """Up to where was read; a row from a clock that runs ahead must not make us skip what comes after it."""
    found = [moment(one.revised or one.label) for one in said]
    return max((min(one, at) for one in found if one), default=None)


LOOKS = {FeedKind.FOLDER: _folder, FeedKind.SQL: _ask}
