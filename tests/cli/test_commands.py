"""What a person sees who types a command: data as JSON, refusals as one plain sentence, exit codes that scripts can use."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ronglu.cli import assess
from ronglu.store.models import Finding
from tests.cast import Cast, cast  # noqa: F401
from tests.cli.houses import ronglu, rows
from tests.facts.plant_month import make_march

pytestmark = pytest.mark.xdist_group("house")

MARCH = ("2026-03", "--plant", "qinglan")


def runs(home: Path) -> int:
    return len(rows(home, "select 1 from store_run"))


def test_a_dry_run_shows_the_totals_and_keeps_nothing(small: Path) -> None:
    before = runs(small)
    done = ronglu(small, "assess", *MARCH, "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["run"]) == (0, None)
    assert {row["scale"] for row in told["totals"]} == {"party", "fusion"}
    assert len({row["branch"] for row in told["totals"]}) == 11
    assert runs(small) == before


def test_scoring_a_month_that_has_not_moved_gives_the_run_that_stands(house: Path) -> None:
    done = json.loads(ronglu(house, "assess", *MARCH, "--json").stdout)
    assert done["run"] == 2


@pytest.mark.django_db
def test_a_score_from_the_command_line_looks_at_the_organisation_first_as_one_from_the_browser_does(
    cast: Cast, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B7 must not depend on who last looked; a dry run keeps nothing, findings included."""
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    monkeypatch.setenv("RONGLU_HOME", str(tmp_path))
    make_march(plant=cast.plant, line=cast.unit["QL-R1"], by=cast.account["周统计员"])
    assert CliRunner().invoke(assess.command, [*MARCH, "--dry-run"]).exit_code == 0
    assert not Finding.objects.exists()
    assert CliRunner().invoke(assess.command, list(MARCH)).exit_code == 0
    assert Finding.objects.filter(plant=cast.plant, cleared_on=None).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("assess", "2026-13", "--plant", "qinglan"), "应写成 2026-03"),
        (("assess", "2026-03", "--plant", "nowhere"), "现有：qinglan"),
        (("assess", "2024-11", "--plant", "qinglan"), "没有已发布的双百表"),
        (("explain", "无名支部", "D3", "--plant", "qinglan", "--month", "2026-03"), "熔炼一系列党支部（QL-B-R1）"),
        (("explain", "QL-B-R1", "D9", "--plant", "qinglan", "--month", "2026-03"), "没有 D9 这一项"),
        (
            ("import", "secret.key", "--plant", "qinglan", "--source", "none"),
            "现有：coal-weigher、ql-f-shift、ql-r-shift",
        ),
    ],
)
def test_a_refusal_is_one_plain_sentence_on_stderr(small: Path, words: tuple[str, ...], said: str) -> None:
    done = ronglu(small, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_before_the_tables_are_there_says_what_to_do(tmp_path: Path) -> None:
    done = ronglu(tmp_path, "assess", *MARCH)
    assert done.returncode == 1
    assert "先运行 ronglu serve" in done.stderr


def test_an_explanation_has_rule_parameters_steps_and_the_sums(small: Path) -> None:
    done = ronglu(small, "explain", "熔炼二系列党支部", "d2", "--plant", "qinglan", "--month", "2026-03", "--json")
    told = json.loads(done.stdout)
    assert (told["item"], told["state"], told["run"]) == ("D2", "scored", 2)
    assert [figure["code"] for figure in told["figures"]] == ["SM-08", "SM-07", "SM-09a"]
    for figure in told["figures"]:
        assert float(figure["numerator"]) > 0
        assert float(figure["denominator"]) > 0
    assert told["steps"][-1]["value"] == f"{told['won']} 分"
    assert told["params"]["满分"] == "10 分"
    slag = next(figure for figure in told["figures"] if figure["code"] == "SM-07")
    assert {(r["file"], r["place"].partition("!")[0]) for r in slag["readings"] if r["version"] == 1} == {
        ("熔炼车间班报2026-03.xlsx", "3月")
    }
    assert told["moved"][-1]["label"].endswith("折算")


def test_the_readings_of_a_score_are_listed_with_file_sheet_and_cell(small: Path) -> None:
    words = ("explain", "QL-B-R1", "D3", "--plant", "qinglan", "--month", "2026-03")
    short, whole = ronglu(small, *words).stdout, ronglu(small, *words, "--readings").stdout
    assert whole.startswith(short.rstrip())
    line = next(one for one in whole.splitlines() if one.startswith("  2026-03-18 中 乙") and "熔炼用煤" in one)
    assert line.endswith("熔炼车间班报2026-03.xlsx　3月!H101 v1")


def test_a_clean_file_brings_its_two_days_and_a_second_time_nothing(house: Path) -> None:
    words = (
        "import",
        str(house / "demo" / "试导入-正确.xlsx"),
        "--plant",
        "qinglan",
        "--source",
        "ql-f-shift",
        "--json",
    )
    tried = json.loads(ronglu(house, *words, "--dry-run").stdout)
    first, second = (json.loads(ronglu(house, *words).stdout) for _ in range(2))
    # two lines × two days × three shifts × 17 series, and no shift is missing in these two days
    assert tried["counts"] == {"new": 204, "changed": 0, "unchanged": 697}
    assert first["state"] == "done"
    assert first["written"] == tried["counts"]
    assert second["written"] == {"new": 0, "changed": 0, "unchanged": 204 + 697}


def test_after_an_import_the_boards_follow_at_once(house: Path) -> None:
    ronglu(house, "import", "demo/试导入-正确.xlsx", "--plant", "qinglan", "--source", "ql-f-shift")
    states = rows(house, "select kind, state from store_job order by id desc limit 2")
    assert states == [("boards", "done"), ("import.write", "done")]


def test_a_faulty_file_is_told_cell_by_cell_and_nothing_is_written(house: Path) -> None:
    done = ronglu(house, "import", "demo/试导入-有错.xlsx", "--plant", "qinglan", "--source", "ql-f-shift", "--json")
    told = json.loads(done.stdout)
    errors = {problem["cell"]: problem["code"] for problem in told["problems"] if problem["severity"] == "error"}
    assert done.returncode == 1
    assert told["state"] == "checked"
    assert errors == {"D6": "line_unknown", "B8": "shift_unknown", "A14": "date_bad"}


def test_a_sound_house_is_told_sound(small: Path) -> None:
    done = ronglu(small, "check", "--json")
    assert done.returncode == 0
    assert unsound(json.loads(done.stdout)) == [NEVER_RAN]


NEVER_RAN = ("时钟", "还没有走过：到期不会催办，请运行 ronglu serve 或 ronglu tend")
"""What is to be minded in a house that nobody served yet."""


def unsound(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["what"], one["detail"]) for one in told["checks"] if one["state"] != "good"]


