"""Feeds declared, changed and tried in the browser: by whom, below which folder, with which query, and without any secret."""

import datetime as dt
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import AuditEntry, Channel, Feed, Job, Reading, Source
from ronglu.tasks.run import perform
from tests.cast import Cast, cast
from tests.tasks.test_feeds import HOURS, PROFILE, QUERY
from tests.web.machines import fixed_day
from tests.web.pages import WIDTHS, check
from tests.work.fed import LINE, make_fed

__all__ = ["cast", "fixed_day"]
SPOT = f"{LINE}|sm_power|hour"
SECRET = "gold-and-copper"
TAG = {"tags-0-tag": "P1", "tags-0-spot": SPOT, "tags-0-unit": "kWh", "tags-0-stamp": "", "tags-0-minutes": ""}
BARE = {"code": "power", "name": "转炉电表", "every": "120", "tags-TOTAL_FORMS": "3", "tags-INITIAL_FORMS": "0"}
MESSAGE = '{"values": [{"tag": "P1", "at": "2026-03-09T08:00", "value": 0.12, "unit": "MWh"}, {"tag": "P1", "at": "2026-03-09T09:00", "value": 3, "unit": "t"}]}'


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def page(cast: Cast, client: Client, home: Path) -> Client:
    """周统计员, and a channel of the converter's power by the hour."""
    make_fed(cast).feed.delete()
    Channel.objects.create(unit=cast.unit[LINE], series="sm_power", grain="hour", from_on=dt.date(2026, 1, 1))
    return cast.login(client, "周统计员")


def post(page: Client, url: str = "/feeds/new/?kind=mqtt", do: str = "save", **more: str) -> Any:
    return page.post(url, BARE | TAG | {"topic": "plant/power", "do": do} | more)


def tried(page: Client, answer: Any) -> tuple[Job, str]:
    """What the worker found, and the page that shows it."""
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.latest("pk")
    Job.objects.filter(pk=job.pk).update(result=perform(job), state="done")
    job.refresh_from_db()
    return job, page.get(answer["Location"]).content.decode()


def test_a_feed_is_declared_and_changed_and_both_are_on_the_trail(cast: Cast, page: Client) -> None:
    assert "已由系统管理员设好" not in page.get("/feeds/new/?kind=mqtt").content.decode()
    assert post(page).status_code == 302
    feed = Feed.objects.get()
    assert (feed.kind, feed.settings, feed.account) == ("mqtt", {"topic": "plant/power"}, cast.account["周统计员"])
    assert feed.tags == [{"tag": "P1", "line": LINE, "series": "sm_power", "grain": "hour", "unit": "kWh"}]
    post(page, f"/feeds/{feed.pk}/edit/", topic="plant/other", code="other")
    feed.refresh_from_db()
    assert (feed.code, feed.settings) == ("power", {"topic": "plant/other"})
    entry = AuditEntry.objects.filter(verb="feeds.declare").latest("pk")
    assert entry.detail["changed"]["settings"] == [{"topic": "plant/power"}, {"topic": "plant/other"}]


def test_what_is_wrong_is_told_at_once_and_what_was_filled_in_is_kept(page: Client) -> None:
    answer = post(page, code="Big Code", topic="plant/#/power", **{"tags-0-unit": "t"})
    said = answer.content.decode()
    assert answer.status_code == 422 and not Feed.objects.exists()
    for word in ("编码（code）", "# 只能单独占最后一层", "第 1 个点位：单位 t 不能换成", "plant/#/power"):
        assert word in said


@pytest.mark.parametrize("name", ["李班长", "王书记", "马主任", "系统管理员"])
def test_only_who_declares_channels_of_the_plants_data_declares_feeds(
    cast: Cast, page: Client, client: Client, name: str
) -> None:
    assert post(cast.login(client, name)).status_code in (403, 404) and not Feed.objects.exists()


