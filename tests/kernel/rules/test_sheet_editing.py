"""Writing a declaration in a page: fields of every shape, changes to a sheet, differences in words, double counts, minutes."""

from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.rules import edit
from ronglu.kernel.rules.cost import Forms, Rates, minutes
from ronglu.kernel.rules.diff import differences
from ronglu.kernel.rules.doubles import Elsewhere, doubles
from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import form_of
from ronglu.kernel.rules.fields import Form
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.load import build, readable
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shape import KINDS
from ronglu.kernel.time.period import Period
from ronglu.packs import sheets

SHIPPED = sheets.declaration(sheets.DEFAULT)
ITEMS = {item.code: item for item in readable(SHIPPED)}
SHAPES = {kind: one.fields for kind, one in KINDS.items()}
RATES = Rates(seconds=20, mark=2, figure=3)
SWITCHED = {"cap"}
"""Set by the sheet's bonus switch, not by the item."""


def declared(which: str, **more: Any) -> dict[str, Any]:
    return edit.find(SHIPPED, which) | more


def item(which: str, **more: Any) -> Item:
    data = edit.put(SHIPPED, declared(which, **more), was=which)
    return next(one for one in readable(data) if one.code == which)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shapes_fields_are_exactly_what_its_reader_asks_for(kind: str) -> None:
    p = Params("形状", {})
    KINDS[kind].read(p, 100)
    asked = p._asked - (SWITCHED if kind in ("target", "target_pp") else set())
    assert {field.name for field in KINDS[kind].fields} == asked


@pytest.mark.parametrize("code", ITEMS)
def test_a_shape_spread_over_boxes_and_gathered_again_is_the_same_declaration(code: str) -> None:
    shape = edit.find(SHIPPED, code)["shape"]
    form = Form(SHAPES[shape["kind"]], SHAPES)
    given = {one.path: one.value for one in form.spread(shape)}
    assert {"kind": shape["kind"], **form.gather(given)} == shape


@pytest.mark.parametrize("code", ITEMS)
def test_examples_spread_and_gathered_are_the_same_examples(code: str) -> None:
    rows, form = sheets.example_rows()[code], form_of(ITEMS[code].shape)
    given = {one.path: one.value for one in form.spread({"cases": rows})}
    assert form.gather(given) == {"cases": rows}


def test_rows_that_are_left_empty_are_not_declared() -> None:
    form = Form(SHAPES["deduct"], SHAPES)
    given = {
        "each.0.key": "missed",
        "each.0.label": "没有办",
        "each.0.points": " 2 ",
        "each.1.key": "",
        "each.7.label": "",
    }
    assert form.gather(given) == {"each": {"missed": {"label": "没有办", "points": 2}}}


def test_points_moved_between_categories_move_the_categories_and_leave_the_rest_alone() -> None:
    moved = edit.move(SHIPPED, source="B3", target="C2", points=Decimal("1.5"))
    assert (edit.find(moved, "B3")["points"], edit.find(moved, "C2")["points"]) == ("5.5", "8.5")
    assert {row["code"]: row["points"] for row in moved["categories"]} == {
        "A": 30, "B": "38.5", "C": "31.5", "D": 60, "E": 40,
    }  # fmt: skip
    assert build(moved).problems() == []
    assert edit.find(SHIPPED, "B3")["points"] == 7


@pytest.mark.parametrize(
    ("source", "target", "points", "says"),
    [
        ("B3", "B3", "1", "两个不同的项"),
        ("B3", "C2", "0", "应大于 0"),
        ("B3", "C2", "7", "满分应大于 0"),
        ("Z1", "C2", "1", "没有 Z1 这一项"),
    ],
)
def test_what_cannot_be_moved_is_told(source: str, target: str, points: str, says: str) -> None:
    with pytest.raises(SheetProblem, match=says):
        edit.move(SHIPPED, source=source, target=target, points=Decimal(points))


