"""Habits 23–27: labels, codes, ratio lines, quantities that two forms hold."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from ronglu.exchange.exclusions import settle
from ronglu.exchange.profile import Exclusion, Item, Measure, Ratio
from ronglu.exchange.read import Parsed
from ronglu.exchange.words import bare, normal
from tests.exchange.books import codes, day_profile, form, item, months, only, read, value, write

APRIL = months("25.4")


def test_habit_23_blanks_and_widths_do_not_matter_for_matching(tmp_path: Path) -> None:
    assert normal("项  目") == normal("项目") == "项目"
    assert normal("回收率（％）；备注：") == "回收率(%);备注:"
    assert bare("  其中：矿石") == "矿石"
    rows = [["项　　目", "本  月"], ["  处 理 量（吨）", 10]]
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), form(item("处理量", "feed"), sheets=APRIL))
    assert [v.scaled for v in parsed.values] == [1000]


def test_habit_23_the_indent_is_the_parent(tmp_path: Path) -> None:
    rows = [
        ["项目", "本月"],
        ["一选厂", None],
        ["　电耗", 10],
        ["二选厂", None],
        ["　电耗", 20],
        ["处理量", 5],
        ["其中:原煤", 2],
    ]
    profile = form(
        item("电耗", "power", "一选厂"),
        item("电耗", "power", "二选厂", line="L2"),
        item("处理量", "feed"),
        item("原煤", "coal", "处理量"),
        sheets=APRIL,
    )
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    assert {(v.line, v.series): v.scaled for v in parsed.values} == {
        ("L1", "power"): 10,
        ("L2", "power"): 20,
        ("L1", "feed"): 500,
        ("L1", "coal"): 200,
    }
    assert parsed.ready


def test_habit_23_the_same_label_as_a_part_and_on_its_own(tmp_path: Path) -> None:
    rows = [["项目", "本月"], ["处理量", 5], ["其中:原煤", 2], ["原煤", 9]]
    profile = form(
        item("处理量", "feed"), item("原煤", "coal", "处理量"), item("原煤", "coal", line="L2"), sheets=APRIL
    )
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    assert {(v.line, v.series): v.scaled for v in parsed.values} == {
        ("L1", "feed"): 500,
        ("L1", "coal"): 200,
        ("L2", "coal"): 900,
    }


def test_habit_23_an_indent_made_by_the_cell_format_counts(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page, deep = book.add_worksheet("25.4"), book.add_format({"indent": 1})
        page.write_row(0, 0, ["项目", "本月"])
        for number, (label, amount) in enumerate((("一选厂", None), ("电耗", 10), ("二选厂", None), ("电耗", 20)), 1):
            page.write_string(number, 0, label, deep if amount else None)
            if amount:
                page.write_number(number, 1, amount)
    profile = form(item("电耗", "power", "一选厂"), item("电耗", "power", "二选厂", line="L2"), sheets=APRIL)
    assert {v.line: v.scaled for v in read(tmp_path / "a.xlsx", profile).values} == {"L1": 10, "L2": 20}


def test_habit_24_a_label_that_continues_the_line_above_is_told_by_parent_and_unit(tmp_path: Path) -> None:
    rows = [
        ["项目", "单位", "本月"],
        ["磨矿 电耗", "kWh", 10],
        ["水耗", "m³", 3],
        ["浮选 电耗", "kWh", 20],
        ["水耗", "m³", 4],
    ]
    profile = form(
        item("磨矿电耗", "power"),
        item("浮选电耗", "power", line="L2"),
        item("水耗", "water", "磨矿"),
        item("水耗", "water", "浮选", line="L2"),
        sheets=APRIL,
    )
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    assert {(v.line, v.series): v.scaled for v in parsed.values} == {
        ("L1", "power"): 10,
        ("L2", "power"): 20,
        ("L1", "water"): 30,
        ("L2", "water"): 40,
    }


def test_habit_24_a_label_met_twice_without_a_way_to_tell_is_an_error(tmp_path: Path) -> None:
    rows = [["项目", "本月"], ["水耗", 3], ["水耗", 4]]
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), form(item("水耗", "water"), sheets=APRIL))
    error = only(parsed, "label_twice")
    assert (error.severity, error.row) == ("error", 3)
    assert [v.scaled for v in parsed.values] == [30]


def test_habit_24_the_code_names_the_line_if_there_is_one(tmp_path: Path) -> None:
    rows = [["代码", "项目", "本月"], ["101", "水耗", 3], ["205", "水耗", 4], [None, "处理量", 5]]
    profile = form(
        item("水耗", "water", code="101"),
        item("水耗", "water", code="205", line="L2"),
        item("处理量", "feed"),
        sheets=APRIL,
    )
    assert {(v.line, v.series): v.scaled for v in read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile).values} == {
        ("L1", "water"): 30,
        ("L2", "water"): 40,
        ("L1", "feed"): 500,
    }


def test_habit_25_a_code_is_valid_within_its_form_only(tmp_path: Path) -> None:
    rows = [["代码", "项目", "本月"], ["07", "处理量", 5]]
    path = write(tmp_path / "a.xlsx", {"25.4": rows})
    ours = read(path, form(item("处理量", "feed", code="07"), sheets=APRIL))
    assert [v.series for v in ours.values] == ["feed"]
    theirs = read(path, form(item("水耗", "water", code="07"), sheets=APRIL))
    asked = only(theirs, "code_differs")
    assert (asked.severity, asked.row, asked.value) == ("question", 2, "处理量")
    assert len(theirs.values) == 0


def test_habit_25_lines_without_a_code_and_unknown_lines(tmp_path: Path) -> None:
    rows = [["代码", "项目", "本月"], ["01", "处理量", 5], [None, "水耗", 3], ["09", "炉渣量", 8]]
    parsed = read(
        write(tmp_path / "a.xlsx", {"25.4": rows}),
        form(item("处理量", "feed", code="01"), item("水耗", "water"), sheets=APRIL),
    )
    assert {v.series for v in parsed.values} == {"feed", "water"}
    unknown = only(parsed, "label_unknown")
    assert (unknown.severity, unknown.row, unknown.value) == ("question", 4, "炉渣量")


def test_habit_26_a_ratio_line_is_recomputed_from_its_parts(tmp_path: Path) -> None:
    ratio = Ratio("unit_power", "power", "feed")
    rows = [["项目", "本月", "累计"], ["处理量", 100, 400], ["电耗", 2500, 10400], ["单位电耗", 25, 25]]
    profile = form(
        item("处理量", "feed"), item("电耗", "power"), item("单位电耗", "unit_power"), sheets=APRIL, ratios=(ratio,)
    )
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    asked = only(parsed, "check_ratio")  # 2500/100 = 25 is right, 10400/400 = 26 is not
    assert (asked.severity, asked.cell, asked.value) == ("question", "C4", "25.00")
    assert "26.00" in asked.message


def test_habit_26_ratio_columns_of_a_daily_table_are_recomputed_too(tmp_path: Path) -> None:
    rows = [["日期", "处理量", "电耗", "单位电耗"], ["2026-03-01", 100, 2500, 25.004], ["2026-03-02", 100, 2500, 26]]
    profile = day_profile(
        value("处理量", "feed"),
        value("电耗", "power"),
        value("单位电耗", "unit_power"),
        ratios=(Ratio("unit_power", "power", "feed"),),
    )
    parsed = read(write(tmp_path / "a.xlsx", {"日报": rows}), profile)
    assert only(parsed, "check_ratio").cell == "D3"


OWN, SENT = (
    Item("自用蒸汽", measure=Measure("steam", line="一厂")),
    Item("外供蒸汽", measure=Measure("water", line="二厂")),
)
TWICE = {"exclusions": (Exclusion("steam", "water", "一厂自用即二厂外供"),), "sheets": APRIL}


def twice(
    tmp_path: Path, answer: str = "", stored: Mapping[str, set[str]] | None = None, *, both: bool = True
) -> Parsed:
    """A workbook in which one form lists as own use what the other delivers: 1 200 and 1 200, and the ore beside it."""
    rows = [["项目", "本月"], ["处理量", 5], ["自用蒸汽", 1200], *([["外供蒸汽", 1200]] if both else [])]
    profile = form(item("处理量", "feed"), OWN, SENT, **TWICE)
    parsed = read(write(tmp_path / "a.xlsx", {"25.4": rows}), profile)
    answers = {"excluded_pair:steam:water": answer} if answer else {}
    return settle(parsed, profile, stored=stored or {}, answers=answers)


def held(parsed: Parsed) -> list[tuple[str, str]]:
    return [(one.line, one.series) for one in parsed.values]


def test_habit_27_two_forms_with_the_same_quantity_are_not_summed_unasked(tmp_path: Path) -> None:
    parsed = twice(tmp_path)
    (asked,) = parsed.questions
    assert (asked.code, asked.choices, parsed.ready) == ("excluded_pair", ("steam", "water"), False)
    assert "一厂" in asked.message and "二厂" in asked.message and "一厂自用即二厂外供" in asked.message


@pytest.mark.parametrize(("answer", "line"), [("steam", "一厂"), ("water", "二厂")])
def test_habit_27_the_one_that_is_chosen_enters_and_the_other_does_not(tmp_path: Path, answer: str, line: str) -> None:
    parsed = twice(tmp_path, answer)
    assert parsed.ready and held(parsed)[1:] == [(line, answer)] and held(parsed)[0][1] == "feed"


def test_habit_27_one_of_them_alone_is_no_question(tmp_path: Path) -> None:
    assert twice(tmp_path, both=False).ready


def test_habit_27_what_is_stored_already_stays_and_the_file_gives_way(tmp_path: Path) -> None:
    """The other form came in last week: only the stored one can be chosen, and the file's own is left out."""
    parsed = twice(tmp_path, stored={"三厂": {"water"}}, both=False)
    assert [one.choices for one in parsed.questions] == [("water",)]
    parsed = twice(tmp_path, "water", {"三厂": {"water"}}, both=False)
    assert parsed.ready and [series for _line, series in held(parsed)] == ["feed"]
    assert not twice(tmp_path, "steam", {"三厂": {"water"}}, both=False).ready


def test_habit_27_where_both_are_stored_a_person_takes_one_out_first(tmp_path: Path) -> None:
    parsed = twice(tmp_path, "steam", {"一厂": {"steam"}, "三厂": {"water"}})
    assert "excluded_stored" in codes(parsed) and not parsed.ready


def test_habit_27_a_pair_names_two_series() -> None:
    assert form(item("处理量", "feed"), exclusions=(Exclusion("steam", "steam"),)).problems() == [
        "同一笔数量要写两个不同的序列,现为“steam”和“steam”"
    ]


def test_a_total_among_the_items_is_taken_only_when_the_form_declares_it(tmp_path: Path) -> None:
    rows = [["项目", "本月"], ["处理量", 5], ["合计", 5]]
    path = write(tmp_path / "a.xlsx", {"25.4": rows})
    parsed = read(path, form(item("处理量", "feed"), sheets=APRIL))
    assert len(parsed.values) == 1
    assert only(parsed, "totals_skipped").row == 3
    declared = read(path, form(item("处理量", "feed"), Item("合计", measure=Measure("out")), sheets=APRIL))
    assert len(declared.values) == 2
    assert "totals_skipped" not in codes(declared)