def test_a_line_beyond_ones_reach_is_not_fed(cast: Cast, page: Client) -> None:
    Channel.objects.create(unit=cast.unit["QL-F1"], series="fr_power", grain="hour", from_on=dt.date(2026, 1, 1))
    assert "fr_power" not in page.get("/feeds/new/?kind=mqtt").content.decode()
    assert post(page, **{"tags-0-spot": "QL-F1|fr_power|hour"}).status_code == 422
    tag = {"tag": "F", "line": "QL-F1", "series": "fr_gas", "grain": "hour"}
    feed = Feed.objects.create(
        plant=cast.plant, code="f", name="精炼", kind="mqtt", account=cast.account["周统计员"], tags=[tag],
        started_at=dt.datetime(2026, 3, 1), settings={"topic": "a"},
    )  # fmt: skip
    assert post(page, f"/feeds/{feed.pk}/edit/").status_code == 404  # nor taken over from who may
    feed.refresh_from_db()
    assert feed.tags == [tag]


def test_a_code_that_is_taken_or_opens_another_plants_address_is_refused(cast: Cast, page: Client) -> None:
    post(page)
    assert "已用于数据源" in post(page, name="另一个").content.decode()
    cast.neighbour.code = "qinglan-2"
    cast.neighbour.save()
    assert "分不清" in post(page, code="2-mes", name="再一个").content.decode()
    assert Feed.objects.count() == 1


@pytest.mark.parametrize("named", ["/etc", "../../files", "a/../../baishi-x", "~root", "done", "C:\\data", "a\x00b"])
def test_a_folder_outside_the_plants_own_is_refused(cast: Cast, page: Client, named: str) -> None:
    Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile=PROFILE)
    answer = post(page, "/feeds/new/?kind=folder", folder=named, source="s1")
    assert answer.status_code == 422 and not Feed.objects.exists()


def test_a_link_that_leads_out_of_the_plants_folders_is_not_looked_into(cast: Cast, page: Client, home: Path) -> None:
    Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile=PROFILE)
    (home / "feeds" / "qinglan").mkdir(parents=True)
    (home / "elsewhere").mkdir()
    (home / "feeds" / "qinglan" / "lab").symlink_to(home / "elsewhere")
    _job, said = tried(page, post(page, "/feeds/new/?kind=folder", "try", folder="lab", source="s1"))
    assert "不在本厂的数据源目录之下" in said


def test_a_folder_is_tried_and_its_file_stays_where_it_lies(cast: Cast, page: Client, home: Path) -> None:
    Source.objects.create(plant=cast.plant, code="s1", name="电量日报", profile=PROFILE)
    where = home / "feeds" / "qinglan" / "lab"
    where.mkdir(parents=True)
    (where / "电量.csv").write_text(HOURS, encoding="utf-8")
    os.utime(where / "电量.csv", (1, 1))
    job, said = tried(page, post(page, "/feeds/new/?kind=folder", "try", folder="lab", source="s1"))
    assert [(one["value"], one["becomes"]) for one in job.result["rows"]] == [("120.5", "new"), ("118.0", "new")]
    assert "qinglan/lab/电量.csv" in said and str(home) not in said
    assert (where / "电量.csv").exists() and not Reading.objects.exists() and not list(home.glob("try-*"))
    page.post(f"/feeds/try/{job.pk}/save/")
    assert Feed.objects.get().settings == {"folder": "lab", "source": "s1"}


def mes(home: Path, monkeypatch: pytest.MonkeyPatch, rows: int = 30) -> None:
    path = home / f"{SECRET}.db"
    with sqlite3.connect(path) as database:
        database.execute("create table history (tag text, at text, value text, unit text, changed text)")
        hours = [
            ("P1", f"2026-03-0{7 + n // 24} {n % 24:02d}:00", "120", "kWh", f"2026-03-09 0{n % 9}:30:00")
            for n in range(rows)
        ]
        database.executemany("insert into history values (?, ?, ?, ?, ?)", hours)
    monkeypatch.setenv("RONGLU_FEED_QINGLAN_POWER", f"sqlite:///{path}")


