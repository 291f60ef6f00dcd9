"""Feeds: declared, paused, filled back; what they bring goes through the verb of imports, and what it will not take is kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.db import transaction

from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import (
    Account,
    Feed,
    FeedBatch,
    FeedKind,
    FeedRefusal,
    FeedState,
    Import,
    Plant,
)
from ronglu.work import audits, feeds_scale, readings_take
from ronglu.work.feeds_sift import Lot, Refused, Saying, refused_by, sift, write_marks
from ronglu.work.readings_rules import hold
from ronglu.work.scope import scope_of

LONGEST_EVERY = 60 * 24 * 62


class FeedTrouble(TimeTrouble):
    """数据源不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A feed as its file says it; `settings` and `tags` were looked at by whoever read the file."""

    code: str
    name: str
    kind: str
    every: int = 120
    settings: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[Mapping[str, Any]] = ()


class Taken(NamedTuple):
    """`again`: the same bytes came before, and nothing changed; `refused` is what was kept back, each with its reason."""

    batch: FeedBatch
    again: bool
    refused: tuple[Refused, ...] = ()


class Batch(Protocol):
    """What came at once; `digest` of its bytes, `name` as people know it."""

    @property
    def lots(self) -> Sequence[Lot]: ...

    @property
    def refused(self) -> Sequence[Refused]: ...


@transaction.atomic
def declare(
    *, plant: Plant, declared: Declared, account: Account, by: Account | None, at: dt.datetime, new: bool = False
) -> Feed:
    """A new feed, or the one of that code as it is declared now. `account` is in whose name its values are entered.

    With `new` a code that is taken is refused: nobody writes over another's feed by chance.
    """
    if not declared.name.strip() or not declared.code.strip():
        raise FeedTrouble("请写数据源的编码和名称")
    if declared.kind not in FeedKind.values:
        raise FeedTrouble(f"没有“{declared.kind}”这种方式，应为 {'、'.join(FeedKind.values)} 之一")
    if not 1 <= declared.every <= LONGEST_EVERY:
        raise FeedTrouble(f"应隔分钟应在 1 到 {LONGEST_EVERY} 之间")
    others = Feed.objects.filter(plant=plant).exclude(code=declared.code)
    if others.filter(name=declared.name).exists():
        raise FeedTrouble(f"已有叫“{declared.name}”的数据源")
    if (where := declared.settings.get("folder")) and others.filter(
        kind=FeedKind.FOLDER, settings__folder=where
    ).exists():
        raise FeedTrouble(f"文件夹“{where}”已有数据源在看")
    _require_own_key(plant, declared.code)
    old = Feed.objects.select_for_update().filter(plant=plant, code=declared.code).first()
    if new and old is not None:
        raise FeedTrouble(f"编码 {declared.code} 已用于数据源“{old.name}”")
    said = {
        "name": declared.name, "kind": declared.kind, "every": declared.every, "settings": dict(declared.settings),
        "tags": [dict(tag) for tag in declared.tags], "account": account,
    }  # fmt: skip
    feed, _new = Feed.objects.update_or_create(
        plant=plant, code=declared.code, defaults=said, create_defaults={**said, "started_at": at}
    )
    detail = {"kind": declared.kind, "tags": len(declared.tags), "account": account.staff_no}
    note("declare", feed, by=by, at=at, **detail, changed=_changed(old, said))
    return feed


@transaction.atomic
def pause(*, feed: Feed, by: Account, at: dt.datetime) -> None:
    """Nothing is asked for or taken until it is resumed."""
    if not Feed.objects.filter(pk=feed.pk, state=FeedState.RUNNING).update(state=FeedState.PAUSED, silent_since=None):
        raise FeedTrouble(f"“{feed.name}”已经暂停")
    note("pause", feed, by=by, at=at)


@transaction.atomic
def resume(*, feed: Feed, by: Account, at: dt.datetime) -> None:
    again = Feed.objects.filter(pk=feed.pk, state=FeedState.PAUSED)
    if not again.update(state=FeedState.RUNNING, started_at=at, silent_since=None):
        raise FeedTrouble(f"“{feed.name}”正在接收")
    note("resume", feed, by=by, at=at)


@transaction.atomic
def back_fill(*, feed: Feed, since: dt.date, by: Account, at: dt.datetime) -> None:
    """The next look at the database begins there; what is in the tables already changes nothing."""
    if feed.kind != FeedKind.SQL:
        raise FeedTrouble("只有数据库查询能从某天补取；别的方式请让来源重发，重发的数不会重复")
    if since > at.date():
        raise FeedTrouble(f"{since} 还没有到")
    Feed.objects.filter(pk=feed.pk).update(since=dt.datetime.combine(since, dt.time()))
    note("back_fill", feed, by=by, at=at, since=str(since))


@transaction.atomic
def take(
    *, feed: Feed, batch: Batch, digest: str, name: str, at: dt.datetime, imported: Import | None = None,
    since: dt.datetime | None = None,
) -> Taken:  # fmt: skip
    """Takes what can be taken, keeps what can't with its reason. The same bytes again change nothing.

    A database answers anew each time: there only the answer before is compared. `since` is up to where it was read.
    """
    hold(feed.plant)
    feed = Feed.objects.select_for_update().select_related("plant", "account").get(pk=feed.pk)
    _require_open(feed)
    known = _known(feed, digest)
    _heard(feed, at, since, news=known is None or feed.kind != FeedKind.SQL)
    if known is not None:
        return Taken(known, True)
    made = FeedBatch(feed=feed, digest=digest, name=name[:200], came_at=at)
    refused = list(batch.refused)
    for lot in batch.lots:
        refused += _lot(made, lot, at=at, imported=imported)
    made.refused = len(refused)
    made.save()
    _keep(feed, refused, at)
    return Taken(made, False, tuple(refused))


@transaction.atomic
def asked(*, feed: Feed, at: dt.datetime, since: dt.datetime | None = None) -> None:
    """A database that was reached and had nothing to say."""
    Feed.objects.filter(pk=feed.pk).update(trouble="", trouble_at=None, since=since or feed.since)


@transaction.atomic
def unread(*, feed: Feed, refused: Refused, digest: str, name: str, at: dt.datetime) -> None:
    """A message nobody can read is kept as it came, as far as there is room."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    Feed.objects.filter(pk=feed.pk).update(heard_at=at, silent_since=None, trouble=refused.why[:300], trouble_at=at)
    if _known(feed, digest) is None:
        FeedBatch.objects.create(feed=feed, digest=digest, name=name[:200], came_at=at, refused=1)
        _keep(feed, [refused], at)