def test_a_partition_that_was_touched_is_found(house: Path) -> None:
    march, april = (house / "facts" / "readings" / "qinglan" / f"{month}.parquet" for month in (202603, 202604))
    march.unlink()
    april.write_bytes((house / "facts" / "coverage" / "qinglan" / "202603.parquet").read_bytes())
    done = ronglu(house, "check")
    assert done.returncode == 1
    assert "青岚冶炼厂 202603 的文件不在" in done.stdout
    assert "青岚冶炼厂 202604 与登记的摘要不符" in done.stdout


def test_the_drill_a_backup_restored_elsewhere_is_equal_by_digest(small: Path, tmp_path: Path) -> None:
    kept, empty = tmp_path / "ronglu.zip", tmp_path / "empty"
    empty.mkdir()
    saved = json.loads(ronglu(small, "backup", str(kept), "--json").stdout)
    back = json.loads(ronglu(empty, "restore", str(kept), "--json").stdout)
    told = json.loads(ronglu(empty, "check", "--digest", "--json").stdout)
    assert saved["digest"] == back["digest"] == told["digest"]
    assert unsound(told) == [NEVER_RAN]
    assert (saved["rows"], saved["files"]) == (back["rows"], back["files"])
    uploads = {p.name: p.read_bytes() for p in (small / "imports").iterdir()}
    assert uploads == {p.name: p.read_bytes() for p in (empty / "imports").iterdir()}


def test_a_backup_overwrites_nothing_and_is_restored_into_nothing_that_lives(house: Path, tmp_path: Path) -> None:
    kept = tmp_path / "ronglu.zip"
    assert ronglu(house, "backup", str(kept)).returncode == 0
    again, over = ronglu(house, "backup", str(kept)), ronglu(house, "restore", str(kept))
    assert (again.returncode, over.returncode) == (1, 1)
    assert "备份不覆盖旧文件" in again.stderr
    assert "恢复只写入空的数据目录" in over.stderr