def test_a_query_is_tried_by_its_first_rows_and_the_address_is_nowhere(
    page: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mes(home, monkeypatch)
    job, said = tried(page, post(page, "/feeds/new/?kind=sql", "try", query=QUERY))
    assert len(job.result["rows"]) == 20 and job.result["rows"][0]["becomes"] == "new"
    assert not Reading.objects.exists() and not Feed.objects.exists()
    post(page, "/feeds/new/?kind=sql", query=QUERY)
    feed = Feed.objects.get()
    shown = (
        said + page.get(f"/feeds/{feed.pk}/").content.decode() + page.get(f"/feeds/{feed.pk}/edit/").content.decode()
    )
    assert SECRET not in shown + repr(feed.settings) + repr(job.args) + repr(job.result)
    assert "已由系统管理员设好" in shown


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("delete from history where at > :since", "select"),
        ("select tag, at, value into outfile '/tmp/x' from history where at > :since", "into"),
        ("with a as (delete from history returning *) select tag, at, value from a where at > :since", "delete"),
        ("select 'x' tag, now() at, pg_read_file('/etc/passwd') value where now() > :since", "pg_read_file"),
        ("select 'x' tag, now() at, \"pg_sleep\"(99) value where now() > :since", "pg_sleep"),
        ("select 1; select tag, at, value from history where at > :since", "分号"),
        ("select tag, at, value from history /*! into outfile 'x' */ where at > :since", "注释"),
        ("select tag, at, value from history where a = '\\' into x where b = ' and at > :since", "转义"),
        ("select tag, at, value from history where at > :since for update", "update"),
        ("select tag, at, value from history where tag = 'a and at > :since", "引号"),
    ],
)
def test_a_query_that_does_more_than_read_is_refused_before_it_runs(page: Client, query: str, word: str) -> None:
    answer = post(page, "/feeds/new/?kind=sql", "try", query=query)
    assert answer.status_code == 422 and word in answer.content.decode() and not Job.objects.exists()


def test_a_word_inside_quotes_is_no_deed(page: Client) -> None:
    query = "select tag, at, value from history where note = 'delete; update' and at > :since"
    assert "不能有 delete" not in post(page, "/feeds/new/?kind=sql", query=query).content.decode()


def test_a_query_that_never_ends_is_stopped(page: Client, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mes(home, monkeypatch)
    monkeypatch.setattr("ronglu.tasks.feeds_try.SECONDS", 1)
    query = "with recursive n(i) as (select 1 union all select i + 1 from n) select 'P1' tag, max(i) at, 1 value from n where i > :since"
    _job, said = tried(page, post(page, "/feeds/new/?kind=sql", "try", query=query))
    assert "没有及时答复" in said


def test_a_sample_message_shows_conversion_and_refusal(page: Client) -> None:
    job, said = tried(page, post(page, "/feeds/new/?kind=push", "try", sample=MESSAGE))
    rows = [(one.get("value"), one["becomes"]) for one in job.result["rows"]]
    assert rows == [("120.0", "new"), (None, "refused")]
    assert "单位“t”不能换成" in said and not Reading.objects.exists()


def test_going_back_from_a_try_keeps_what_was_filled_in_and_is_for_who_tried(
    cast: Cast, page: Client, client: Client
) -> None:
    job, said = tried(page, post(page, "/feeds/new/?kind=push", "try", sample=MESSAGE))
    assert f"tried={job.pk}" in said
    assert 'value="转炉电表"' in page.get(f"/feeds/new/?tried={job.pk}").content.decode()
    Job.objects.filter(pk=job.pk).update(created_by=cast.account["陈技术员"])
    assert page.get(f"/feeds/try/{job.pk}/").status_code == 404
    assert 'value="转炉电表"' not in page.get(f"/feeds/new/?tried={job.pk}&kind=push").content.decode()


def test_more_rows_are_offered_without_losing_any(page: Client) -> None:
    answer = post(page, do="more")
    assert (
        answer.status_code == 200
        and 'value="P1"' in answer.content.decode()
        and "tags-10-tag" in answer.content.decode()
    )


def test_three_tags_cost_as_many_queries_as_one(page: Client) -> None:
    post(page)
    feed = Feed.objects.get()

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert page.get(f"/feeds/{feed.pk}/edit/").status_code == 200
        return len(found)

    cost()
    one = cost()
    Feed.objects.update(tags=[feed.tags[0] | {"tag": f"P{number}"} for number in (1, 2, 3)])
    assert cost() == one


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_declaring_look_right(page: Client, look: Callable[..., Any], width: int) -> None:
    job, _said = tried(page, post(page, "/feeds/new/?kind=push", "try", sample=MESSAGE))
    check(look("/feeds/new/", width=width, cookies=page.cookies), f"feed-kinds-{width}")
    check(look("/feeds/new/?kind=sql", width=width, cookies=page.cookies), f"feed-new-{width}")
    check(look(f"/feeds/try/{job.pk}/", width=width, cookies=page.cookies), f"feed-tried-{width}")
