"""How the two lock files are made anew: pinned versions with hashes, and no address in them.

    python tools/lock.py [--upgrade] [--constraint FILE]

Needs `pip-tools` in the environment that runs it; uv is not used because its own lock records addresses.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HABITS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--build-deps-for=editable",
    "--resolver=backtracking",
]


def compile_lock(name: str, *, source: str, options: list[str]) -> None:
    """Write `requirements/<name>.txt` from the declaration in `source`."""
    target = f"requirements/{name}.txt"
    print(f"{target} …", flush=True)
    command = [sys.executable, "-m", "piptools", "compile", *HABITS, *options, "--output-file", target, source]
    subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Compile test first: run and node then take the same versions from it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take newer versions where the declaration allows")
    parser.add_argument("--constraint", default=[], action="append", help="versions to keep to")
    given = parser.parse_args()
    options = (["--upgrade"] if given.upgrade else []) + [f"--constraint={path}" for path in given.constraint]
    compile_lock("test", source="pyproject.toml", options=[*options, "--extra=test"])
    compile_lock("run", source="pyproject.toml", options=[*options, "--constraint=requirements/test.txt"])
    node = [option for option in HABITS if not option.startswith("--build-deps")]
    print("requirements/node.txt …", flush=True)
    command = [sys.executable, "-m", "piptools", "compile", *node, *options]
    subprocess.run([*command, "--output-file", "requirements/node.txt", "requirements/node.in"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
