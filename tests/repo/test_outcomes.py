"""What a run says about the rows it proved: only what ran and passed counts, also with two workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.docs.requirements import listed, named, proven

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = """
from tests.support.outcomes import Outcomes


def pytest_configure(config):
    config.addinivalue_line("markers", "covers(*rows): rows")
    worker = hasattr(config, "workerinput")
    config.pluginmanager.register(Outcomes(counts=None if worker else "counts.json", proofs=None if worker else "proofs.json"))
"""
TESTS = """
import pytest


@pytest.mark.covers("S0-04")
@pytest.mark.parametrize("day", [1, 2])
def test_one_of_two_cases_fails(day):
    assert day == 1


@pytest.mark.covers("S0-04", "S1-43")
def test_good():
    pass


@pytest.mark.covers("S1-44")
def test_left_out():
    pytest.skip("no data")


@pytest.fixture
def broken():
    yield
    raise RuntimeError


@pytest.mark.covers("S1-01")
def test_passes_but_leaves_a_mess(broken):
    pass
"""


def run(folder: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest in a folder of its own, with this listener and without Django."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_some.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", *options]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_a_row_is_proven_only_by_tests_that_ran_and_passed(tmp_path: Path, workers: str) -> None:
    run(tmp_path, TESTS, workers)
    proofs = json.loads((tmp_path / "proofs.json").read_text())
    assert proofs == {
        "S0-04": {"test_some.py::test_one_of_two_cases_fails": "failed", "test_some.py::test_good": "passed"},
        "S1-43": {"test_some.py::test_good": "passed"},
        "S1-44": {"test_some.py::test_left_out": "skipped"},
        "S1-01": {"test_some.py::test_passes_but_leaves_a_mess": "failed"},
    }
    assert json.loads((tmp_path / "counts.json").read_text()) == {"passed": 2, "failed": 2, "skipped": 1}


def test_collecting_alone_tells_which_tests_carry_a_row_without_claiming_it_proven(tmp_path: Path) -> None:
    run(tmp_path, TESTS, "-n0", "--collect-only")
    proofs = json.loads((tmp_path / "proofs.json").read_text())
    assert proofs["S1-43"] == {"test_some.py::test_good": "skipped"}
    assert proofs.keys() == {"S0-04", "S1-43", "S1-44", "S1-01"}


def test_a_row_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, 'import pytest\n\n@pytest.mark.covers("S9-01")\ndef test_x():\n    pass\n', "-n0")
    assert done.returncode != 0
    assert "S9-01: no such row in requirements.yaml" in done.stdout + done.stderr


def test_the_page_counts_a_row_with_a_skipped_test_as_not_proven() -> None:
    page = proven(
        {
            "S1-43": {"tests/work/test_results.py::test_one": "passed"},
            "S1-44": {
                "tests/work/test_results.py::test_one": "passed",
                "tests/work/test_results.py::test_two": "skipped",
            },
        }
    )
    assert "202 项中，1 项由跑过并通过的测试证明" in page
    assert "| S1-43 | “双百”月考核 | ✓ | work/test_results.py · test_one |" in page
    assert "work/test_results.py · test_two（没有跑）" in page


def test_the_page_can_be_read_back_to_see_whether_it_is_stale() -> None:
    tests = {"tests/a/test_b.py::test_c": "passed", "tests/a/test_b.py::test_d": "failed"}
    assert listed(proven({"S0-04": tests})) == {"S0-04": {named(test, "passed") for test in tests}}


def test_a_page_without_any_proof_says_so() -> None:
    assert "0 项由跑过并通过的测试证明" in proven({})
