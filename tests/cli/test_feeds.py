"""`ronglu feed`: declared from a file or refused with everything that is wrong, looked at, listed."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ronglu.cli import check, feeds, serve
from ronglu.store.models import Feed, Source
from tests.cast import Cast, cast
from tests.work.fed import make_fed

__all__ = ["cast"]
POWER = """
code: furnace-power
name: 转炉电表
kind: mqtt
topic: plant/furnace/power
tags:
  - {tag: P1, line: QL-R1, series: sm_power, grain: hour, unit: 万度}
"""


@pytest.fixture(autouse=True)
def day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME, settings.TODAY = tmp_path, "2026-03-10"
    monkeypatch.setenv("RONGLU_HOME", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(feeds.command, [*words])


def declare(folder: Path, text: str) -> Result:
    path = folder / "feed.yaml"
    path.write_text(text, encoding="utf-8")
    return run("declare", str(path), "--plant", "qinglan")


def test_a_feed_is_declared_in_the_name_of_who_may_import_there_and_again_to_change_it(
    cast: Cast, tmp_path: Path
) -> None:
    assert declare(tmp_path, POWER).exit_code == 0
    assert declare(tmp_path, POWER.replace("转炉电表", "转炉总电表")).exit_code == 0
    feed = Feed.objects.get()
    assert (feed.name, feed.account, feed.every) == ("转炉总电表", cast.account["周统计员"], 120)
    assert "转炉总电表" in run("list").output


def test_what_is_wrong_in_the_file_is_told_at_once_and_nothing_is_declared(cast: Cast, tmp_path: Path) -> None:
    done = declare(tmp_path, POWER.replace("QL-R1", "QL-X").replace("万度", "t").replace("topic", "password"))
    assert done.exit_code == 1 and not Feed.objects.exists()
    for word in ("password", "topic", "不能换成", "QL-X"):
        assert word in done.output


def test_a_folder_is_looked_at_when_asked(cast: Cast, tmp_path: Path) -> None:
    make_fed(cast).feed.delete()
    Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile={})
    assert "读取方案" in declare(tmp_path, "{code: f, name: 文件, kind: folder, source: s9}").output
    assert "feeds/qinglan-f" in declare(tmp_path, "{code: f, name: 文件, kind: folder, source: s1}").output
    assert "没有新的数" in run("run", "f", "--plant", "qinglan").output
    assert "只有数据库查询" in run("backfill", "f", "2026-03-01", "--plant", "qinglan", "--by", "20105").output


def test_the_check_names_a_source_that_went_silent_and_one_that_is_in_trouble(cast: Cast, settings: Any) -> None:
    assert not list(check._feeds())  # without sources nothing is said of them
    feed = make_fed(cast).feed
    settings.TODAY = "2026-03-10T09:30:00"
    assert [(one.state, one.detail) for one in check._feeds()] == [("good", "1 个，都在来数")]
    settings.TODAY = "2026-03-10T12:00:00"  # the clock has not come round yet
    [told] = check._feeds()
    assert told.state == "warning" and told.detail == "青岚冶炼厂“电表”静默，还没有来过数"
    Feed.objects.filter(pk=feed.pk).update(trouble="消息服务器连不上，正在重试")
    assert "消息服务器连不上" in next(iter(check._feeds())).detail
    Feed.objects.filter(pk=feed.pk).update(state="paused")
    assert not list(check._feeds())


class Ear:
    """A process that is asked whether it still runs."""

    ended: int | None = None

    def poll(self) -> int | None:
        return self.ended


def test_serve_listens_while_there_is_a_topic_and_begins_again_where_the_ear_ended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def popen(words: list[str]) -> Ear:
        started.append(words)
        return Ear()

    monkeypatch.setattr("ronglu.cli.serve.subprocess.Popen", popen)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    children: dict[str, Any] = {}
    serve._listen(children)
    assert not started and not children
    make_fed(cast)
    serve._listen(children)
    serve._listen(children)
    assert [words[-2:] for words in started] == [["ronglu.cli.main", "listen"]]
    children[serve.EAR].ended = 1
    serve._listen(children)
    assert len(started) == 2
    Feed.objects.update(state="paused")
    children[serve.EAR].ended = 0
    serve._listen(children)
    assert len(started) == 2
