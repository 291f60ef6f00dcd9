"""Reading rule records: everything wrong is told at once, and what does not fit together is refused before it runs."""

from datetime import date
from typing import Any

import pytest

from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.load import load
from ronglu.kernel.regulation.problems import problems
from tests.kernel.regulation.cast import book, row


def test_a_record_of_the_reference_is_one_side() -> None:
    (rule,) = book().rules
    (side,) = rule.sides
    assert (side.code, side.label, side.measure, side.window, side.of) == (
        "", "党小组会每月至少召开 1 次", "held", "month", ("group_meeting",),
    )  # fmt: skip
    assert (side.grace_days, [one.when for one in rule.exempt]) == (5, ["younger_than"])
    assert problems(book()) == []


def test_all_faults_of_all_rows_are_told_at_once() -> None:
    bad = row(severity="SHOULD", grace_days=-1, effective=["2018", None], thersholds={})
    short = {
        name: value for name, value in row(id="R-LIFE-99").items() if name not in ("source", "measure", "clear_by")
    }
    with pytest.raises(RuleProblem) as caught:
        load([bad, short, row(id="R-LIFE-98", source={"doc": "", "article": None, "status": "X"})])
    said = str(caught.value).splitlines()
    assert [line.split("：")[0] for line in said] == [
        *["第 1 条规则（R-LIFE-03）"] * 3, *["第 2 条规则（R-LIFE-99）"] * 2, "第 3 条规则（R-LIFE-98）",
    ]  # fmt: skip
    assert "不认识“thersholds”" in said[0] and "'SHOULD'" in said[1] and "2018-10-28" in said[2]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"grace_days": -1}, "grace_days 应是 0 以上的整数，现在是 -1"),
        ({"grace_days": True}, "grace_days 应是 0 以上的整数，现在是 True"),
        ({"calendar": "lunar"}, "calendar 应为 civil（自然月）或 stat（统计月），现在是 lunar"),
        ({"effective": [date(2020, 1, 1), date(2020, 1, 1)]}, "截止日期 2020-01-01 必须晚于起始日期 2020-01-01"),
        ({"exempt": [{"days": 3}]}, "缺少 'when'"),
        ({"thresholds": {"times": {"label": "次", "value": 1.5, "status": "V"}}}, "请写成整数或带引号的小数"),
    ],
)
def test_a_field_that_cannot_be_is_told_by_name(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(RuleProblem) as caught:
        book(**changes)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"measure": "heard"}, "R-LIFE-03：没有“heard”这种量法；可用 "),
        ({"measure": "study_hours"}, "R-LIFE-03：“study_hours”量的是 person，规则的对象是 body"),
        ({"op": "=>"}, "R-LIFE-03：比较“=>”不认识；可用 >=、>、<=、<、yes、none"),
        ({"threshold": "often"}, "R-LIFE-03：没有参数“often”；有 times"),
        ({"window": "week"}, "R-LIFE-03：窗口 week 不认识；可用 month、quarter、half、year、event、term"),
        ({"of": ["职代会"]}, "R-LIFE-03：不认识“职代会”"),
        ({"exempt": [{"when": "holiday"}]}, "R-LIFE-03：没有“holiday”这种豁免；可用 "),
        ({"exempt": [{"when": "short_post", "days": 3}]}, "R-LIFE-03：豁免“short_post”不适用于 body"),
        ({"audience": ["secretary"]}, "R-LIFE-03：audience 只用于针对个人的规则"),
        (
            {"window": "event", "measure": "convened", "severity": "MUST"},
            "R-LIFE-03：“应当”类规定对已经发生的事没有宽限",
        ),
        (
            {"source": {"doc": "某条例", "article": 13, "status": "V", "verified_on": date(2026, 1, 1)}},
            "R-LIFE-03：核对原文要同时填 text_url、verified_by、verified_on",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_by_name(changes: dict[str, Any], expected: str) -> None:
    found = problems(book(**changes))
    assert len(found) == 1 and found[0].startswith(expected)


def test_several_things_that_do_not_fit_are_told_together() -> None:
    assert len(problems(book(op="=>", threshold="often", window="week"))) == 3


def test_the_sides_of_a_rule_are_told_apart() -> None:
    side = {"measure": "held", "window": "month", "op": ">=", "threshold": "times", "of": ["group_meeting"]}
    plain = {name: value for name, value in row().items() if name not in {*side, "grace_days"}}
    found = problems(load([{**plain, "sides": [{"code": "a", **side}, {"code": "a", **side}]}]))
    assert found == ["R-LIFE-03：有几项检查时，每项要有不同的 code"]


def test_a_measure_kept_in_another_room_is_known_when_it_is_named() -> None:
    assert problems(book(measure="term_length"), elsewhere=["term_length"]) == []


def test_two_versions_of_a_rule_on_one_day_are_refused() -> None:
    later = row(effective=[date(2020, 1, 1), None])
    with pytest.raises(RuleProblem, match="R-LIFE-03：2020-01-01 起的版本与另一版本日期重叠"):
        load([row(), later])
    assert len(load([row(effective=[date(2018, 10, 28), date(2020, 1, 1)]), later]).rules) == 2
