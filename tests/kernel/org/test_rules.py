"""The rule records: fourteen of them, each with its source, each threshold editable from a day on."""

from datetime import date
from decimal import Decimal

import pytest

from ronglu.kernel.org.checks import unchecked
from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.load import load
from ronglu.kernel.regulation.rule import Level, Severity, Source
from tests.kernel.org.cast import ON, pack

BOOK = load(pack()["rules"])


def test_the_fourteen_rules_are_there_and_each_has_a_check() -> None:
    assert [rule.id for rule in BOOK.at(ON)] == [f"R-ORG-{number:02}" for number in range(1, 15)]
    assert unchecked(BOOK, on=ON) == ()


def test_severities_and_marks_are_those_of_the_regulations() -> None:
    severities = {rule.id: rule.severity.value for rule in BOOK.at(ON)}
    must = {"R-ORG-01", "R-ORG-05", "R-ORG-06", "R-ORG-07", "R-ORG-08", "R-ORG-10", "R-ORG-14"}
    assert {rule for rule, severity in severities.items() if severity == "MUST"} == must
    assert {rule.id for rule in BOOK.at(ON) if rule.level is Level.NOTE} == {"R-ORG-11"}
    waiting = BOOK.get("R-ORG-14", on=ON)
    assert waiting is not None
    assert (waiting.number("days"), waiting.thresholds["days"].status) == (60, "D")


def test_our_own_values_are_never_shown_as_a_superior_s_rule() -> None:
    composition = BOOK.get("R-ORG-12", on=ON)
    assert composition is not None and composition.source.text.startswith("系统默认，可修改")


def test_a_published_text_says_that_it_has_still_to_be_checked_until_somebody_did() -> None:
    source = Source("某条例", "4", "V")
    assert source.text == "《某条例》第4条（待本单位核对原文）"
    checked = Source("某条例", "4", "V", verified_by="王书记", verified_on=ON)
    assert checked.text == "《某条例》第4条"


def test_a_rule_is_not_in_force_before_its_regulation_was() -> None:
    assert BOOK.get("R-ORG-05", on=date(2019, 12, 29)) is None
    assert BOOK.get("R-ORG-05", on=date(2019, 12, 30)) is not None


def test_an_edited_threshold_holds_from_its_day_and_is_marked_as_the_plant_s_own() -> None:
    edited = BOOK.edited("R-ORG-14", values={"days": Decimal(30)}, from_on=date(2026, 7, 1))
    before, after = edited.get("R-ORG-14", on=date(2026, 6, 30)), edited.get("R-ORG-14", on=date(2026, 7, 1))
    assert before is not None and after is not None
    assert (before.number("days"), after.number("days")) == (60, 30)
    changed = edited.edited("R-ORG-03", values={"members": Decimal(45)}, from_on=ON).get("R-ORG-03", on=ON)
    assert changed is not None and changed.thresholds["members"].status == "D"
    with pytest.raises(RuleProblem, match="没有参数 weeks；可改的有 days"):
        BOOK.edited("R-ORG-14", values={"weeks": Decimal(1)}, from_on=ON)


def test_all_faults_of_a_rule_file_are_reported_at_once() -> None:
    good = pack()["rules"][0]
    rows = [
        {**good, "severity": "SHOULD"},
        {key: value for key, value in good.items() if key != "clear_by"},
        {**good, "source": {**good["source"], "status": "X"}},
        {**good, "thresholds": {"full_members": {"label": "人数", "value": 3.5, "status": "D"}}},
    ]
    with pytest.raises(RuleProblem) as caught:
        load(rows)
    said = str(caught.value)
    assert [f"第 {number} 条规则" in said for number in (1, 2, 3, 4)] == [True] * 4
    assert "缺少 'clear_by'" in said and "状态 X 不认识" in said and "带引号的小数" in said


def test_two_versions_of_a_rule_on_one_day_are_refused() -> None:
    row = pack()["rules"][0]
    with pytest.raises(RuleProblem, match="日期重叠"):
        load([row, row])


def test_unit_practice_is_off_until_the_plant_switches_it_on() -> None:
    row = {**pack()["rules"][0], "severity": Severity.LOCAL.value}
    assert load([row]).at(ON) == ()
    assert len(load([{**row, "enabled": True}]).at(ON)) == 1
