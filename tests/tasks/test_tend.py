"""The clock: what is due is done once, whoever else looks, whatever fails beside it, whenever it is killed."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from ronglu.exchange.channels import Channel, Message, Sent
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import (
    Case,
    CaseRow,
    CaseStep,
    Digest,
    Finding,
    Notice,
    NoticeChannel,
    TendFault,
    TendMark,
)
from ronglu.tasks import tend
from ronglu.work import cases_clock, digests, tending
from tests.cast import AT, Cast, cast, make_cast
from tests.work.lived import held
from tests.work.loops_cast import LOOPS, line, report, settle, step

__all__ = ["cast"]
DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 3, 13)
SRC = Path(__file__).resolve().parents[2] / "src"


class Post:
    """Takes what is sent and keeps it."""

    def __init__(self, ok: bool = True) -> None:
        self.ok, self.said = ok, list[Message]()

    def __call__(self, channel: Channel, message: Message) -> Sent:
        self.said.append(message)
        return Sent(self.ok, "" if self.ok else "连不上对方")


def once(at: dt.datetime, post: Post | None = None) -> tend.Pass:
    return tend.once(at=at, now=lambda: at, send=post or Post())


def hook(cast: Cast, address: str = "http://10.0.0.8:9000/notice") -> NoticeChannel:
    return NoticeChannel.objects.create(plant=cast.plant, kind="hook", label="全厂群", address=address)


def found(cast: Cast, n: int, *, due_at: dt.datetime, apart: dt.timedelta = dt.timedelta(0)) -> list[Case]:
    """So many hazards that wait for the safety officer, the first to be looked at now, the others before."""
    return Case.objects.bulk_create(
        Case(
            plant=cast.plant, loop="hazard", version=1, number=f"YH-{k:06}", title=f"第 {k} 处", state="found",
            phase="open", unit=cast.unit["QL-R1-甲"], turn="safety_officer", raised_at=AT, entered_at=AT, due_at=due_at,
            next_at=due_at - k * apart,
        )
        for k in range(n)
    )  # fmt: skip


def everything() -> list[list[tuple[Any, ...]]]:
    """What a pass may change, but for the moment it left."""
    tables = (Case, CaseRow, CaseStep, Notice, Digest, TendFault)
    marks = list(TendMark.objects.exclude(name=tend.RUNS).order_by("pk").values_list())
    return [list(model.objects.order_by("pk").values_list()) for model in tables] + [marks]


def test_a_deadline_that_passed_is_told_in_house_and_in_the_group(cast: Cast) -> None:
    hook(cast)
    case, post = report(cast).case, Post()
    assert case.due_at is not None
    done = once(case.due_at + 9 * dt.timedelta(hours=1), post)
    assert (done.cases.looked, done.cases.told, done.notices.sent) == (1, 1, 1)
    assert Notice.objects.filter(case=case, person=cast.person["马主任"]).count() == 1
    assert post.said == [Message("待办提醒 1 件，其中 1 件已过期", ("YH-2026-0001 法兰渗水",))]


def test_a_second_pass_changes_nothing(cast: Cast) -> None:
    hook(cast)
    found(cast, 7, due_at=AT)
    report(cast)
    post = Post()
    once(AT, post)
    before, sent = everything(), len(post.said)
    assert once(AT, post).idle
    assert everything() == before
    assert len(post.said) == sent == 1


def test_an_open_measure_climbs_by_its_own_date(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, 20))
    Case.objects.update(next_at=None)
    Notice.objects.all().delete()
    for day in (16, 17, 18, 21, 21, 24, 28, 28):
        once(dt.datetime(2026, 3, day, 0, 30))
    told = list(Notice.objects.order_by("at", "pk").values_list("person__name", "at__day", "key"))
    assert told == [
        ("陈技术员", 18, f"{case.pk}:measure:1:0:rung:0"),  # 20 March ends at midnight: three days before is the 18th
        ("马主任", 21, f"{case.pk}:measure:1:0:rung:1"),
        ("赵安全员", 24, f"{case.pk}:measure:1:0:rung:2"),
    ]
    row.refresh_from_db()
    assert row.next_at is None


def test_a_measure_that_is_done_climbs_no_further(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "grade")
    row = line(cast, case, "赵安全员", who="陈技术员", due_on=dt.date(2026, 3, 20))
    assert row.next_at == dt.datetime(2026, 3, 18)
    step(cast, case, "马主任", "settle", fixer="陈技术员", funds="不需要", fix_by="2026-03-20", fallback="不需要")
    settle(cast, row, "陈技术员", "done")
    row.refresh_from_db()
    assert row.next_at is None


def test_who_has_just_been_given_a_day_is_not_reminded_that_three_are_left(cast: Cast) -> None:
    case = report(cast).case
    assert case.next_at == case.due_at


def test_one_case_that_fails_keeps_no_other_from_its_turn(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    good, bad = found(cast, 60, due_at=AT), report(cast, at=AT - 9 * DAY).case
    Case.objects.filter(pk=bad.pk).update(state="no-such-state", next_at=AT - DAY)
    done = once(AT)
    assert (done.cases.looked, done.cases.failed) == (60, 1)
    assert not Case.objects.filter(pk__in=[one.pk for one in good], rung=-1).exists()
    fault = TendFault.objects.get()
    assert (fault.key, fault.label, fault.times) == (f"case:{bad.pk}", bad.number, 1)
    bad.refresh_from_db()
    assert bad.next_at == AT + tending.AGAIN
    assert once(AT).cases.failed == 0
    once(AT + tending.AGAIN)
    assert TendFault.objects.get().times == 2
    Case.objects.filter(pk=bad.pk).update(state="found")
    once(AT + 2 * tending.AGAIN)
    assert not TendFault.objects.exists()


def test_a_case_that_is_due_again_and_again_is_left_after_some_looks(cast: Cast, monkeypatch: Any) -> None:
    [case] = found(cast, 1, due_at=AT)
    monkeypatch.setattr(cases_clock.cases_tell, "next_look", lambda loop, case: AT)
    done = once(AT)
    assert done.cases.failed == 1
    assert "反复到期" in TendFault.objects.get(key=f"case:{case.pk}").detail


def test_the_rules_on_organisational_life_are_run_every_day(cast: Cast) -> None:
    held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 1, 8))
    once(AT)
    (row,) = Finding.objects.filter(rule="R-LIFE-03")
    assert (row.subject.endswith(":2026-02"), row.opened_on, row.cleared_on) == (True, dt.date(2026, 3, 6), None)
    held(cast, "QL-B1-甲", "group_meeting", dt.date(2026, 2, 26))
    once(AT + DAY)
    row.refresh_from_db()
    assert row.cleared_on == (AT + DAY).date()


def test_the_work_of_the_day_is_done_once_a_day_and_its_failure_is_told(cast: Cast, monkeypatch: Any) -> None:
    ran: list[dt.date] = []

    def refresh(*, plant: Any, on: dt.date, at: dt.datetime) -> None:
        ran.append(on)
        if len(ran) == 1:
            raise ValueError("坏了")

    monkeypatch.setattr(tend.findings, "refresh_findings", refresh)
    assert once(AT).faults == ["findings:qinglan"]
    assert once(AT).faults == []
    assert len(ran) == 2, "it rests for an hour; the other plant is done"
    assert TendFault.objects.get().label == "青岚冶炼厂 组织检查"
    for at in (AT + tending.AGAIN, AT + tending.AGAIN, AT + DAY):
        once(at)
    assert ran == [AT.date()] * 3 + [AT.date() + DAY] * 2
    assert not TendFault.objects.exists()


def test_a_group_that_cannot_be_reached_costs_nothing_but_the_message(cast: Cast) -> None:
    hook(cast)
    found(cast, 1, due_at=AT)
    done = once(AT, Post(ok=False))
    assert (done.notices.failed, done.cases.looked) == (1, 1)
    assert Digest.objects.get().detail == "连不上对方"


@pytest.mark.parametrize("of", ["cases", "lines", "notices", "digests"])
def test_what_is_due_is_found_along_an_index(cast: Cast, of: str) -> None:
    """Ten thousand cases due, of all moments of a week."""
    many = {"cases": 10_000, "lines": 2_000}.get(of, 0)
    cases, person = found(cast, many, due_at=AT, apart=dt.timedelta(minutes=1)), cast.person["李班长"]
    if of == "lines":
        CaseRow.objects.bulk_create(
            CaseRow(case=c, kind="measure", no=1, state="open", person=person, added_at=AT, next_at=c.next_at)
            for c in cases
        )
    if of == "notices":
        Notice.objects.bulk_create(
            Notice(plant=cast.plant, person=person, kind="rung", at=AT, from_at=AT, key=str(n), state="put")
            for n in range(4000)
        )
    if of == "digests":
        Digest.objects.bulk_create(
            Digest(plant=cast.plant, key=str(n), title="t", at=AT, next_at=AT, state="sent") for n in range(4000)
        )
    rows = {
        "cases": cases_clock.due_cases(AT, LOOPS)[:50],
        "lines": cases_clock.due_lines(AT, LOOPS)[:50],
        "notices": Notice.objects.filter(state="new").order_by("from_at")[:50],
        "digests": digests.due(AT)[:50],
    }[of]
    index = {"cases": "case_next", "lines": "row_next", "notices": "notice_due", "digests": "digest_due"}[of]
    table = {"cases": "store_case", "lines": "store_caserow", "notices": "store_notice", "digests": "store_digest"}[of]
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    plan = rows.explain()
    assert index in plan, plan
    assert f"Seq Scan on {table}" not in plan and f"SCAN {table}\n" not in f"{plan}\n", plan


# ── real processes ────────────────────────────────────────────────────────────────────────────────────────────────────


class Heard(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append(self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[attr-defined]
        time.sleep(0.2)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def group() -> Iterator[Any]:
    """A chat group of the simplest kind: it keeps what it hears."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heard)
    server.heard = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


