"""The reading child: what goes wrong in it is a clear refusal for the person and nothing at all for the worker."""

import os
import signal
import time
from pathlib import Path

import pytest

from ronglu.exchange import sandbox
from ronglu.exchange.guard import check
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import Cancelled, ParserCrashed, ParserTimeout, TooLarge
from ronglu.exchange.sandbox import read_file
from tests.exchange.books import day_profile, read, value, write

FEED = day_profile(value("处理量", "feed"))


def table(path: Path, rows: int = 3) -> Path:
    return write(path, {"日报": [["日期", "处理量"], *[[f"2026-03-{n % 28 + 1:02d}", n] for n in range(rows)]]})


def test_a_child_that_dies_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check(table(tmp_path / "a.xlsx"))
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    with pytest.raises(ParserCrashed, match="什么也没有保存"):
        read_file(checked)


def test_a_child_without_enough_memory_is_a_refusal(tmp_path: Path) -> None:
    checked = check(table(tmp_path / "a.xlsx", rows=60_000))
    with pytest.raises(ParserCrashed):
        read_file(checked, limits=Limits(memory_bytes=30 * 2**20))


def test_a_child_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    checked = check(table(tmp_path / "a.xlsx", rows=60_000))
    started = time.perf_counter()
    with pytest.raises(ParserTimeout):
        read_file(checked, limits=Limits(wall_seconds=0))
    assert time.perf_counter() - started < 5


def test_progress_is_told_and_raising_from_it_cancels_and_ends_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check(table(tmp_path / "a.xlsx", rows=2000))
    children = []
    start = sandbox.subprocess.Popen
    monkeypatch.setattr(sandbox.subprocess, "Popen", lambda *a, **k: children.append(start(*a, **k)) or children[-1])
    told: list[str] = []

    def stop(done: int, total: int, text: str) -> None:
        told.append(text)
        raise Cancelled

    with pytest.raises(Cancelled):
        read_file(checked, progress=stop)
    assert told == ["检查表“日报”"]
    assert children[0].poll() is not None
    with pytest.raises(ProcessLookupError):
        os.kill(children[0].pid, signal.SIGTERM)


def test_more_cells_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        read(table(tmp_path / "a.xlsx", rows=100), FEED, limits=Limits(cells=150))


def test_only_plain_values_are_taken_from_the_child(tmp_path: Path) -> None:
    import pickle

    path = tmp_path / "rows"
    path.write_bytes(pickle.dumps({"sheets": [], "evil": os.system}))
    with pytest.raises(ParserCrashed):
        sandbox._take(path)


def test_the_child_does_not_inherit_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    start = sandbox.subprocess.Popen
    monkeypatch.setenv("DATABASE_URL", "secret")
    monkeypatch.setattr(sandbox.subprocess, "Popen", lambda *a, **k: seen.update(k["env"]) or start(*a, **k))
    read_file(check(table(tmp_path / "a.xlsx")))
    assert "DATABASE_URL" not in seen
