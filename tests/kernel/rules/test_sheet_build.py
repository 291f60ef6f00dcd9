"""A declaration is built whole or refused with everything that is wrong in it."""

import json
from datetime import date
from typing import Any

import pytest

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.load import build, digest, read_item
from ronglu.kernel.rules.params import number
from tests.kernel.rules.sheets import bonus_on, data, one, sheet


def problems(declared: dict[str, Any]) -> str:
    with pytest.raises(SheetProblem) as refused:
        build(declared)
    return str(refused.value)


def with_item(**changes: Any) -> dict[str, Any]:
    """The sheet with its third item changed."""
    found = data()
    found["items"][2] |= changes
    return found


def test_a_sound_declaration_becomes_a_sheet() -> None:
    made = sheet()
    assert [item.code for item in made.on_scale("k")] == ["K1", "K2", "K3", "K4"]
    assert made.item("K4").hundredths == 2000 and made.problems() == []


def test_a_stored_declaration_builds_the_same_sheet_again() -> None:
    stored = json.loads(json.dumps(data()))
    assert build(stored) == sheet() and digest(stored) == digest(data())
    assert digest(with_item(name="改名")) != digest(data())


def test_every_problem_is_told_at_once() -> None:
    declared = with_item(cadence="week", shape={"kind": "rate", "done": "按期"}, points="1.005")
    declared["grades"] = declared["grades"][:3]
    told = problems(declared)
    assert "“cadence”应为" in told and "缺少“due”" in told and "小数多于两位" in told
    assert "K3 第K3项" in told and "最后一级从 0 起" in told


def test_sums_that_do_not_add_up_are_refused() -> None:
    told = problems(with_item(points=9))
    assert "K 类：各项合计 99 分，应为 100 分" in told and "百分：各项合计 99 分，应为 100 分" in told


def test_a_ladder_must_end_at_zero() -> None:
    declared = data()
    declared["grades"] = declared["grades"][:3]
    assert "最后一级从 0 起" in problems(declared)


def test_a_name_nobody_reads_is_an_error_with_the_names_that_are_read() -> None:
    told = problems(with_item(shape={"kind": "rate", "done": "按期", "due": "到期", "weigth": 3}))
    assert "不认识“weigth”，这里可写的是：done、due、kind" in told


def test_an_unknown_shape_lists_the_ten() -> None:
    told = problems(with_item(shape={"kind": "formula", "text": "a*b"}))
    kinds = ["rate", "milestone", "deduct", "per_event", "veto", "target", "target_pp", "band", "panel", "parts"]
    assert "不认识形状“formula”" in told and all(f"{kind}（" in told for kind in kinds)


def test_the_same_code_twice_is_refused() -> None:
    assert "项目代号 K1 出现不止一次" in problems(with_item(code="K1"))


def test_a_start_inside_a_month_is_refused() -> None:
    assert "起用日 2026-03-02 不是一月的第一天" in problems(with_item(starts_on="2026-03-02"))


def test_an_item_may_start_later_than_its_sheet_but_not_earlier() -> None:
    later = build(with_item(starts_on="2026-04-01"))
    assert [item.code for item in later.in_force(date(2026, 3, 1))] == ["K1", "K2", "K4"]
    assert "起用日早于本表的起用月" in problems(with_item(starts_on="2025-12-01"))


def test_a_veto_reason_must_be_on_the_list() -> None:
    shape = {"kind": "veto", "reason": "whim", "event": "看着不顺眼"}
    assert "否决情形“whim”不在否决清单里" in problems(with_item(shape=shape))


def test_bonus_beyond_five_a_year_is_refused() -> None:
    declared = bonus_on()
    declared["bonus"] |= {"per_year": 10, "overshoot": "1.3"}
    told = problems(declared)
    assert "每年不超过 5 分" in told and "1 与 1.1 之间" in told


def test_the_switch_of_the_sheet_opens_the_cap_of_its_targets() -> None:
    def caps(declared: dict[str, Any]) -> tuple[str, str]:
        return build(declared).item("K4").shape.params()[-1]

    assert caps(data()) == ("超额加分", "关（封顶 1.00）")
    assert caps(bonus_on()) == ("超额加分", "开（封顶 1.1）")


@pytest.mark.parametrize("value", [1.5, True, "abc", "NaN", "Infinity"])
def test_a_number_that_is_not_exact_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="不是"):
        number(value)


def test_one_item_from_a_page_is_built_or_refused_on_its_own() -> None:
    made = sheet()
    declared = one("K9", 5)
    starts = made.from_month.first
    assert read_item(declared, bonus=made.bonus, starts_on=starts).code == "K9"
    with pytest.raises(SheetProblem, match="“calendar”应为 stat、civil 之一"):
        read_item(declared | {"calendar": "lunar"}, bonus=made.bonus, starts_on=starts)
