"""What `make test` runs: the whole suite on SQLite, then what touches tables on a PostgreSQL of its own.

    python tools/suite.py [pytest arguments]      arguments pick tests and go to both passes

The last line counts both passes together; the exit code is not 0 when anything failed or nothing ran.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pg

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
# one more than there are processors: a test often waits for its browser, its child process or the database
WORKERS = min((os.cpu_count() or 1) + 1, 8)


def run(title: str, *, home: Path, env: dict[str, str], extra: list[str]) -> tuple[int, dict[str, int]]:
    """One pytest pass with its workers and a data folder of its own; (exit code, outcomes)."""
    print(f"\n══ {title} ══", flush=True)
    (home / "data").mkdir(parents=True)
    report = home / "outcomes.json"
    command = [sys.executable, "-m", "pytest", f"-n{WORKERS}", "--dist=loadgroup", "-q", f"--outcomes={report}", *extra]
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "RONGLU_HOME"}}
    # the invented group is made in the first pass that wants it
    ours = {"RONGLU_HOME": str(home / "data"), "RONGLU_SMALL_HOUSE": str(home.parent / "house")}
    code = subprocess.run(command, cwd=ROOT, env=clean | env | ours).returncode
    counts = json.loads(report.read_text()) if report.exists() else {}
    return code, counts


def main() -> int:
    """Both passes and one closing line."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = sys.argv[1:]
    codes, total = [], {"passed": 0, "failed": 0, "skipped": 0}

    def add(code: int, counts: dict[str, int]) -> None:
        codes.append(code)
        for outcome in total:
            total[outcome] += counts.get(outcome, 0)

    with tempfile.TemporaryDirectory(prefix="ronglu-test-") as folder:
        home = Path(folder)
        add(*run("SQLite", home=home / "sqlite", env={}, extra=chosen))
        if pg.programs() is None:
            print(
                "\n没有 PostgreSQL,这一遍没有跑：请安装 postgresql · not installed, second pass did not run", flush=True
            )
        else:
            with pg.server() as url:
                add(
                    *run(
                        "PostgreSQL",
                        home=home / "postgresql",
                        env={"DATABASE_URL": url},
                        extra=["--tables-only", *chosen],
                    )
                )

    print(f"\ntotal: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    bad = [code for code in codes if code not in {0, NOTHING_COLLECTED}]
    if bad:
        return bad[0]
    return 0 if total["passed"] else NOTHING_COLLECTED


if __name__ == "__main__":
    sys.exit(main())
