"""Grades by a table of limits: rounded once, half to even, to the limit's digits; sums; what is missing never passes."""

from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.measure import grading_tables
from ronglu.kernel.measure.grading import (
    GradeBook,
    Graded,
    GradeOutcome,
    GradeTrouble,
    Limit,
    LimitCheck,
    LimitTable,
    assayed,
    grade,
    judge,
)
from ronglu.packs.loader import load

TABLE = load(["yunling"]).of("yunling").base.grades.table("GB/T 467-2010")
# an invented lot well inside the first grade: group 1 .00018, group 2 .00086, group 5 .00150, all .00434
CLEAN = {
    "Se": "0.00006", "Te": "0.00005", "Bi": "0.00007", "Cr": "0.00001", "Mn": "0.00001", "Sb": "0.0003",
    "Cd": "0.00002", "As": "0.0004", "P": "0.00012", "Pb": "0.0003", "S": "0.0006", "Sn": "0.0001", "Ni": "0.0004",
    "Fe": "0.0006", "Si": "0.0001", "Zn": "0.0002", "Co": "0.0001", "Ag": "0.0009", "Cu+Ag": "99.99",
}  # fmt: skip


def graded(**other: str | None) -> Graded:
    assert TABLE is not None
    said = {name: text for name, text in (CLEAN | other).items() if text is not None}
    return grade(TABLE, {name: assayed(text) for name, text in said.items()})


def line(limit: str, *, verdict: Graded, of: str = "Cu-CATH-1") -> LimitCheck:
    lines = next(lines for one, lines in verdict.judged if one.code == of)
    return next(one for one in lines if one.limit.zh == limit)


def most(*of: str, bound: str = "0.0005") -> Limit:
    return Limit(of, Decimal(bound), "+".join(of), "+".join(of))


@pytest.mark.parametrize(
    ("text", "rounded", "passes"),
    [
        # four decimals, as the limit .0005: a five with nothing behind goes to the even neighbour
        ("0.00045", "0.0004", True),
        ("0.00055", "0.0006", False),
        ("0.000545", "0.0005", True),
        ("0.00054999", "0.0005", True),
        ("0.000550000001", "0.0006", False),
        ("0.0005", "0.0005", True),
    ],
)
def test_a_value_is_rounded_half_to_even_to_the_digits_of_its_limit(text: str, rounded: str, passes: bool) -> None:
    found = judge(most("As"), {"As": assayed(text)})
    assert (str(found.rounded), found.passes) == (rounded, passes)


def test_the_zeros_at_the_end_of_a_limit_are_digits() -> None:
    """.00024 is .0002 with four digits and .00024 with five: the first passes .0002, the second breaks .00020."""
    value = {"Bi": assayed("0.00024")}
    assert judge(most("Bi", bound="0.0002"), value).passes is True
    assert judge(most("Bi", bound="0.00020"), value).passes is False


def test_a_sum_is_rounded_once_and_not_its_parts() -> None:
    """.00016 + .00014 + .00005 = .00035, rounded to .0004: over .0003. Parts rounded first would give .0002 + .0001 + .0000."""
    found = judge(most("Se", "Te", "Bi", bound="0.0003"), {e: assayed(t) for e, t in (("Se", "0.00016"), ("Te", "0.00014"), ("Bi", "0.00005"))})  # fmt: skip
    assert (found.value, found.rounded, found.passes) == (Decimal("0.00035"), Decimal("0.0004"), False)


def test_a_lot_inside_every_limit_is_of_the_best_grade() -> None:
    found = graded()
    assert (found.outcome, found.says, found.decided) == (GradeOutcome.GRADED, "Cu-CATH-1 A级铜", ())
    assert [one.code for one, _ in found.judged] == ["Cu-CATH-1"]
    assert line("第一组", verdict=found).value == Decimal("0.00018")
    # 1+1+30+2+40+12 and 10+40+60+10+20+10 hundred-thousandths
    assert line("第二组", verdict=found).value == Decimal("0.00086")
    assert line("第五组", verdict=found).value == Decimal("0.00150")
    assert line("所列元素合计", verdict=found).value == Decimal("0.00434")


