"""What a party office may change: numbers and switches from a day on, and the word that the text was compared."""

from datetime import date
from decimal import Decimal

import pytest

from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.packs import regulations
from tests.kernel.regulation.cast import book, group, told

ON = date(2026, 4, 1)
SHIPPED = regulations.load()


def test_a_number_changed_from_a_day_on_leaves_earlier_days_alone() -> None:
    edited = book().edited("R-LIFE-03", values={"times": Decimal(2)}, from_on=ON)
    before, after = edited.get("R-LIFE-03", on=date(2026, 3, 31)), edited.get("R-LIFE-03", on=ON)
    assert before is not None and after is not None
    assert (before.number("times"), before.thresholds["times"].status) == (1, "V")
    assert (after.number("times"), after.thresholds["times"].status) == (2, "D")


def test_unit_practice_is_asked_from_the_day_it_is_switched_on() -> None:
    rules = book(severity="LOCAL")
    assert told(rules, group()) == []
    on = rules.switched("R-LIFE-03", enabled=True, from_on=date(2026, 4, 1))
    found = told(on, group(), last=date(2026, 4, 30))
    assert [one.subject.part for one in found] == ["2026-04"]


def test_one_side_of_a_rule_may_be_switched_on_alone() -> None:
    on = SHIPPED.switched("R-EDU-06", enabled=True, from_on=ON, side="month").get("R-EDU-06", on=ON)
    assert on is not None
    assert {side.code: side.enabled for side in on.sides} == {"quarter": True, "month": True, "days": False}
    with pytest.raises(RuleProblem, match="没有“week”这一项；有 quarter、month、days"):
        SHIPPED.switched("R-EDU-06", enabled=True, from_on=ON, side="week")


def test_what_the_text_demands_cannot_be_switched_off() -> None:
    with pytest.raises(RuleProblem, match="R-LIFE-02 是“应当”类规定，不能关闭"):
        SHIPPED.switched("R-LIFE-02", enabled=False, from_on=ON, side="quorum")
    off = SHIPPED.switched("R-LIFE-02", enabled=False, from_on=ON, side="held").get("R-LIFE-02", on=ON)
    assert off is not None and [side.enabled for side in off.sides] == [False, True]


def test_a_rule_is_quoted_as_law_once_the_plant_compared_it_with_the_text() -> None:
    checked = SHIPPED.verified("R-LIFE-04", text_url="公报 2018 年第 34 期", by="王书记", on=ON, article="15")
    rule = checked.get("R-LIFE-04", on=ON)
    assert rule is not None
    assert rule.source.text == "《中国共产党支部工作条例（试行）》第15条"
    assert (rule.source.verified_by, rule.source.verified_on, rule.source.article_status) == ("王书记", ON, "V")


def test_the_comparison_needs_a_place_and_a_name() -> None:
    for words in ({"text_url": " ", "by": "王书记"}, {"text_url": "公报", "by": ""}):
        with pytest.raises(RuleProblem, match="出处网址或文号和核对人"):
            SHIPPED.verified("R-LIFE-04", on=ON, **words)
    with pytest.raises(RuleProblem, match="没有规则 R-LIFE-99"):
        SHIPPED.verified("R-LIFE-99", text_url="公报", by="王书记", on=ON)


def test_a_chapter_is_a_book_of_its_own() -> None:
    assert {rule.id for rule in SHIPPED.chapter("safety").rules} == {f"R-SAF-0{number}" for number in range(1, 8)}
