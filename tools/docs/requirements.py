"""The pages about the 202 inventory rows: what each asks for, and which tests prove it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tools.docs.table import page, table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "reference" / "requirements.yaml"
Proofs = Mapping[str, Mapping[str, str]]


def inventory() -> dict[str, Any]:
    """The rows as written."""
    loaded: dict[str, Any] = yaml.safe_load(SOURCE.read_text("utf-8"))
    return loaded


def requirements() -> str:
    """docs/reference/requirements.md."""
    data = inventory()
    works, rows = data["works"], data["rows"]
    parts = [
        f"产品要承载的 {len(rows)} 项机制，用产品自己的话说。编号不变，代码、测试和提交都引用它。哪些已有测试证明，见 [proven.md](proven.md)。\n"
    ]
    counts = {code: sum(row["work"] == code for row in rows) for code in works}
    parts.append(
        table(["工作", "Work", "项数"], [(w["label"] + later(w), w["en"], counts[c]) for c, w in works.items()])
    )
    for area, name in data["areas"].items():
        parts.append(f"## {area} {name['label']} · {name['en']}\n")
        chosen = [row for row in rows if row["id"].startswith(f"{area}-")]
        parts.append(
            table(
                ["编号", "机制", "产品做什么", "工作"],
                [(r["id"], r["name"], r["text"], works[r["work"]]["label"]) for r in chosen],
            )
        )
    return page("需求清单 · Requirements", *parts)


def later(work: Mapping[str, Any]) -> str:
    """A word for pieces of work that are not planned yet."""
    return "（以后）" if work.get("later") else ""


def proven(proofs: Proofs) -> str:
    """docs/reference/proven.md; a row counts only when every test that carries it ran and passed."""
    data = inventory()
    rows = {row["id"]: row for row in data["rows"]}
    sure = {row for row, tests in proofs.items() if tests and set(tests.values()) == {"passed"}}
    intro = (
        f"{len(rows)} 项中，{len(sure)} 项由跑过并通过的测试证明。"
        "一项有测试失败或没有跑（例如缺测试数据），就不算证明。\n"
    )
    if not proofs:
        return page("已证明的需求 · Proven requirements", intro, "还没有测试带着编号。\n")
    shown = [row for row in rows if row in proofs]
    body = [
        (
            row,
            rows[row]["name"],
            "✓" if row in sure else "—",
            "<br>".join(named(t, o) for t, o in sorted(proofs[row].items())),
        )
        for row in shown
    ]
    by_work = [
        (
            work["label"] + later(work),
            sum(rows[r]["work"] == code for r in sure),
            sum(r["work"] == code for r in rows.values()),
        )
        for code, work in data["works"].items()
    ]
    return page(
        "已证明的需求 · Proven requirements",
        intro,
        table(["工作", "已证明", "共"], by_work),
        table(["编号", "机制", "证明", "测试"], body),
    )


def named(test: str, outcome: str) -> str:
    """A test as a reader finds it, with its outcome when that is not success."""
    path, _, name = test.partition("::")
    note = {"passed": "", "skipped": "（没有跑）", "failed": "（失败）"}[outcome]
    return f"{Path(path).relative_to('tests')} · {name.replace('::', ' · ')}{note}"


def run_proofs(*, collect_only: bool = False) -> Proofs:
    """Run (or only collect) the tests that carry rows, in a process of their own."""
    with tempfile.TemporaryDirectory(prefix="ronglu-proofs-") as folder:
        out = Path(folder) / "proofs.json"
        how = ["--collect-only"] if collect_only else ["-n2"]
        command = [sys.executable, "-m", "pytest", "-q", "-m", "covers", *how, f"--proofs={out}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if not out.exists():
            raise RuntimeError(
                f"the tests that carry rows could not be {'collected' if collect_only else 'run'}:\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
            )
        loaded: Proofs = json.loads(out.read_text("utf-8"))
        return loaded


def listed(text: str) -> dict[str, set[str]]:
    """Row → tests as a written page names them."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        cells = [part.strip() for part in line.strip("|").split(" | ")]
        if len(cells) == 4 and cells[0] in {row["id"] for row in inventory()["rows"]}:
            found[cells[0]] = {name.split("（")[0] for name in cells[3].removesuffix(" |").split("<br>")}
    return found


def proven_is_stale(text: str) -> list[str]:
    """Rows whose tests on the page are not the tests that carry them now."""
    now = {row: {named(test, "passed") for test in tests} for row, tests in run_proofs(collect_only=True).items()}
    page_says = listed(text)
    return sorted(row for row in now.keys() | page_says.keys() if now.get(row) != page_says.get(row))
