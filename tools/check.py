"""What `make check` looks at; every step runs, and the last lines say which ones failed.

python tools/check.py [NAME …]      only the named steps
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PY = [sys.executable, "-m"]
BIN = Path(sys.executable).parent
STEPS: dict[str, list[str]] = {
    "style": [*PY, "ruff", "check", "--quiet"],
    "format": [*PY, "ruff", "format", "--check", "--quiet"],
    "types": [*PY, "mypy", "--no-error-summary"],
    "walls": [str(BIN / "lint-imports"), "--no-logo"],
    "migrations": [*PY, "django", "makemigrations", "--check", "--dry-run", "--verbosity=1"],
    "packs": [*PY, "tools.packs"],
    "docs": [*PY, "tools.docs", "--check"],
    "repository": [*PY, "pytest", "-q", "tests/repo"],
}


def main() -> int:
    """Run the steps one after another; 1 when any failed."""
    chosen = sys.argv[1:] or list(STEPS)
    if unknown := [name for name in chosen if name not in STEPS]:
        sys.exit(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    failed = []
    with tempfile.TemporaryDirectory(prefix="ronglu-check-") as home:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ronglu.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "RONGLU_HOME": home,
        }
        env.pop("DATABASE_URL", None)
        for name in chosen:
            started = time.monotonic()
            done = subprocess.run(STEPS[name], cwd=ROOT, env=env, capture_output=True, text=True)
            verdict = "ok" if done.returncode == 0 else "FAILED"
            print(f"{verdict:7}{name:13}{time.monotonic() - started:5.1f} s", flush=True)
            if done.returncode:
                failed.append(name)
                print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    print(f"check: {'all well' if not failed else 'failed: ' + ', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