@pytest.mark.parametrize(
    ("code", "says"), [("A1", "代号 A1 已经有了"), ("C9", "代号应是类别字母加一两位数字"), ("A", "现在是“A”")]
)
def test_a_code_begins_with_its_category_and_is_free(code: str, says: str) -> None:
    with pytest.raises(SheetProblem, match=says):
        edit.put(SHIPPED, declared("A2", code=code))


def test_a_sheet_supposed_for_past_months_begins_with_their_year_and_all_its_items_with_it() -> None:
    late = edit.put(SHIPPED, declared("A2", starts_on="2026-06-01"), was="A2")
    sheet = build(edit.supposed(late, since=Period.month(2025, 8)))
    assert {one.starts_on.isoformat() for one in sheet.items} == {"2025-01-01"}


def test_differences_are_told_item_by_item_and_nothing_else_is() -> None:
    after = edit.drop(edit.move(SHIPPED, source="B3", target="B5", points=Decimal(1)), "D8")
    after = edit.put(after, declared("D8", code="D9", name="班组竞赛", starts_on="2026-05-01"))
    told = [(c.code, c.what, c.before, c.after) for c in differences(build(SHIPPED), build(after))]
    assert told == [
        ("B3", "满分", "7 分", "6 分"),
        ("B5", "满分", "4 分", "5 分"),
        ("D9", "新增", "", f"4 分，{ITEMS['D8'].rule}"),
        ("D8", "不再考核", "4 分", ""),
    ]
    assert differences(build(SHIPPED), build(SHIPPED)) == ()


def test_items_that_read_different_kinds_of_one_fact_are_no_double_count() -> None:
    assert doubles(ITEMS.values()) == ()
    assert {ITEMS["A1"].fact, ITEMS["B1"].fact} == {"duty_due"}


def test_one_kind_of_a_fact_in_two_items_is_a_double_count_and_so_is_one_indicator() -> None:
    both = item("B1", filter={"type": ["relay"]})
    [found] = doubles([ITEMS["A1"], both])
    assert (found.what, found.administrative) == ("duty_due", False)
    wires = {"D2": frozenset({"SM-02", "SM-03"}), "D3": frozenset({"SM-02"})}
    assert [one.what for one in doubles([ITEMS["D2"], ITEMS["D3"]], wires=wires)] == ["SM-02"]


@pytest.mark.parametrize(("kind", "counted"), [("", 1), ("relay", 1), ("meeting", 0)])
def test_the_administrative_scheme_counts_a_fact_or_one_kind_of_it(kind: str, counted: int) -> None:
    line = Elsewhere("duty_due", kind, "行政绩效", "第 2 条")
    assert len(doubles([ITEMS["A1"]], elsewhere=[line])) == counted


def test_minutes_follow_from_fields_people_and_times_and_kept_facts_cost_nothing() -> None:
    assert minutes(ITEMS["A2"], rates=RATES, branches=15, wired=True) == 0
    # 3 fields × 15 branches × 20 s = 900 s
    assert minutes(ITEMS["A2"], rates=RATES, branches=15, wired=False) == 15
    # C4: 3 reviewers × 2 fields × 15 branches × 20 s = 1800 s
    assert ITEMS["C4"].shape.reviewers * 2 * 15 * 20 == minutes(ITEMS["C4"], rates=RATES, branches=15, wired=True) * 60
    # a 12-field form for 40 people once a week: 12 × 40 × 4 × 20 s = 38,400 s
    assert minutes(ITEMS["A2"], rates=RATES, branches=15, wired=True, forms=Forms(12, 40, 4)) == 640


def test_a_quarterly_figure_is_spread_over_its_months_and_rounded_up() -> None:
    # A6, quarterly: 3 × 10 × 20 s = 600 s a quarter = 200 s a month
    assert minutes(ITEMS["A6"], rates=RATES, branches=10, wired=False) == 4
