"""A feed tried before it is declared: reached once, its first rows placed and held against the tables; no reading is written."""

import datetime as dt
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from ronglu.config import clock
from ronglu.config import feeds as places
from ronglu.config.plant import pack_of
from ronglu.exchange.arrive import arrive
from ronglu.exchange.feeds import folder, mqtt, sql
from ronglu.exchange.feeds.lots import Lot, lot_of
from ronglu.exchange.feeds.place import Refused, place
from ronglu.exchange.feeds.said import BadMessage, Said, from_json
from ronglu.exchange.feeds.tags import tags_of
from ronglu.exchange.problems import Refused as Unread
from ronglu.exchange.profile_text import from_dict
from ronglu.exchange.read import parse
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.time.errors import TimeTrouble
from ronglu.store.models import Feed, Job, Plant, Source
from ronglu.store.values import calendar_of
from ronglu.tasks.feeds import NO_ADDRESS, span
from ronglu.tasks.run import Progress
from ronglu.work.feeds_sift import sift
from ronglu.work.readings_compare import compare

FIRST = 20
SECONDS = 8
"""Rows shown and seconds waited. 系统默认."""


class Came(NamedTuple):
    """What was said, or lots already placed from a file, and what to tell beside it."""

    said: Sequence[Said] = ()
    lots: Sequence[Lot] = ()
    says: tuple[str, ...] = ()


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: draft (as a file declares it), sample (a message, where there is no source to ask yet).

    Result: trouble in words, or says and rows; a row's `becomes` is new, changed, same, stale or refused with its `why`.
    """
    assert job.plant is not None
    draft, now = job.args["draft"], clock.now()
    progress(0, 1, "正在连接")
    try:
        came = _sample(job.args) if job.args.get("sample") else KINDS[draft["kind"]](job.plant, draft, now)
    except (sql.NoAnswer, mqtt.BadBroker, BadMessage, Unread, TimeTrouble) as why:
        return {"trouble": getattr(why, "message", "") or str(why), "says": [], "rows": []}
    except OSError:
        return {"trouble": "文件夹打不开；请核对名字和权限", "says": [], "rows": []}
    progress(1, 1, "")
    return {"trouble": "", "says": list(came.says), "rows": _rows(job.plant, draft, came, now)}


def _sample(args: Mapping[str, Any]) -> Came:
    return Came(from_json(str(args["sample"]).encode())[:FIRST], says=("看的是样例消息，没有连接来源",))


def _database(plant: Plant, draft: Mapping[str, Any], now: dt.datetime) -> Came:
    address = places.address(plant.code, draft["code"])
    if not address:
        raise TimeTrouble(f"{NO_ADDRESS}，键是 {plant.code}-{draft['code']}")
    old = Feed.objects.filter(plant=plant, code=draft["code"]).first()
    since, until = span(draft, old.since if old else None, old.started_at if old else now)
    until = until if ":until" in draft["query"] and until < now else now + dt.timedelta(days=1)
    said = sql.peek(address, draft["query"], since=since, until=until, most=FIRST, seconds=SECONDS)
    return Came(said, says=(f"数据库答复了；取 {since:%Y-%m-%d %H:%M} 以后的，最多看前 {FIRST} 行",))


def _topic(plant: Plant, draft: Mapping[str, Any], _now: dt.datetime) -> Came:
    address = places.address(plant.code, draft["code"]) or places.BROKER
    heard = mqtt.overhear(address, draft["topic"], seconds=SECONDS, most=FIRST)
    said, says = list[Said](), [f"消息服务器连上了；听了 {SECONDS} 秒，来了 {len(heard)} 条"]
    for topic, payload in heard:
        try:
            said += from_json(payload)
        except BadMessage as why:
            says.append(f"{topic}：{why}")
    return Came(said[:FIRST], says=tuple(says))


def _push(plant: Plant, draft: Mapping[str, Any], _now: dt.datetime) -> Came:
    raise TimeTrouble(f"接口推送由来源送到 /api/v1/feeds/{draft['code']}，没有可连的；请贴一条样例消息再试")


def _folder(plant: Plant, draft: Mapping[str, Any], _now: dt.datetime) -> Came:
    """The oldest whole file; it is read where nobody else reads, and stays where it lies."""
    where = places.folder(plant.code, draft["code"], str(draft.get("folder", "")))
    shown = where.relative_to(places.root())
    ripe = (
        folder.ripe(where, now=time.time(), quiet=int(draft.get("quiet", folder.QUIET_SECONDS)))
        if where.is_dir()
        else []
    )
    if not ripe:
        raise TimeTrouble(f"文件夹 {shown} 里还没有可读的文件；请放一个进去，等它静置够了再试")
    source = Source.objects.get(plant=plant, code=draft["source"])
    profile, series = from_dict(source.profile), pack_of(plant.code).series
    with tempfile.TemporaryDirectory(prefix="try-", dir=settings.HOME) as name:
        with ripe[0].path.open("rb") as content:
            kept = arrive(ripe[0].path.name, iter(lambda: content.read(1 << 20), b""), Path(name))
        parsed = parse(Path(name) / kept.path, profile, calendar=calendar_of(plant), series=series)
    says = [f"看的是 {shown}/{ripe[0].path.name}，共 {len(parsed.values)} 个数；文件没有动"]
    says += [one.as_dict()["message"] for one in (*parsed.errors, *parsed.questions)][:FIRST]
    minutes = profile.interval_minutes if profile.grain == "instant" else 0
    lot = lot_of(parsed.values, grain=profile.grain, minutes=minutes, name=draft["name"], series=series)
    return Came(lots=[lot.pick(range(min(FIRST, len(lot))))], says=tuple(says))


def _rows(plant: Plant, draft: Mapping[str, Any], came: Came, now: dt.datetime) -> list[dict[str, Any]]:
    series = pack_of(plant.code).series
    tags, calendar = tags_of(draft.get("tags", []), series).known, calendar_of(plant)
    placed = place(came.said, tags=tags, series=series, calendar=calendar, name=draft["name"])
    found = [row for lot in (*came.lots, *placed.lots) for row in _lot(plant, lot, now)]
    return found + [_row(one.said, "refused", why=one.why) for one in placed.refused if isinstance(one, Refused)]


def _lot(plant: Plant, lot: Lot, now: dt.datetime) -> list[dict[str, Any]]:
    """What the verb itself would do with each, by the same comparison."""
    if not len(lot):
        return []
    sifted, compared = sift(plant=plant, lot=lot, at=now), compare(plant=plant, values=lot, grain=lot.grain, at=now)
    becomes = dict.fromkeys((one[0] for one in compared.new), "new") | dict.fromkeys(
        (one[0] for one in compared.changed), "changed"
    )
    becomes |= dict.fromkeys(sifted.stale, "stale") | dict.fromkeys((one[0] for one in sifted.refused), "refused")
    why = {index: words for index, _code, words in sifted.refused}
    series = pack_of(plant.code).series
    rows = []
    for index, said in enumerate(lot.said):
        known, scaled = series[lot.series[index]], lot.scaled[index]
        value = "" if scaled is None else f"{from_scaled(scaled, known.decimals):f}"
        slot = {
            "line": lot.line[index],
            "series": known.code,
            "value": value,
            "starts": f"{lot.stamps[lot.at[index]].starts_at:%Y-%m-%d %H:%M}",
        }
        rows.append(_row(said, becomes.get(index, "same"), why=why.get(index, ""), **slot))
    return rows


def _row(said: Said, becomes: str, *, why: str = "", **slot: str) -> dict[str, Any]:
    return {
        "tag": said.tag,
        "label": said.label,
        "text": said.text,
        "unit": said.unit,
        "becomes": becomes,
        "why": why,
    } | slot


KINDS = {"sql": _database, "mqtt": _topic, "push": _push, "folder": _folder}
