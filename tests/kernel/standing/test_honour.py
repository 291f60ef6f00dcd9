"""Titles by declared conditions, and the tiers 1+2+N."""

from decimal import Decimal

from ronglu.kernel.standing.honour import eligible, tier_problems
from ronglu.packs import standing

RULES = standing.load().honour
FACTS = {"party_score": Decimal("93.2"), "fusion_score": 80, "standard_items": 5, "vetoes": 0}


def test_a_branch_that_meets_every_condition_may_be_a_red_flag() -> None:
    found = eligible(RULES.titles["red_flag"], FACTS)
    assert found.eligible and found.lacking == ()
    assert found.lines[0].text == "党建百分年度得分不低于 90：现为 93.2"


def test_each_lacking_condition_is_named_with_what_stands() -> None:
    found = eligible(RULES.titles["red_flag"], {**FACTS, "standard_items": 4, "vetoes": 1})
    assert found.lacking == ("“五个一”有效项不低于 5：现为 4", "全年一票否决不超过 0：现为 1")


def test_what_nobody_knows_is_not_a_yes() -> None:
    found = eligible(RULES.titles["red_flag"], {**FACTS, "fusion_score": None})
    assert not found.eligible and found.lacking == ("生产融合百分年度得分不低于 80：没有数据",)


def test_one_benchmark_two_models_and_any_number_of_standard_branches() -> None:
    fits = {"甲": "benchmark", "乙": "model", "丙": "model", "丁": "standard", "戊": "standard"}
    assert tier_problems(fits, RULES) == ()


def test_one_too_many_and_an_unknown_tier_are_said_in_words() -> None:
    assigned = {"甲": "benchmark", "乙": "benchmark", "丙": "model", "丁": "gold"}
    assert tier_problems(assigned, RULES) == ("丁的层级“gold”不存在", "标杆党支部最多 1 个，现有 2 个，须减 1 个")
