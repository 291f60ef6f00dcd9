"""Feeds end to end: a folder, a database, a broker; what is whole is taken, what is not is told, and no address is ever shown."""

import datetime as dt
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ronglu.exchange.feeds import folder, sql
from ronglu.store.models import (
    Channel,
    Digest,
    Feed,
    FeedBatch,
    FeedRefusal,
    Import,
    Notice,
    NoticeChannel,
    Reading,
    Source,
)
from ronglu.tasks import feeds as work
from ronglu.work import digests, feeds, feeds_watch
from ronglu.work.queries.feeds import waiting_feeds
from tests.cast import Cast, cast
from tests.work.fed import AT, LINE, make_fed

__all__ = ["cast"]
LONG_AGO = 1_000_000_000
PROFILE: dict[str, Any] = {
    "name": "电量日报", "layout": "long", "line": LINE, "grain": "hour", "stamp": "opens", "interval_minutes": 60,
    "columns": [
        {"role": "stamp", "words": ["时间"]},
        {"role": "value", "words": ["用电"], "measure": {"series": "sm_power", "unit": "kWh"}},
    ],
}  # fmt: skip
SECRET = "gold-and-copper"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def fed(cast: Cast, kind: str, tags: list[dict[str, Any]] | None = None, **settings: Any) -> Feed:
    make_fed(cast).feed.delete()
    Channel.objects.create(unit=cast.unit[LINE], series="sm_power", grain="hour", from_on=dt.date(2026, 1, 1))
    return Feed.objects.create(
        plant=cast.plant, code="power", name="电表", kind=kind, settings=settings, tags=tags or [],
        account=cast.account["周统计员"], started_at=AT,
    )  # fmt: skip


def watched(cast: Cast, home: Path) -> tuple[Feed, Path]:
    source = Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile=PROFILE)
    feed = fed(cast, "folder", source=source.code)
    where = home / "feeds" / "qinglan-power"
    where.mkdir(parents=True)
    return feed, where


def lay(where: Path, name: str, text: str, *, age: int = 120) -> Path:
    path = where / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (LONG_AGO - age, LONG_AGO - age))
    return path


def look(feed: Feed, at: dt.datetime = AT) -> bool:
    feed.refresh_from_db()
    return work.look(feed, at=at, clock=LONG_AGO)


HOURS = "时间,用电\n2026-03-09 08:00,120.5\n2026-03-09 09:00,118\n"


