"""Which worker gets which test: those that share what is dear to make must meet on one, or each worker makes it again."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = """
from tests.support.workers import Workers


def pytest_configure(config):
    config.pluginmanager.register(Workers())
"""
TESTS = """
import os
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize("n", range(6))
def test_is_noted(n):
    time.sleep(0.05)
    with Path(os.environ["NOTED"]).open("a") as noted:
        noted.write(f"{Path(__file__).parent.name} {os.environ['PYTEST_XDIST_WORKER']}\\n")
"""


def test_one_worker_gets_all_of_the_commands_and_the_others_the_rest(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for place in ("tests/cli/test_one.py", "tests/cli/test_two.py", "tests/work/test_three.py"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(TESTS)
    words = ["-q", "-p", "no:django", "-p", "no:cacheprovider", "--import-mode=importlib", "-n2", "--dist=loadgroup"]
    env = os.environ | {"PYTHONPATH": str(ROOT), "NOTED": str(tmp_path / "noted")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    noted = [line.split() for line in (tmp_path / "noted").read_text().splitlines()]
    assert len([1 for place, _ in noted if place == "cli"]) == 12
    assert len({worker for place, worker in noted if place == "cli"}) == 1
    assert {worker for _, worker in noted} == {"gw0", "gw1"}