@pytest.mark.parametrize(
    ("said", "decided"),
    [
        ({"As": "0.00055"}, ["As"]),
        # .00017 + .00014 = .00031 over .00030 though each is under .00020, and group 1 with .00007 = .00038 → .0004
        ({"Se": "0.00017", "Te": "0.00014"}, ["Se+Te", "第一组"]),
        # group 1 alone: .00013 + .00012 = .00025 holds, with .00012 of bismuth .00037 → .0004
        ({"Se": "0.00013", "Te": "0.00012", "Bi": "0.00012"}, ["第一组"]),
        # .00086 - .00012 + .00085 = .00159 → .0016 over .0015
        ({"P": "0.00085"}, ["第二组"]),
        # .00150 - .0004 + .00096 = .00206 → .0021 over .0020
        ({"Ni": "0.00096"}, ["第五组"]),
        # .00434 - .0009 - .0006 - .0003 + .0024 + .0013 + .0004 = .00664 → .0066 over .0065, each under its own
        ({"Ag": "0.0024", "S": "0.0013", "Pb": "0.0004"}, ["所列元素合计"]),
    ],
)
def test_what_keeps_a_lot_from_the_first_grade_is_named(said: dict[str, str], decided: list[str]) -> None:
    found = graded(**said)
    assert (found.outcome, found.says) == (GradeOutcome.GRADED, "Cu-CATH-2 1号标准铜")
    assert [limit.zh for limit in found.decided] == decided


def test_the_second_grade_has_a_floor() -> None:
    assert graded(As="0.0012").says == "Cu-CATH-2 1号标准铜"
    low = graded(As="0.0012", **{"Cu+Ag": "99.94"})
    assert (low.outcome, low.says) == (GradeOutcome.OFF, "不合本表牌号")
    # 99.945 with two digits: the four is even and stays; 99.955 goes to 99.96
    assert graded(As="0.0012", **{"Cu+Ag": "99.945"}).outcome is GradeOutcome.OFF
    assert graded(As="0.0012", **{"Cu+Ag": "99.946"}).outcome is GradeOutcome.GRADED
    assert [limit.zh for limit in low.decided] == ["Cu+Ag"]


def test_what_is_missing_never_passes() -> None:
    found = graded(As=None)
    assert (found.outcome, found.grade, found.says) == (GradeOutcome.UNKNOWN, None, "不能评级：缺 As")
    # what a broken limit says stays true, whatever is missing: refused for silver, and the second grade asks for arsenic
    assert graded(As=None, Ag="0.0030").says == "不能评级：缺 As"
    assert graded(Mn=None, Ag="0.0030").says == "Cu-CATH-2 1号标准铜"
    assert graded(As="0.0012", **{"Cu+Ag": None}).says == "不能评级：缺 Cu+Ag"


def test_a_part_of_a_sum_that_is_over_the_limit_breaks_it_without_the_rest() -> None:
    values = {"Se": assayed("0.0002"), "Te": assayed("0.0002")}
    found = judge(most("Se", "Te", "Bi", bound="0.0003"), values)
    assert (found.rounded, found.passes, found.missing) == (Decimal("0.0004"), False, ())
    few = judge(most("Se", "Te", "Bi", bound="0.0005"), values)
    assert (few.passes, few.missing) == (None, ("Bi",))


def test_under_the_detection_limit_passes_only_where_the_limit_itself_would() -> None:
    assert graded(Bi="<0.0001").says == "Cu-CATH-1 A级铜"
    # less than .0003 may be more than .00020 or less: nobody knows
    found = graded(Bi="＜0.0003")
    assert found.says == "不能评级：缺 Bi"
    assert line("Bi", verdict=found).passes is None
    # a floor is not reached by what is under something
    least = Limit(("Cu",), Decimal("99.90"), "Cu", "Cu", least=True)
    assert judge(least, {"Cu": assayed("<99.95")}).passes is None
    assert judge(least, {"Cu": assayed("<99.5")}).passes is False