def test_a_file_is_taken_once_and_moved_with_its_report(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    lay(where, "电量.csv", HOURS)
    assert look(feed)
    assert [str(one) for one in Reading.objects.order_by("starts_at").values_list("text", flat=True)] == [
        "120.5",
        "118",
    ]
    assert "新增 2" in (where / "done" / "电量.csv.报告.txt").read_text("utf-8") and not (where / "电量.csv").exists()
    reading = Reading.objects.first()
    assert reading.batch.file_name == "电量.csv" and reading.entered_by == cast.account["周统计员"]  # type: ignore[union-attr]
    assert Import.objects.get().state == "done"


def test_the_same_bytes_twice_change_nothing(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    lay(where, "一.csv", HOURS)
    look(feed)
    lay(where, "二.csv", HOURS)
    assert not look(feed, AT + dt.timedelta(minutes=5))
    assert Reading.objects.count() == 2 and FeedBatch.objects.count() == 1
    assert "逐字节相同" in (where / "done" / "二.csv.报告.txt").read_text("utf-8")


def test_a_file_that_still_grows_waits(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    path = lay(where, "电量.csv", HOURS, age=5)
    assert not look(feed) and path.exists() and not Reading.objects.exists()


def test_a_file_that_grew_while_it_was_read_waits(cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, where = watched(cast, home)
    path = lay(where, "电量.csv", HOURS)
    monkeypatch.setattr(folder, "still", lambda one: False)
    assert not look(feed) and path.exists() and not Reading.objects.exists()


def test_a_link_in_the_folder_is_not_followed(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    (where / "passwd.csv").symlink_to(lay(home, "secret.csv", HOURS))
    assert not look(feed) and not Reading.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_whole_and_told(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    lay(where, "坏.csv", "时间,用电\n2026-03-09 08:00,很多\n2026-03-09 09:00,118\n")
    look(feed)
    feed.refresh_from_db()
    assert "坏.csv" in feed.trouble and not Reading.objects.exists()
    assert "很多" in (where / "failed" / "坏.csv.报告.txt").read_text("utf-8")


def test_a_file_of_a_line_beyond_the_accounts_reach_is_refused_whole(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    profile = PROFILE | {"line": "QL-F1"}
    Source.objects.update(profile=profile)
    Channel.objects.create(unit=cast.unit["QL-F1"], series="sm_power", grain="hour", from_on=dt.date(2026, 1, 1))
    lay(where, "精炼.csv", HOURS)
    assert not look(feed) and not Reading.objects.exists()
    feed.refresh_from_db()
    assert "QL-F1" in feed.trouble and (where / "failed" / "精炼.csv").exists()


def test_a_folder_that_became_a_link_to_elsewhere_is_not_looked_into(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    where.rmdir()
    (home / "elsewhere").mkdir()
    where.symlink_to(home / "elsewhere")
    lay(home / "elsewhere", "电量.csv", HOURS)
    assert not look(feed) and not Reading.objects.exists()
    feed.refresh_from_db()
    assert "不在本厂的数据源目录之下" in feed.trouble


def test_of_a_file_what_a_locked_month_refuses_is_kept_and_the_rest_is_taken(cast: Cast, home: Path) -> None:
    feed, where = watched(cast, home)
    lay(where, "一.csv", HOURS)
    look(feed)
    Reading.objects.update(state="locked")
    lay(where, "二.csv", "时间,用电\n2026-03-09 08:00,130\n2026-03-09 09:00,118\n")
    lay(where, "三.csv", "时间,用电\n2026-02-09 08:00,99\n")
    look(feed, AT + dt.timedelta(minutes=5))
    kept = FeedRefusal.objects.get()
    assert (kept.code, kept.text, kept.state) == ("locked", "130", "open") and "已锁定" in kept.why
    assert Reading.objects.filter(text="99").exists() and not Reading.objects.filter(text="130").exists()
    assert "未收" in (where / "done" / "二.csv.报告.txt").read_text("utf-8")


QUERY = "select tag, at, value, unit, changed as revised from history where changed > :since order by changed"
TAGS = [{"tag": "P1", "line": LINE, "series": "sm_power", "grain": "hour", "unit": "kWh"}]


def mes(cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch, query: str = QUERY, **more: Any) -> tuple[Feed, Path]:
    path = home / "mes.db"
    with sqlite3.connect(path) as database:
        database.execute("create table history (tag text, at text, value text, unit text, changed text)")
    monkeypatch.setenv("RONGLU_FEED_QINGLAN_POWER", f"sqlite:///{path}")
    return fed(cast, "sql", TAGS, query=query, **more), path


def write(path: Path, *rows: tuple[str, str, str, str, str]) -> None:
    with sqlite3.connect(path) as database:
        database.executemany("insert into history values (?, ?, ?, ?, ?)", rows)


def test_a_database_is_read_since_the_newest_row_and_late_rows_are_found(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, path = mes(cast, home, monkeypatch)
    write(path, ("P1", "2026-03-09 08:00", "120.5", "kWh", "2026-03-09 09:01:00"))
    assert look(feed)
    feed.refresh_from_db()
    assert feed.since == dt.datetime(2026, 3, 9, 9, 1)
    write(path, ("P1", "2026-03-09 07:00", "0.11", "MWh", "2026-03-09 09:00:30"))  # written earlier, seen later
    assert look(feed, AT + dt.timedelta(minutes=10))
    assert dict(Reading.objects.values_list("starts_at__hour", "value")) == {8: 1205, 7: 1100}


def test_a_row_from_a_clock_that_runs_ahead_does_not_hide_what_comes_after(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, path = mes(cast, home, monkeypatch)
    write(path, ("P1", "2026-03-09 08:00", "1", "kWh", "2031-01-01 00:00:00"))
    look(feed)
    feed.refresh_from_db()
    assert feed.since == AT


def test_an_answer_that_is_the_same_again_is_not_heard(cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, path = mes(cast, home, monkeypatch)
    write(path, ("P1", "2026-03-09 08:00", "120.5", "kWh", "2026-03-09 09:01:00"))
    look(feed)
    assert not look(feed, AT + dt.timedelta(hours=1))
    feed.refresh_from_db()
    assert feed.heard_at == AT and FeedBatch.objects.count() == 1


def test_a_back_fill_goes_in_pieces_and_doubles_nothing(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = QUERY.replace("order by", "and changed <= :until order by")
    feed, path = mes(cast, home, monkeypatch, query, window=7, late=24)
    days = [dt.date(2026, 2, 1) + dt.timedelta(days=n) for n in range(36)]
    write(path, *(("P1", f"{day} 08:00", "10", "kWh", f"{day} 09:00:00") for day in days))
    look(feed)
    feeds.back_fill(feed=feed, since=days[0], by=cast.account["周统计员"], at=AT)
    for number in range(1, 9):
        look(feed, AT + dt.timedelta(minutes=number))
    assert Reading.objects.count() == 36 and not Reading.objects.filter(version__gt=1).exists()


def test_a_query_cannot_write(cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feed, path = mes(cast, home, monkeypatch)
    write(path, ("P1", "2026-03-09 08:00", "1", "kWh", "2026-03-09 09:00:00"))
    for query in ("delete from history", "with a as (select 1) delete from history where changed > :since"):
        feed.settings = {"query": query}
        feed.save()
        look(feed)
    with sqlite3.connect(path) as database:
        assert database.execute("select count(*) from history").fetchone() == (1,)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql+psycopg://mes:{SECRET}@127.0.0.1:1/mes",
        f"nonsense+driver://mes:{SECRET}@host/x",
        f"sqlite:////none/{SECRET}.db",
    ],
)
def test_no_address_is_told_when_a_database_does_not_answer(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    feed = fed(cast, "sql", TAGS, query=QUERY)
    monkeypatch.setenv("RONGLU_FEED_QINGLAN_POWER", address)
    assert not look(feed)
    feed.refresh_from_db()
    assert feed.trouble and SECRET not in feed.trouble + caplog.text + repr(feed.settings)
    with pytest.raises(sql.NoAnswer) as caught:
        sql.ask(address, QUERY, since=AT, until=AT)
    assert caught.value.__suppress_context__


def test_a_silent_feed_is_told_once_to_the_statistician_until_it_speaks(cast: Cast) -> None:
    fed = make_fed(cast)
    late = AT + dt.timedelta(minutes=121)
    assert not feeds_watch.watch(plant=cast.plant, at=AT + dt.timedelta(minutes=120))
    assert feeds_watch.watch(plant=cast.plant, at=late) and not feeds_watch.watch(plant=cast.plant, at=late)
    told = Notice.objects.get()
    assert told.person == cast.person["周统计员"] and "电表" in told.text
    assert [one.kind for one in waiting_feeds(cast.scope("周统计员"))] == ["feed_silent"]
    assert not waiting_feeds(cast.scope("李班长"))
    fed.hear([], at=late)
    assert not waiting_feeds(cast.scope("周统计员"))
    assert feeds_watch.watch(plant=cast.plant, at=late + dt.timedelta(hours=3)) and Notice.objects.count() == 2


def test_a_message_that_nobody_can_read_is_kept(cast: Cast) -> None:
    fed = make_fed(cast)
    for _ in range(2):
        assert work.receive(feed=fed.feed, raw=b"{broken", name="plant/meter", at=AT) is None
    assert FeedRefusal.objects.get().text == "{broken" and FeedBatch.objects.count() == 1


def test_the_silence_is_told_outside_too(cast: Cast) -> None:
    """A digest that carries nothing but a feed says which one."""
    NoticeChannel.objects.create(plant=cast.plant, kind="hook", label="全厂群", address="http://10.0.0.8:9000/notice")
    make_fed(cast)
    feeds_watch.watch(plant=cast.plant, at=AT + dt.timedelta(minutes=121))
    Notice.objects.update(state="waiting")
    digests.bundle(at=AT + dt.timedelta(days=1), mail=False)
    made = Digest.objects.get()
    assert made.title == "待办提醒 1 件" and "电表" in made.lines[0]


@pytest.mark.parametrize(
    "lines", [f"qinglan-power: postgresql://mes:{SECRET}@db: x: y", f"a: b\nqinglan-power: '{SECRET}"]
)
def test_a_file_of_addresses_that_is_written_wrong_is_told_without_its_words(
    cast: Cast, home: Path, caplog: pytest.LogCaptureFixture, lines: str
) -> None:
    """The error of the library quotes the line, password and all."""
    feed = fed(cast, "sql", TAGS, query=QUERY)
    (home / "feeds.yaml").write_text(lines, encoding="utf-8")
    assert not look(feed)
    feed.refresh_from_db()
    assert "feeds.yaml" in feed.trouble and "行" in feed.trouble
    assert SECRET not in feed.trouble + caplog.text


def test_a_driver_that_fails_in_its_own_way_tells_no_address_and_keeps_no_other_feed_from_its_turn(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlalchemy as sa

    def lacking(self: Any) -> None:
        raise RuntimeError(f"'cryptography' package is required for {SECRET}")

    monkeypatch.setenv("RONGLU_FEED_QINGLAN_POWER", "sqlite://")
    monkeypatch.setattr(sa.Engine, "connect", lacking)
    feed = fed(cast, "sql", TAGS, query=QUERY)
    assert not look(feed)
    feed.refresh_from_db()
    assert feed.trouble and SECRET not in feed.trouble + caplog.text


def test_what_nobody_foresaw_with_one_feed_is_told_beside_it_and_the_others_have_their_turn(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile=PROFILE)
    first = fed(cast, "sql", TAGS, query=QUERY)
    second = Feed.objects.create(
        plant=cast.plant, code="second", name="第二个", kind="folder", settings={"source": source.code}, tags=[],
        account=cast.account["周统计员"], started_at=AT,
    )  # fmt: skip
    where = home / "feeds" / "qinglan-second"
    where.mkdir(parents=True)
    lay(where, "a.csv", HOURS)

    def broken(*_args: Any) -> bool:
        raise KeyError("unforeseen")

    monkeypatch.setitem(work.LOOKS, "sql", broken)
    assert work.tend(plant=cast.plant, at=AT, clock=LONG_AGO) == [second.name]
    first.refresh_from_db()
    assert "KeyError" in first.trouble
