"""Starts the reading child, watches it, and takes its rows: whatever happens to the child, the worker lives on."""

import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ronglu.exchange.guard import Checked
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import REFUSALS, ParserCrashed, ParserTimeout
from ronglu.exchange.scan import Scan

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class Sheet:
    """`rows` is None for a sheet that was not chosen; blank cells are ''."""

    scan: Scan
    rows: list[list[Any]] | None

    @property
    def name(self) -> str:
        return self.scan.name


@dataclass(slots=True)
class Read:
    kind: str
    date1904: bool
    links: int
    encoding: str
    delimiter: str
    sheets: list[Sheet] = field(default_factory=list)


def read_file(
    checked: Checked,
    *,
    select: Mapping[str, Any] | None = None,
    limits: Limits = Limits(),
    head: int | None = None,
    csv_options: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Read:
    """Rows of the chosen sheets. Raises the child's refusal by name; raises what `progress` raises (that is how to cancel)."""
    with tempfile.TemporaryDirectory(prefix="ronglu-read-") as folder:
        result = Path(folder) / "rows"
        job = {
            "path": str(checked.path.resolve()),
            "kind": str(checked.kind),
            "select": dict(select or {}),
            "limits": limits.as_dict(),
            "head": head,
            "csv": {k: v for k, v in (csv_options or {}).items() if v},
            "result": str(result),
        }
        _run(job, limits, progress)
        return _take(result)


def _run(job: dict[str, Any], limits: Limits, progress: Progress | None) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
    }
    environment |= {
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        "RUST_BACKTRACE": "0",
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "ronglu.exchange.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert child.stdin and child.stdout
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(limits.wall_seconds, stop)
    clock.start()
    last: dict[str, Any] = {}
    try:
        try:
            child.stdin.write(json.dumps(job) + "\n")
            child.stdin.close()
        except BrokenPipeError:  # died before it read: its exit code tells
            pass
        for line in child.stdout:
            last = json.loads(line)
            if progress and "refused" not in last:
                progress(int(last.get("done", 0)), int(last.get("total", 0)), str(last.get("text", "")))
        code = child.wait()
    finally:
        clock.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()
        child.stdout.close()
    if "refused" in last:
        raise REFUSALS.get(last["refused"], ParserCrashed)(last["message"])
    if late.is_set() or code == -24:  # SIGXCPU
        raise ParserTimeout(
            f"读取超过 {limits.wall_seconds} 秒(或 {limits.cpu_seconds} 秒处理器时间),已停止。请拆分文件后再上传。"
        )
    if code:
        raise ParserCrashed(
            "读取程序在这个文件上中断了,文件可能已损坏或被做过手脚。什么也没有保存。请用 Excel 或 WPS 打开后另存再上传。"
        )


class _Plain(pickle.Unpickler):
    """The child has touched a stranger's file: from it only plain values and dates are taken."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("datetime", "date", "time", "timedelta"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def _take(result: Path) -> Read:
    try:
        with result.open("rb") as file:
            plain = _Plain(file).load()
    except (pickle.UnpicklingError, EOFError, OSError) as why:
        raise ParserCrashed("读取结果不完整,什么也没有保存。请重试;再次出现时请另存文件后上传。") from why
    sheets = []
    for raw in plain.pop("sheets"):
        rows = raw.pop("data")
        sheets.append(Sheet(Scan(**raw), rows))
    return Read(sheets=sheets, **plain)