@transaction.atomic
def fail(*, feed: Feed, why: str, at: dt.datetime) -> None:
    """In words for people; never the text of a driver's error, which may hold the address."""
    Feed.objects.filter(pk=feed.pk).update(trouble=why[:300], trouble_at=at)


def _require_own_key(plant: Plant, code: str) -> None:
    """Addresses are kept by plant and code: of a plant “a” the code “b-c” would open what is kept for “c” of a plant “a-b”."""
    key = f"{plant.code}-{code}"
    for other in Plant.objects.exclude(pk=plant.pk).values_list("code", flat=True):
        if key.startswith(f"{other}-") and len(other) > len(plant.code):
            raise FeedTrouble(f"编码 {code} 与另一个厂的数据源分不清，请换一个")


def _changed(old: Feed | None, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Before and after of what is another now; a feed's settings hold no secret."""
    plain = ("name", "kind", "every", "settings", "tags")
    return {
        name: [getattr(old, name), said[name]] for name in plain if old is not None and getattr(old, name) != said[name]
    }


def beyond(*, feed: Feed, lines: Iterable[str], on: dt.date) -> list[str]:
    """Lines of the plant for which the account may not import: a file says itself whose numbers it brings."""
    mine = scope_of(feed.account, on=on).units("readings.import").values("pk")
    return list(
        feed.plant.units.filter(code__in=set(lines))
        .exclude(pk__in=mine)
        .order_by("code")
        .values_list("code", flat=True)
    )


def _require_open(feed: Feed) -> None:
    if feed.state != FeedState.RUNNING:
        raise FeedTrouble(f"“{feed.name}”已暂停，没有收下")
    if not feed.account.is_active:
        raise FeedTrouble(f"“{feed.name}”以 {feed.account.staff_no} 的名义入库，这个账号已停用；请改用另一个账号")


def _known(feed: Feed, digest: str) -> FeedBatch | None:
    """The batch of the same bytes; of a database only if it was the answer before."""
    batches = FeedBatch.objects.filter(feed=feed)
    if feed.kind != FeedKind.SQL:
        return batches.filter(digest=digest).first()
    last = batches.order_by("-pk").first()
    return last if last is not None and last.digest == digest else None


def _heard(feed: Feed, at: dt.datetime, since: dt.datetime | None, *, news: bool) -> None:
    """A database that says the same again was reached, but said nothing."""
    feed.trouble, feed.trouble_at, feed.since = "", None, since or feed.since
    if news:
        feed.heard_at, feed.silent_since = at, None
    feed.save(update_fields=["heard_at", "silent_since", "trouble", "trouble_at", "since"])


def _lot(made: FeedBatch, lot: Lot, *, at: dt.datetime, imported: Import | None) -> list[Refused]:
    feed = made.feed
    sifted = sift(plant=feed.plant, lot=lot, at=at, batch=imported, waiting=feeds_scale.waiting(feed))
    fine = lot.pick(sifted.fine)
    if len(fine):
        done = readings_take.take(
            plant=feed.plant, values=fine, grain=lot.grain, by=feed.account, at=at, batch=imported, subject=feed.name
        )
        made.added, made.changed = made.added + done.added, made.changed + done.changed
        made.unchanged += done.unchanged
        write_marks(plant=feed.plant, lot=fine)
        newest = max(stamp.starts_at for stamp in fine.stamps)
        if feed.value_at is None or newest > feed.value_at:
            feed.value_at = newest
            feed.save(update_fields=["value_at"])
    made.stale += len(sifted.stale)
    return [refused_by(lot, index, code, why) for index, code, why in sifted.refused]


def _keep(feed: Feed, refused: Iterable[Refused], at: dt.datetime) -> None:
    rows = [_row(feed, one, at) for one in refused]
    FeedRefusal.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _row(feed: Feed, one: Refused, at: dt.datetime) -> FeedRefusal:
    said: Saying = one.said
    return FeedRefusal(
        feed=feed, digest=said.digest, tag=said.tag, label=said.label, text=said.text, unit=said.unit,
        revised=said.revised, spot=dict(said.spot), code=one.code, why=one.why[:300], came_at=at,
    )  # fmt: skip


def note(verb: str, feed: Feed, *, by: Account | None, at: dt.datetime, **detail: Any) -> None:
    audits.record(verb=f"feeds.{verb}", by=by, at=at, subject=feed.name, plant=feed.plant, detail=detail)