@pytest.mark.parametrize("text", ["", "<", "trace", "0,0004", "-0.0001", "101", "NaN", "1e999"])
def test_what_is_no_assay_is_refused_in_words(text: str) -> None:
    with pytest.raises(GradeTrouble, match=r"不是化验值|不在 0 至 100 之间"):
        assayed(text)


def test_the_table_of_the_standard_asks_for_eighteen_elements_and_the_sum_of_copper_and_silver() -> None:
    assert TABLE is not None
    assert len(TABLE.elements) == 19 and TABLE.note == "引用前须核对原文"
    assert {limit.status for one in TABLE.grades for limit in one.limits} == {"V", "M"}
    assert [limit.zh for one in TABLE.grades for limit in one.limits if limit.status == "M"] == [
        "第二组",
        "第五组",
        "所列元素合计",
    ]
    assert [one.code for one in TABLE.grades] == ["Cu-CATH-1", "Cu-CATH-2"]
    assert {limit.digits for limit in TABLE.grades[0].limits} == {4, 5}


def table(*grades: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {"code": "T", "zh": "表", "en": "Table", "unit": "%", "source": "例", "status": "D"}
    return {"tables": [named | {"grades": list(grades)} | more]}


def of(code: str, *limits: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "zh": code, "en": code, "limits": list(limits)}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (table(), "一个牌号也没有"),
        (table(of("A")), "A：一条限值也没有"),
        (table(of("A", {"of": ["As"], "most": "0.1"}), of("A", {"of": ["As"], "most": "0.2"})), "牌号 A 写了两遍"),
        (table(of("A", {"of": ["As"]})), "要写 most（不大于）或 least（不小于）之一"),
        (table(of("A", {"of": ["As"], "most": "much"})), "“much”不是数"),
        (table(of("A", {"of": ["As"], "most": 0.1})), "不是数"),
        (table(of("A", {"of": [], "most": "0.1"})), "没有写元素"),
        (table(of("A", {"of": ["As"], "most": "0"})), "应在 0 与 100 之间"),
        (table(of("A", {"of": ["As", "As"], "most": "0.1"})), "里同一元素写了两遍"),
        (table(of("A", {"of": ["As"], "most": "0.1"}, {"of": ["As"], "most": "0.2"})), "As 有两条限值"),
        (
            table(of("A", {"of": ["As"], "most": "0.2"}), of("B", {"of": ["As"], "most": "0.1"})),
            "B 的 As 比更高的 A 还严",
        ),
        (
            table(of("A", {"of": ["Se"], "most": "0.1"}, {"of": ["Te"], "most": "0.1"}, {"of": ["Se", "Te"], "most": "0.3"})),
            "Se\\+Te 的合计 0.3 大于各元素限值之和 0.2",
        ),
        (table(of("A", {"of": ["As"], "most": "0.1"}), unit=""), "缺少 unit"),
    ],
)  # fmt: skip
def test_a_table_with_a_fault_is_refused_in_words(data: dict[str, Any], says: str) -> None:
    with pytest.raises(GradeTrouble, match=says):
        grading_tables.read(data)


def test_a_plant_puts_its_own_table_in_the_place_of_the_same_code() -> None:
    def book(*codes: str, source: str) -> GradeBook:
        one = of("A", {"of": ["As"], "most": "0.1"})
        return GradeBook(tuple(t for c in codes for t in grading_tables.read(table(one, code=c, source=source)).tables))

    found = book("S", "T", source="国标").over(book("T", "U", source="内控"))
    assert [(one.code, one.source) for one in found.tables] == [("S", "国标"), ("T", "内控"), ("U", "内控")]
    assert isinstance(found.table("U"), LimitTable) and found.table("X") is None
