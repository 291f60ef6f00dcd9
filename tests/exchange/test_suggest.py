"""What the browser shows and proposes before a person has said anything."""

from datetime import date
from pathlib import Path

import xlsxwriter

from ronglu.exchange.profile import Measure, Role
from ronglu.exchange.suggest import pin, preview, suggest
from tests.exchange.books import SERIES, read, write

ROWS = [
    ["一选厂日报"],
    ["日期", "班次", "处理量(t)", "回收率", "电量(万千瓦时)", "天气"],
    [date(2026, 3, 1), "白", 100.5, 85, 1.2, "晴"],
    [date(2026, 3, 1), "中", 110, 86, 1.3, "雨"],
]


def test_a_preview_shows_the_first_rows_and_all_sheets(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"日报": ROWS, "二": [["x"]]}, merges=[("日报", "A1:F1", "一选厂日报")])
    shown = preview(path, rows=3)
    assert shown.sheet == "日报"
    assert [name for name, *_ in shown.sheets] == ["日报", "二"]
    assert shown.rows[1] == ("日期", "班次", "处理量(t)", "回收率", "电量(万千瓦时)", "天气")
    assert shown.rows[2][:3] == ("2026-03-01", "白", "100.5")
    assert shown.merged == ((0, 0, 0, 5),)
    assert preview(path, "二").rows == (("x",),)


def test_a_hidden_sheet_is_previewed_when_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("日报").write(0, 0, "a")
        other = book.add_worksheet("旧")
        other.write(0, 0, "b")
        other.hide()
    assert preview(tmp_path / "a.xlsx").rows == (("a",),)
    assert preview(tmp_path / "a.xlsx", "旧").rows == (("b",),)


def test_a_profile_is_proposed_that_reads_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"日报": ROWS})
    found = suggest(path, series=SERIES)
    assert found.header_row == 2
    assert [(g.letter, g.role, g.series[:1]) for g in found.guesses] == [
        ("A", Role.STAMP, ()),
        ("B", Role.SHIFT, ()),
        ("C", Role.VALUE, ("feed",)),
        ("D", Role.VALUE, ("recovery",)),
        ("E", Role.VALUE, ()),
        ("F", None, ()),
    ]
    assert found.profile.grain == "shift"
    assert any("E" in text and "请选序列" in text for text in found.open_points)
    assert any("哪条产线" in text for text in found.open_points)

    from dataclasses import replace

    profile = pin(found.profile, column="E", role=Role.VALUE, words=("电量(万千瓦时)",), measure=Measure("power"))
    parsed = read(path, replace(profile, line="L1"))
    assert [(v.series, v.scaled) for v in parsed.values if v.stamp.shift_no == 1] == [
        ("feed", 10050),
        ("recovery", 8500),
        ("power", 12000),
    ]


def test_a_csv_without_known_words_still_shows_its_dates_and_numbers(test_data: Path) -> None:
    found = suggest(test_data / "series" / "steel_energy_15min_2018h1.csv.gz")
    assert found.header_row == 1
    assert found.profile.grain == "instant"
    assert found.guesses[0].role is Role.STAMP
    assert [g.role for g in found.guesses[1:4]] == [Role.VALUE] * 3
    assert found.guesses[-1].role is None


def test_pointing_again_replaces_what_a_column_meant() -> None:
    from tests.exchange.books import day_profile, value

    profile = pin(
        day_profile(value("处理量", "feed")), column="B", role=Role.VALUE, words=("处理量",), measure=Measure("out")
    )
    assert [c.measure.series for c in profile.columns if c.role is Role.VALUE] == ["out"]
    assert [
        c for c in pin(profile, column="B", role=Role.IGNORE, words=("处理量",)).columns if c.role is Role.VALUE
    ] == []


def test_a_column_of_unit_names_is_taken_for_the_lines_whatever_its_title(tmp_path: Path) -> None:
    rows = [["日期", "炉子", "处理量(t)"], *([date(2026, 3, day), "一号线", 100 + day] for day in (1, 2, 3))]
    path = write(tmp_path / "a.xlsx", {"日报": rows})
    assert suggest(path, series=SERIES, lines={"一号线", "二号线"}).guesses[1].role is Role.LINE
    assert suggest(path, series=SERIES).guesses[1].role is None
