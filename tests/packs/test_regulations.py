"""The rules that ship: all 44 of the reference, their severities, what is off, what is quoted and what is not."""

import re
from datetime import date
from pathlib import Path

import pytest

from ronglu.kernel.regulation.rule import OURS, Level, Severity
from ronglu.packs import regulations
from ronglu.packs.loader import load
from ronglu.packs.problem import PackError, Problem

BOOK = regulations.load()
ON = date(2026, 3, 31)
ALL = [
    f"R-{chapter}-{number:02}"
    for chapter, count in (("EDU", 8), ("LIFE", 15), ("ORG", 14), ("SAF", 7))
    for number in range(1, count + 1)
]
OUTRIGHT = {"4", "11", "12", "13", "14", "17", "21"}
"""Numbers of articles of the branch regulation that were themselves checked (domain/03 §3.2)."""


def test_the_44_rules_of_the_reference_are_there_once() -> None:
    assert len(ALL) == 44
    assert sorted(rule.id for rule in BOOK.rules) == ALL


def test_every_plant_starts_from_this_book() -> None:
    assert load(()).base.regulations == BOOK


def test_four_are_notes_and_never_count() -> None:
    assert {rule.id for rule in BOOK.rules if rule.level is Level.NOTE} == {
        "R-ORG-11",
        "R-EDU-05",
        "R-SAF-01",
        "R-SAF-07",
    }


def test_unit_practice_is_off_until_the_plant_switches_it_on() -> None:
    local = {rule.id for rule in BOOK.rules if rule.severity is Severity.LOCAL}
    assert local == {"R-LIFE-05", "R-EDU-05", "R-EDU-07"}
    assert local & {rule.id for rule in BOOK.at(ON)} == set()
    central = BOOK.get("R-EDU-06", on=ON)
    assert central is not None
    assert {side.code: side.enabled for side in central.sides} == {"quarter": True, "month": False, "days": False}


@pytest.mark.parametrize(
    ("rule", "severities"),
    [
        ("R-LIFE-01", ["NORM"]),
        ("R-LIFE-02", ["NORM", "MUST"]),
        ("R-LIFE-03", ["NORM"]),
        ("R-LIFE-04", ["MUST"]),
        ("R-LIFE-08", ["MUST", "NORM", "MUST"]),
        ("R-LIFE-11", ["MUST", "MUST"]),
        ("R-LIFE-12", ["MUST"]),
        ("R-LIFE-14", ["MUST"]),
        ("R-EDU-01", ["NORM"]),
        ("R-EDU-03", ["MUST", "NORM"]),
        ("R-EDU-08", ["NORM"]),
    ],
)
def test_severities_are_those_of_the_reference(rule: str, severities: list[str]) -> None:
    found = BOOK.get(rule, on=ON)
    assert found is not None
    assert [side.severity.value for side in found.sides] == severities


def test_no_article_is_quoted_that_the_reference_does_not_name() -> None:
    quoted = {r.id: r.source.article for r in BOOK.rules if r.source.article and r.chapter in ("life", "study")}
    assert quoted == {
        "R-LIFE-01": "11", "R-LIFE-02": "12", "R-LIFE-03": "13", "R-LIFE-04": "15", "R-LIFE-06": "16", "R-LIFE-07": "12",
        "R-LIFE-08": "17", "R-LIFE-09": "18", "R-LIFE-10": "19", "R-LIFE-11": "11", "R-LIFE-13": "14",
    }  # fmt: skip
    for rule in BOOK.rules:
        if rule.source.doc.startswith("中国共产党支部工作条例") and rule.source.article:
            checked = rule.source.article_status not in OURS
            assert checked == (rule.source.article in OUTRIGHT), rule.id


def test_nothing_is_shown_as_law_before_the_plant_compared_it() -> None:
    assert all(rule.source.verified_on is None for rule in BOOK.rules)
    assert all("系统默认" in r.source.text or "待本单位核对" in r.source.text for r in BOOK.rules)
    monthly = BOOK.get("R-LIFE-06", on=ON)
    assert monthly is not None
    assert monthly.source.text == "《中国共产党支部工作条例（试行）》第16条（条号和原文待本单位核对）"


def test_dues_are_for_the_secretary_alone_and_no_amount_is_anywhere() -> None:
    assert {rule.id: rule.audience for rule in BOOK.rules if rule.audience} == {"R-EDU-08": ("secretary",)}
    dues = BOOK.get("R-EDU-08", on=ON)
    assert dues is not None and {one.unit for one in dues.thresholds.values()} == {"月"}


def test_the_yearly_meeting_is_not_the_monthly_one_and_company_conferences_are_nowhere() -> None:
    asked = {kind for rule in BOOK.rules for side in rule.sides for kind in side.of}
    assert "monthly_life" not in asked
    yearly = BOOK.get("R-LIFE-08", on=ON)
    assert yearly is not None and {kind for side in yearly.sides for kind in side.of} == {"life_meeting"}


def test_every_rule_says_in_both_languages_what_it_asks_and_what_clears_it() -> None:
    for rule in BOOK.rules:
        assert re.search(r"[一-鿿]{3}", rule.label) and re.search(r"[一-鿿]{3}", rule.clear_by), rule.id
        assert rule.en and rule.en.isascii(), rule.id


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "base" / "regulations"
    folder.mkdir(parents=True)
    text = (regulations.FOLDER / "life.yaml").read_text("utf-8")
    (folder / "life.yaml").write_text(text.replace("measure: talks_held", "measure: talks_heard", 1), "utf-8")
    (folder / "study.yaml").write_text("chapter: study\nrules:\n  - {id: R-EDU-01, label: 学时}\n", "utf-8")
    with pytest.raises(PackError) as caught:
        regulations.load(folder)
    assert [p.where for p in caught.value.problems if isinstance(p, Problem)] == [
        "base/regulations/life.yaml", *["base/regulations/study.yaml"] * 5,
    ]  # fmt: skip
    assert "没有“talks_heard”这种量法" in str(caught.value) and "缺少 'severity'" in str(caught.value)
