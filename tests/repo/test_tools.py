"""The tools that a fresh machine meets first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import pg, setup
from tools.docs.indicators import plain
from tools.docs.table import cell, table

ROOT = Path(__file__).resolve().parents[2]


def test_a_step_is_done_again_when_one_of_its_files_changed(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("a==1")
    stamp.write_text(setup.digest([lock]))
    assert setup.fresh(stamp, setup.digest([lock]))
    lock.write_text("a==2")
    assert not setup.fresh(stamp, setup.digest([lock]))


def test_a_step_never_done_is_not_fresh(tmp_path: Path) -> None:
    assert not setup.fresh(tmp_path / "none", "")


def test_only_root_with_apt_installs_system_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not setup.apt_allowed()


@pytest.mark.skipif(pg.programs() is None, reason="没有 PostgreSQL：请安装 postgresql · PostgreSQL is not installed")
def test_the_postgresql_of_a_command_is_gone_afterwards() -> None:
    command = [
        sys.executable,
        str(ROOT / "tools" / "pg.py"),
        sys.executable,
        "-c",
        "import os; print(os.environ['DATABASE_URL'])",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    url = done.stdout.strip()
    assert done.returncode == 0, done.stderr
    assert url.startswith("postgresql://ronglu@127.0.0.1:")
    probe = subprocess.run(
        [sys.executable, "-c", "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3)", url],
        capture_output=True,
    )
    assert probe.returncode != 0


@pytest.mark.skipif(pg.programs() is None, reason="没有 PostgreSQL：请安装 postgresql · PostgreSQL is not installed")
def test_a_failing_command_beside_postgresql_keeps_its_exit_code() -> None:
    command = [sys.executable, str(ROOT / "tools" / "pg.py"), sys.executable, "-c", "raise SystemExit(7)"]
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 7


def test_a_table_cell_cannot_break_its_row() -> None:
    assert cell("a|b\nc") == "a\\|b c"
    assert table(["x"], [(None,)]) == "| x |\n|---|\n|  |\n"


def test_numbers_are_written_without_exponent() -> None:
    from decimal import Decimal

    assert [plain(Decimal(text)) for text in ("1E+2", "0.10", "100")] == ["100", "0.1", "100"]
