"""`make bench`: every bench in a process and a data folder of its own; one line a ratio, 1 where a limit is passed.

python -m bench [NAME …] [--scale]     NAME: a file of this folder; --scale: growth to larger months (minutes more)
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version

from bench.line import Line

BENCHES = (
    "scoring",
    "rollup",
    "rescore",
    "plant_year",
    "import_book",
    "board_page",
    "inbox",
    "tend",
    "effect",
    "contest",
    "contest_lines",
    "forecast",
    "regulations",
    "meetings",
)
LARGE = ("country", "boards_scale")
"""Minutes each: only when named."""
LIBRARIES = ("duckdb", "ibis-framework", "pyarrow", "django", "python-calamine")


def main() -> int:
    options = argparse.ArgumentParser(prog="bench", description="比例在同一次运行中量得，单位秒")
    options.add_argument("names", nargs="*", choices=[*BENCHES, *LARGE, []], metavar="NAME")
    options.add_argument("--scale", action="store_true")
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.here:
        return here(chosen.names[0], chosen.scale)
    print(machine(), flush=True)
    started, lines = time.monotonic(), []
    for name in chosen.names or BENCHES:
        lines += apart(name, chosen.scale)
    print(f"{time.monotonic() - started:.0f} s; {sum(not line.within for line in lines)} over their limit", flush=True)
    return 0 if all(line.within for line in lines) else 1


def machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    cores = len(os.sched_getaffinity(0))
    return f"{platform.machine()}, {cores} cores, {platform.system()}, Python {platform.python_version()}, {libraries}"


def apart(name: str, scale: bool) -> list[Line]:
    """Runs a bench in a process of its own, prints its lines and gives them back."""
    with tempfile.TemporaryDirectory(prefix="ronglu-bench-") as home:
        env = os.environ | {"RONGLU_HOME": home, "DJANGO_SETTINGS_MODULE": "ronglu.config.settings"}
        env["OPENBLAS_NUM_THREADS"] = "1"  # thousands of small matrices: threads would only stand in each other's way
        env.pop("DATABASE_URL", None)
        call = [sys.executable, "-W", "ignore", "-m", "bench", name, "--here", *(["--scale"] if scale else [])]
        done = subprocess.run(call, env=env, stdout=subprocess.PIPE, text=True, check=True)
    *told, last = done.stdout.splitlines()
    for text in told:
        print(text, flush=True)
    lines = [Line(**row) for row in json.loads(last)]
    for line in lines:
        print(line, flush=True)
    return lines


def here(name: str, scale: bool) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    bench = import_module(f"bench.{name}")
    if getattr(bench, "TABLES", True):
        call_command("migrate", verbosity=0)
    lines = bench.measure(scale=scale) if scale and getattr(bench, "SCALES", False) else bench.measure()
    print(json.dumps([asdict(line) for line in lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
