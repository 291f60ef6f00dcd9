"""One file of a watched folder: kept, read by its source profile, taken value by value, and moved with its report beside it."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from ronglu.config.plant import pack_of
from ronglu.exchange.arrive import Arrived, arrive
from ronglu.exchange.feeds import folder
from ronglu.exchange.feeds.folder import Ripe
from ronglu.exchange.feeds.lots import lot_of
from ronglu.exchange.feeds.place import Placed
from ronglu.exchange.problems import Refused
from ronglu.exchange.profile_text import from_dict
from ronglu.exchange.read import Parsed, parse
from ronglu.store.models import Feed, FeedBatch, Import, ImportState, Source
from ronglu.store.values import calendar_of
from ronglu.work import feeds, imports

SHOWN = 200
WORDS = {"error": "错误", "question": "待定", "note": "说明"}


def bring(feed: Feed, one: Ripe, *, home: Path, at: dt.datetime) -> bool:
    """Whether it said something new. A file that cannot be read as a whole is refused as a whole, and nothing of it is lost."""
    source = Source.objects.filter(plant=feed.plant, code=feed.settings.get("source", "")).first()
    if source is None:
        raise feeds.FeedTrouble("它的读取方案不在了，请重新声明")
    try:
        came = _keep(one, home)
    except Refused as refusal:
        folder.put_away(one, where=folder.FAILED, report=refusal.message)
        feeds.fail(feed=feed, why=f"{one.path.name}：{refusal.message}", at=at)
        return False
    if not folder.still(one):
        return False  # it grew while it was read: the next look takes it whole
    known = FeedBatch.objects.filter(feed=feed, digest=came.digest).first()
    if known is not None:
        batch = feeds.take(feed=feed, batch=Placed(), digest=came.digest, name=one.path.name, at=at).batch
        folder.put_away(
            one,
            where=folder.DONE,
            report=f"与“{batch.name}”（{batch.came_at:%Y-%m-%d %H:%M}）逐字节相同，什么也没有改变。\n",
        )
        return False
    return _read(feed, one, came, source, home, at)


def _keep(one: Ripe, home: Path) -> Arrived:
    with one.path.open("rb") as content:
        return arrive(one.path.name, iter(lambda: content.read(1 << 20), b""), home)


def _read(feed: Feed, one: Ripe, came: Arrived, source: Source, home: Path, at: dt.datetime) -> bool:
    profile, calendar, series = from_dict(source.profile), calendar_of(feed.plant), pack_of(feed.plant.code).series
    try:
        parsed = parse(home / came.path, profile, calendar=calendar, series=series)
    except Refused as refusal:
        folder.put_away(one, where=folder.FAILED, report=refusal.message)
        feeds.fail(feed=feed, why=f"{one.path.name}：{refusal.message}", at=at)
        return False
    if not parsed.ready:
        folder.put_away(one, where=folder.FAILED, report="整个文件没有收。改好后再放进来：\n" + _problems(parsed))
        feeds.fail(
            feed=feed,
            why=f"{one.path.name} 有 {len(parsed.errors)} 处错误、{len(parsed.questions)} 处待定，整个没有收",
            at=at,
        )
        return False
    if foreign := feeds.beyond(feed=feed, lines=parsed.values.line, on=at.date()):
        why = f"{one.path.name} 里有 {'、'.join(foreign)} 的数，{feed.account.staff_no} 不能导入那里，整个没有收"
        folder.put_away(one, where=folder.FAILED, report=why + "。请由能导入那里的统计员声明这个数据源\n")
        feeds.fail(feed=feed, why=why, at=at)
        return False
    minutes = profile.interval_minutes if profile.grain == "instant" else 0
    lot = lot_of(parsed.values, grain=profile.grain, minutes=minutes, name=feed.name, series=series)
    batch = _take(feed, one, came, source, Placed(lots=[lot]), at)
    folder.put_away(one, where=folder.DONE, report=_report(feed, batch) + _problems(parsed))
    return True


@transaction.atomic
def _take(feed: Feed, one: Ripe, came: Arrived, source: Source, placed: Placed, at: dt.datetime) -> FeedBatch:
    imported = _import(feed, one, came, source, at)
    batch = feeds.take(feed=feed, batch=placed, digest=came.digest, name=one.path.name, at=at, imported=imported).batch
    counts = {"new": batch.added, "changed": batch.changed, "unchanged": batch.unchanged}
    imports.written(imported=imported, counts=counts, at=at)
    return batch


def _import(feed: Feed, one: Ripe, came: Arrived, source: Source, at: dt.datetime) -> Import:
    """So that every reading leads back to its file, as one that a person brought."""
    kept = imports.File(one.path.name, came.digest, came.size, came.path)
    options = {"profile": source.profile, "profile_version": source.version, "feed": feed.pk}
    made = imports.upload(
        plant=feed.plant, kind="readings", file=kept, by=feed.account, at=at, source=source, options=options
    )
    Import.objects.filter(pk=made.pk).update(state=ImportState.WRITING)
    return Import.objects.get(pk=made.pk)


def _report(feed: Feed, batch: FeedBatch) -> str:
    said = f"新增 {batch.added}，更改 {batch.changed}，不变 {batch.unchanged}，未收 {batch.refused}\n"
    rows = feed.refusals.filter(came_at=batch.came_at).order_by("pk")[:SHOWN] if batch.refused else []
    return said + "".join(f"未收　{row.tag}　{row.label}　{row.text}　{row.why}\n" for row in rows)


def _problems(parsed: Parsed) -> str:
    lines = []
    for found in parsed.problems[:SHOWN]:
        plain = found.as_dict()
        place = "!".join(part for part in (plain["sheet"], plain["cell"]) if part)
        lines.append(f"{WORDS[plain['severity']]}　{place}　{plain['message']}\n")
    return "".join(lines)
