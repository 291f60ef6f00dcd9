"""Values by tag, pushed by the system that has them."""

import hashlib
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from ninja import Header, Path, Router

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.exchange.feeds.place import Placed, place
from ronglu.exchange.feeds.said import Said
from ronglu.exchange.feeds.tags import tags_of
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.values import calendar_of
from ronglu.web.api.auth import scope_for
from ronglu.web.api.errors import ANSWERS, Fault, Problem, not_found
from ronglu.web.api.schemas import PLAIN, NotTaken, Pushed, PushIn
from ronglu.work import feeds
from ronglu.work.queries import feeds as queries
from ronglu.work.queries import served

if TYPE_CHECKING:
    from ronglu.store.models import Feed

router = Router(tags=["数据源"])
SHOWN = 50
KEY = Annotated[
    str, Header(alias="Idempotency-Key", description="这一条的编号：同一编号再来一次什么也不改变", max_length=100)
]


@router.post(
    "/{code}", response={200: Pushed, **ANSWERS, 409: Problem}, operation_id="pushValues", summary="按点位推送"
)
def push_values(
    request: HttpRequest, code: Annotated[str, Path(max_length=40, pattern=PLAIN)], given: PushIn, key: KEY = ""
) -> Pushed:
    """能收的都收下，不能收的连同原因留在数据源里；写入的是预报，由另一人审核后才计分。令牌须是数据源所用账号的。"""
    scope = scope_for(request, "readings:write", "readings.enter")
    where = served.plant(scope=scope, code=given.plant, verb="readings.enter")
    if where is None:
        raise not_found("厂", "body.plant")
    feed = queries.by_code(scope=scope, plant=where, code=code)
    if feed is None:
        raise not_found("数据源", "path.code")
    said = [Said(tag=one.tag, label=one.at, text=one.value, unit=one.unit, revised=one.revised) for one in given.values]
    digest = _digest(key, said)
    if key and queries.other_body(feed, key, digest):
        raise Fault(409, "key_used", "这个编号以前用在另一条上，请换一个", "header.Idempotency-Key")
    return _take(feed, said, digest, key or f"{len(said)} 个数")


def _take(feed: "Feed", said: list[Said], digest: str, name: str) -> Pushed:
    now = clock.now()
    try:
        found = placed(feed, said)
        batch, again, refused = feeds.take(feed=feed, batch=found, digest=digest, name=name, at=now)
    except TimeTrouble as trouble:
        raise Fault(409, "feed_closed", str(trouble), "path.code") from trouble
    return Pushed(
        added=batch.added, changed=batch.changed, unchanged=batch.unchanged, stale=batch.stale, refused=batch.refused,
        again=again,
        problems=[NotTaken(tag=one.said.tag, at=one.said.label, why=one.why) for one in (refused or found.refused)[:SHOWN]],
    )  # fmt: skip


def placed(feed: "Feed", said: list[Said]) -> Placed:
    series = pack_of(feed.plant.code).series
    tags, calendar = tags_of(feed.tags, series).known, calendar_of(feed.plant)
    return place(said, tags=tags, series=series, calendar=calendar, name=feed.name)


def _digest(key: str, said: list[Said]) -> str:
    """With a key the message is known by key and body, without one by its body alone."""
    return hashlib.sha256("\n".join([key, *(one.digest for one in said)]).encode()).hexdigest()
