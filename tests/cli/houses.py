"""A small invented group in a data folder of its own, made once by the real command; and how commands are run."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parent.parent.parent / "src"
RONGLU = [sys.executable, "-m", "ronglu.cli.main"]


def environment(home: Path) -> dict[str, str]:
    """Nothing of the suite's own settings: a command is run as a person would."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RONGLU_", "DJANGO_", "DATABASE_"))}
    return kept | {"RONGLU_HOME": str(home), "PYTHONPATH": str(SRC), "PYTHONUTF8": "1"}


def ronglu(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = environment(home)
    return subprocess.run([*RONGLU, *words], env=env, cwd=home, capture_output=True, text=True, timeout=1500)


def rows(home: Path, statement: str) -> list[tuple[object, ...]]:
    """Straight from the file; closed at once, so that a copy never meets a journal that goes away under it."""
    with closing(sqlite3.connect(home / "ronglu.sqlite3")) as found, found:
        return found.execute(statement).fetchall()


def made(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    done = ronglu(home, "demo", "--small", "--json")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Looked at only; whoever writes takes a copy. `make test` names a folder where its second pass finds it again."""
    if not (kept := os.environ.get("RONGLU_SMALL_HOUSE")):
        return made(tmp_path_factory.mktemp("small"))
    if not Path(kept).is_dir():
        made(fresh := Path(f"{kept}.{os.getpid()}"))
        fresh.rename(kept)
    return Path(kept)


@pytest.fixture
def house(small: Path, tmp_path: Path) -> Path:
    """A copy to write in."""
    return Path(shutil.copytree(small, tmp_path / "house"))
