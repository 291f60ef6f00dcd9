"""Feeds as their pages show them: how each does, what came last, what was not taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from ronglu.store.models import Channel, Feed, FeedBatch, FeedKind, FeedRefusal, FeedState, Plant, RefusalState, Unit
from ronglu.work.feeds_scale import CODE
from ronglu.work.feeds_watch import TEND, due_at
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

SEE = "feeds.see"
LATEST = 30
LISTED = 100
MOST_AT_ONCE = 1000
DAY = dt.timedelta(days=1)
COUNTS = ("added", "changed", "unchanged", "stale", "refused")


@dataclass(frozen=True, slots=True)
class Shown:
    """`counts` of the last day in the order of COUNTS; `open` values wait for a decision."""

    feed: Feed
    counts: tuple[int, ...]
    messages: int
    open: int
    due_at: dt.datetime

    @property
    def took(self) -> int:
        """New and changed values."""
        return self.counts[0] + self.counts[1]

    @property
    def mark(self) -> str:
        if self.feed.state == FeedState.PAUSED:
            return "cancelled"
        if self.feed.silent_since:
            return "late"
        return "watch" if self.feed.trouble or self.open else "good"


def listed(*, plant: Plant, at: dt.datetime) -> list[Shown]:
    """Three queries, however many there are."""
    return _shown(list(Feed.objects.filter(plant=plant).order_by("name")), at)


def one(*, scope: Scope, pk: int, at: dt.datetime) -> Shown | None:
    rows = Feed.objects.select_related("plant", "account__person").filter(pk=pk, plant__in=scope.plants(SEE))
    return next(iter(_shown(list(rows), at)), None)


def feed_of(*, scope: Scope, pk: int) -> Feed | None:
    return Feed.objects.select_related("plant", "account").filter(pk=pk, plant__in=scope.plants(SEE)).first()


def by_code(*, scope: Scope, plant: Plant, code: str) -> Feed | None:
    """For machines: the feeds of one account."""
    rows = Feed.objects.select_related("plant", "account").filter(plant=plant, code=code, kind="push")
    return rows.filter(account=scope.account_id).first()


def latest(feed: Feed) -> list[FeedBatch]:
    return list(FeedBatch.objects.filter(feed=feed).order_by("-came_at", "-pk")[:LATEST])


def refused(feed: Feed) -> list[FeedRefusal]:
    """What waits first, then what was settled, the newest of each first."""
    rows = FeedRefusal.objects.filter(feed=feed).select_related("settled_by__person")
    waits = list(rows.filter(state=RefusalState.OPEN).order_by("-came_at", "-pk")[:LISTED])
    return waits + list(rows.exclude(state=RefusalState.OPEN).order_by("-settled_at", "-pk")[: LISTED - len(waits)])


def held(feed: Feed, tag: str) -> list[FeedRefusal]:
    """What one question about a tag's unit holds back, the oldest first."""
    rows = FeedRefusal.objects.filter(feed=feed, tag=tag, code=CODE, state=RefusalState.OPEN)
    return list(rows.order_by("came_at", "pk")[:MOST_AT_ONCE])


def questions(feed: Feed) -> list[tuple[str, int]]:
    """Tags whose unit is asked about, with how many values wait for the answer."""
    rows = FeedRefusal.objects.filter(feed=feed, code=CODE, state=RefusalState.OPEN).order_by("tag")
    return list(rows.values_list("tag").annotate(n=Count("pk")))


def refusal(feed: Feed, pk: int) -> FeedRefusal | None:
    return FeedRefusal.objects.filter(feed=feed, pk=pk).first()


def other_body(feed: Feed, name: str, digest: str) -> bool:
    """Whether something else came under this key before."""
    return FeedBatch.objects.filter(feed=feed, name=name).exclude(digest=digest).exists()


def waiting_feeds(scope: Scope) -> list[Todo]:
    """For those who look after them: the silent ones, and those with values that wait for a decision."""
    if not scope.has(TEND):
        return []
    waits = Count("refusals", filter=Q(refusals__state=RefusalState.OPEN))
    rows = Feed.objects.filter(plant__in=scope.plants(TEND), state=FeedState.RUNNING).annotate(waits=waits)
    found = []
    for feed in rows.filter(Q(silent_since__isnull=False) | Q(waits__gt=0)).order_by("silent_since", "name")[:5]:
        if feed.silent_since:
            found.append(Todo("feed_silent", place=feed.name, key=str(feed.pk), since=feed.silent_since.date()))
        if feed.waits:
            found.append(Todo("feed_refused", feed.waits, feed.name, str(feed.pk)))
    return found


def missing(*, plant: Plant, lines: Iterable[str], kind: str, source: str) -> list[str]:
    """What of a declaration only the plant's own tables can tell."""
    known = set(plant.units.values_list("code", flat=True))
    said = [f"本厂没有编码为“{line}”的单位" for line in sorted(set(lines) - known)]
    sources = list(plant.sources.values_list("code", flat=True))
    if kind == FeedKind.FOLDER and source and source not in sources:
        said.append(f"没有编码为 {source} 的读取方案，现有：{'、'.join(sources) or '（还没有）'}")
    return said


def sources(plant: Plant) -> list[tuple[str, str]]:
    """Code and name of the profiles a folder's files may be read by."""
    return list(plant.sources.order_by("name").values_list("code", "name"))


def declared(feed: Feed) -> dict[str, Any]:
    """As a file would declare it."""
    said = {"code": feed.code, "name": feed.name, "kind": feed.kind, "every": feed.every}
    return said | dict(feed.settings) | {"tags": [dict(tag) for tag in feed.tags]}


def spots(*, plant: Plant, units: QuerySet[Unit], on: dt.date) -> list[tuple[int, str, str, str]]:
    """Channels that report on the day at one of `units`: unit, its code, series and grain."""
    rows = Channel.objects.on(on).filter(unit__plant=plant, unit__in=units)
    names = ("unit__pk", "unit__code", "series", "grain")
    return list(rows.order_by("unit__position", "unit__code", "series", "grain").values_list(*names))


def _shown(feeds: list[Feed], at: dt.datetime) -> list[Shown]:
    recent = FeedBatch.objects.filter(feed__in=feeds, came_at__gt=at - DAY).order_by().values("feed")
    sums = {row["feed"]: row for row in recent.annotate(n=Count("pk"), **{f"of_{name}": Sum(name) for name in COUNTS})}
    waits = _open(feeds)
    return [
        Shown(
            feed, tuple(sums.get(feed.pk, {}).get(f"of_{name}", 0) for name in COUNTS),
            sums.get(feed.pk, {}).get("n", 0), waits.get(feed.pk, 0), due_at(feed),
        )
        for feed in feeds
    ]  # fmt: skip


def _open(feeds: list[Feed]) -> dict[int, int]:
    rows: QuerySet[FeedRefusal] = FeedRefusal.objects.filter(feed__in=feeds, state=RefusalState.OPEN)
    return dict(rows.order_by().values_list("feed").annotate(n=Count("pk")))
