"""Feeds that went silent: seen by the clock, told once to those who look after them, and a line in their inbox until they speak."""

import datetime as dt

from django.db import transaction

from ronglu.store.models import Feed, FeedKind, FeedState, Notice, Person, Plant, Post
from ronglu.work.roles import roles

TEND = "feeds.tend"
KIND = "feed"


def due_at(feed: Feed) -> dt.datetime:
    """When it should have been heard at the latest; one that was resumed is given its interval anew."""
    return max(filter(None, (feed.heard_at, feed.started_at))) + dt.timedelta(minutes=feed.every)


def any_topic() -> bool:
    """Whether somebody has to listen at a broker."""
    return Feed.objects.filter(kind=FeedKind.MQTT, state=FeedState.RUNNING).exists()


def late(at: dt.datetime) -> list[Feed]:
    """All running feeds of all plants that should have been heard by now, whether or not the clock has seen it."""
    rows = Feed.objects.filter(state=FeedState.RUNNING).select_related("plant")
    return [feed for feed in rows if feed.silent_since or due_at(feed) < at]


@transaction.atomic
def watch(*, plant: Plant, at: dt.datetime) -> list[Feed]:
    """Those that went silent since the last look; each is told once, until it was heard again."""
    found = []
    rows = Feed.objects.select_for_update().filter(plant=plant, state=FeedState.RUNNING, silent_since=None)
    for feed in rows:
        if due_at(feed) < at:
            feed.silent_since = max(filter(None, (feed.heard_at, feed.started_at)))
            feed.save(update_fields=["silent_since"])
            found.append(feed)
    if found:
        tell(plant, found, at)
    return found


def tell(plant: Plant, feeds: list[Feed], at: dt.datetime) -> None:
    people = list(keepers(plant, at.date()))
    Notice.objects.bulk_create(
        [
            Notice(
                plant=plant, person_id=person, kind=KIND, text=_said(feed)[:200], at=at, from_at=at,
                key=f"feed:{feed.pk}:{feed.silent_since:%Y-%m-%dT%H:%M:%S}",
            )
            for feed in feeds
            for person in people
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def keepers(plant: Plant, on: dt.date) -> list[int]:
    """Those whose post lets them look after the plant's feeds."""
    posts = sorted({post for role in roles().can(TEND) for post in role.posts})
    held = Post.objects.on(on).filter(role__in=posts, unit__plant=plant).values("person")
    return list(Person.objects.filter(pk__in=held).order_by("pk").values_list("pk", flat=True))


def _said(feed: Feed) -> str:
    last = f"最近一次 {feed.heard_at:%m-%d %H:%M}" if feed.heard_at else "还没有来过数"
    return f"数据源“{feed.name}”已超过 {feed.every} 分钟没有来数，{last}"
