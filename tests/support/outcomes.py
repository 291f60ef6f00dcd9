"""What a test run leaves for others: how many passed, and which inventory rows were proven by which tests.

Rows come from `@pytest.mark.covers("S1-43")`; the marks travel to xdist's main process with each test's report.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = ROOT / "docs" / "reference" / "requirements.yaml"
WORST = ("failed", "skipped", "passed")


def known_rows() -> set[str]:
    """Ids of the inventory."""
    return {row["id"] for row in yaml.safe_load(REQUIREMENTS.read_text("utf-8"))["rows"]}


class Outcomes:
    """Listens to one run; writes two small JSON files when asked to."""

    def __init__(self, *, counts: str | None, proofs: str | None) -> None:
        self.counts, self.proofs = counts, proofs
        self.seen: dict[str, str] = {}
        self.rows: dict[str, set[str]] = {}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Refuse rows that do not exist; note the others on the item."""
        only_collected = config.getoption("collectonly")
        known: set[str] | None = None
        for item in items:
            for mark in item.iter_markers("covers"):
                known = known if known is not None else known_rows()
                if unknown := sorted(set(mark.args) - known):
                    raise pytest.UsageError(
                        f"{item.nodeid} covers {', '.join(unknown)}: no such row in {REQUIREMENTS.name}"
                    )
                item.user_properties += [("covers", row) for row in mark.args]
                if only_collected:
                    self.carried_by(item.nodeid, mark.args)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst of set-up, call and tear-down."""
        if report.when != "call" and report.passed:
            return
        before = self.seen.get(report.nodeid, "passed")
        self.seen[report.nodeid] = min(before, report.outcome, key=WORST.index)
        self.carried_by(report.nodeid, [str(row) for name, row in report.user_properties if name == "covers"])

    def carried_by(self, test: str, rows: Iterable[str]) -> None:
        """Note which rows a test carries."""
        for row in rows:
            self.rows.setdefault(row, set()).add(test)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read counts as one failure."""
        if report.failed:
            self.seen[report.nodeid] = "failed"

    def pytest_sessionfinish(self) -> None:
        """Write what was asked for."""
        if self.counts:
            Path(self.counts).write_text(json.dumps(Counter(self.seen.values())), "utf-8")
        if self.proofs:
            Path(self.proofs).write_text(json.dumps(self.proven(), indent=1, sort_keys=True), "utf-8")

    def proven(self) -> dict[str, dict[str, str]]:
        """Row → test → outcome; the cases of a parametrised test count as one, with the worst outcome."""
        page: dict[str, dict[str, str]] = {}
        for row, tests in self.rows.items():
            for test in tests:
                name, cases = test.split("[")[0], page.setdefault(row, {})
                cases[name] = min(cases.get(name, "passed"), self.seen.get(test, "skipped"), key=WORST.index)
        return page