class Outside:
    """The test's database as other processes see it: PostgreSQL's own, or a copy of SQLite's memory in a file."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.file = home / "ronglu.sqlite3"
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
                copy.execute(
                    "PRAGMA journal_mode=WAL"
                )  # as the product's own file is: the change itself bears no second process

    def start(self, at: dt.datetime) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("RONGLU_", "DATABASE_"))}
        env = kept | {"RONGLU_HOME": str(self.home), "PYTHONPATH": str(SRC), "RONGLU_TODAY": at.isoformat()}
        if connection.vendor == "postgresql":
            s = connection.settings_dict
            env["DATABASE_URL"] = f"postgresql://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT']}/{s['NAME']}"
        words = [sys.executable, "-m", "ronglu.cli.main", "tend", "--once"]
        return subprocess.Popen(
            words, env=env, cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return list(cursor.fetchall())
        with closing(sqlite3.connect(self.file, timeout=30)) as file:
            return file.execute(statement).fetchall()


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_each_once(group: Any, tmp_path: Path) -> None:
    cast = make_cast()
    hook(cast, f"http://127.0.0.1:{group.server_address[1]}/x")
    found(cast, 400, due_at=AT)
    outside = Outside(tmp_path)
    clocks = [outside.start(AT) for _ in range(2)]
    said = [clock.communicate(timeout=600) for clock in clocks]
    assert [clock.returncode for clock in clocks] == [0, 0], said
    assert outside.rows("select count(*), count(distinct key) from store_notice") == [(400, 400)]
    assert outside.rows("select count(*) from store_case where rung = 1 and next_at is not null") == [(400,)]
    assert outside.rows("select state, tries from store_digest") == [("sent", 1)]
    assert len(group.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_killed_leaves_nothing_half_done(tmp_path: Path) -> None:
    """Whatever rows it had begun with: told and moved up the ladder together, or not at all."""
    cast = make_cast()
    found(cast, 3000, due_at=AT)
    outside = Outside(tmp_path)
    clock = outside.start(AT)
    until = time.monotonic() + 60
    while not outside.rows("select count(*) from store_notice")[0][0] and time.monotonic() < until:
        time.sleep(0.02)
    clock.send_signal(signal.SIGKILL)
    clock.communicate(timeout=30)
    climbed = outside.rows("select count(*) from store_case where rung = 1")[0][0]
    assert outside.rows("select count(*) from store_notice") == [(climbed,)]
    assert 0 < climbed < 3000
    last = outside.start(AT)
    assert last.wait(120) == 0, last.communicate()
    assert outside.rows("select count(*), count(distinct key) from store_notice") == [(3000, 3000)]


def test_an_unknown_loop_is_left_alone(cast: Cast) -> None:
    found(cast, 1, due_at=AT)
    Case.objects.update(loop="gone")
    loops: dict[str, Loop] = dict(LOOPS)
    assert cases_clock.tend_cases(loops=loops, at=AT).looked == 0
