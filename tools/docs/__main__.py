"""Write the reference pages, or with --check say which are out of date."""

import sys
from collections.abc import Callable
from pathlib import Path

from tools.docs import glossary, indicators, items, loops, regulations, requirements

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "requirements.md": requirements.requirements,
    "glossary.md": glossary.glossary,
    "indicators.md": indicators.indicators,
    "series.md": indicators.series,
    "items.md": items.items,
    "loops.md": loops.loops,
    "regulations.md": regulations.regulations,
}
PROVEN = REFERENCE / "proven.md"


def stale() -> list[str]:
    """What on disk is not what the declarations say now."""
    old = [name for name, make in PAGES.items() if read(REFERENCE / name) != make()]
    rows = requirements.proven_is_stale(read(PROVEN))
    return old + ([f"proven.md ({', '.join(rows)})"] if rows else [])


def read(path: Path) -> str:
    """A page, empty when it was never made."""
    return path.read_text("utf-8") if path.exists() else ""


def write() -> None:
    """Make all pages; the page of proofs needs its tests to be run."""
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), "utf-8")
    PROVEN.write_text(requirements.proven(requirements.run_proofs()), "utf-8")


def main() -> int:
    """Exit code 1 when --check finds something."""
    if "--check" not in sys.argv:
        write()
        return 0
    found = stale()
    for name in found:
        print(f"docs/reference/{name} 过期，请运行 make docs · out of date, run `make docs`")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
