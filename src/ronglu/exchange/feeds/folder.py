"""A watched folder: which files are whole, and where they go when they were taken or refused, their report beside them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ronglu.exchange.arrive import ENDINGS

DONE, FAILED = "done", "failed"
QUIET_SECONDS = 30
"""A file that changed more lately may still be growing. 系统默认，可修改."""
MOST = 200
"""Files of one look; the rest wait for the next."""


def problems(named: str) -> list[str]:
    """What is wrong with a folder's name as it is declared: it lies below the plant's own, and is none that we move files to."""
    parts = Path(named).parts
    if not named:
        return []
    if named.startswith(("/", "~")) or "\\" in named or ":" in named or ".." in parts or not named.isprintable():
        return ["文件夹（folder）应写数据源目录下的名字，如 laboratory，不能写别处的路径"]
    return ["文件夹（folder）不能是 done 或 failed：读过的文件移到那里"] if {DONE, FAILED} & set(parts) else []


@dataclass(frozen=True, slots=True)
class Ripe:
    path: Path
    size: int
    changed: int


def ripe(folder: Path, *, now: float, quiet: int = QUIET_SECONDS) -> list[Ripe]:
    """Files that have not changed for a while, the oldest first; hidden ones and half-copied ones are none.

    A clock that was set back makes a file look new: then it simply waits.
    """
    found = [one for path in _files(folder) if (one := _look(path)) and now - one.changed / 1e9 >= quiet and one.size]
    return sorted(found, key=lambda one: (one.changed, one.path.name))[:MOST]


def still(one: Ripe) -> bool:
    """Whether it is as it was when it was looked at: reading one that grows would take a part for the whole."""
    return _look(one.path) == one


def put_away(one: Ripe, *, where: str, report: str, beside: Mapping[str, Path] | None = None) -> Path:
    """Moves the file, in one step, and writes what became of it; a name that is taken gets a number."""
    target = _free(one.path.parent / where, one.path.name)
    os.replace(one.path, target)
    target.with_name(f"{target.name}.报告.txt").write_text(report, encoding="utf-8")
    for name, path in (beside or {}).items():
        if path.exists():
            target.with_name(f"{target.name}.{name}").write_bytes(path.read_bytes())
    return target


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.lower().endswith(ENDINGS) and not path.name.startswith((".", "~$")):
            yield path


def _look(path: Path) -> Ripe | None:
    """Links are not followed: the folder may be open to others, who must not make us read what they can't."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return Ripe(path, found.st_size, found.st_mtime_ns) if path.is_file() and not path.is_symlink() else None


def _free(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(10_000):
        target = folder / (f"{number}-{name}" if number else name)
        if not target.exists():
            return target
    raise OSError("这个文件名已用了一万次")
