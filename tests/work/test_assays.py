"""Assay sheets: graded as entered, counted once somebody else compared them, corrected in versions, brought in by workbook."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ronglu.kernel.measure.grading import GradeTrouble
from ronglu.store.models import AssaySheet, AuditEntry
from ronglu.work import assays
from ronglu.work.assays import BadAssay
from ronglu.work.queries.todo_assays import waiting_assays
from tests.cast import AT, Cast, cast
from tests.kernel.measure.test_grading import CLEAN
from tests.work.assayed import BOOK, GB, confirm, confirmed, entered, said
from tests.work.clock import set_clock
from tests.work.test_tables import Desk

__all__ = ["cast"]
HEAD = ["单位", "标准", "批号", "取样日期", "取样时间", "批重", *CLEAN]


def correct(cast: Cast, sheet: AssaySheet, by: str = "周统计员", why: str = "抄错一位", **other: Any) -> AssaySheet:
    return assays.correct(sheet=sheet, said=said(**other), why=why, book=BOOK, by=cast.account[by], at=AT)


def test_a_sheet_is_kept_as_written_and_graded_limit_by_limit(cast: Cast) -> None:
    row = entered(cast, As="0.00055", weight="2.486")
    assert (row.values["As"], row.weight, row.state, row.version) == ("0.00055", "2.486", "entered", 1)
    assert (row.outcome, row.grade, row.verdict["decided"]) == ("graded", "Cu-CATH-2", ["As"])
    (line,) = [one for one in row.verdict["grades"][0]["lines"] if one["zh"] == "As"]
    assert (line["value"], line["rounded"], line["bound"], line["passes"]) == ("0.00055", "0.0006", "0.0005", False)
    assert AuditEntry.objects.get(verb="assays.enter").detail["grade"] == "Cu-CATH-2"


def test_a_blank_value_was_not_measured_and_keeps_the_lot_ungraded(cast: Cast) -> None:
    row = entered(cast, As=" ")
    assert (row.outcome, row.grade, row.verdict["missing"]) == ("unknown", "", ["As"])
    assert "As" not in row.values


def test_whoever_entered_it_does_not_confirm_it(cast: Cast) -> None:
    row = entered(cast)
    with pytest.raises(BadAssay, match="录入的人不能自己核对"):
        confirm(cast, row, by="周统计员")
    with pytest.raises(BadAssay, match="请写明哪里不对"):
        confirm(cast, row, holds=False)
    done = confirm(cast, row)
    assert (done.state, done.confirmed_by) == ("confirmed", cast.account["陈技术员"])
    with pytest.raises(BadAssay, match="不在待核对"):
        confirm(cast, row)
    assert AssaySheet.objects.get().state == "confirmed"


def test_a_correction_is_a_new_version_and_the_confirmed_one_counts_until_it_is_confirmed(cast: Cast) -> None:
    first = confirmed(cast)
    second = correct(cast, first, As="0.0012")
    first.refresh_from_db()
    assert (first.state, second.state, second.version, second.why) == ("confirmed", "entered", 2, "抄错一位")
    confirm(cast, second)
    first.refresh_from_db()
    assert (first.state, first.values["As"], first.grade) == ("superseded", "0.0004", "Cu-CATH-1")
    assert AssaySheet.objects.get(state="confirmed").grade == "Cu-CATH-2"


def test_a_refused_correction_leaves_the_confirmed_one(cast: Cast) -> None:
    first = confirmed(cast)
    second = correct(cast, first, As="0.0012")
    assert confirm(cast, second, holds=False, said="纸上是 0.0004").said == "纸上是 0.0004"
    first.refresh_from_db()
    assert first.state == "confirmed"
    third = correct(cast, second, Ag="0.0010")
    second.refresh_from_db()
    assert (second.state, third.version) == ("superseded", 3)


def test_who_corrects_does_not_confirm_his_own_words(cast: Cast) -> None:
    row = correct(cast, entered(cast), by="陈技术员", As="0.0003")
    with pytest.raises(BadAssay, match="录入的人不能自己核对"):
        confirm(cast, row, by="陈技术员")
    assert confirm(cast, row, by="周统计员").state == "confirmed"


def test_a_correction_says_why_and_changes_something_on_the_newest_version(cast: Cast) -> None:
    row = entered(cast)
    with pytest.raises(BadAssay, match="请写明为什么更正"):
        correct(cast, row, why=" ", As="0.0003")
    # .00040 is the same assay as .0004
    with pytest.raises(BadAssay, match="没有改动"):
        correct(cast, row, As="0.00040")
    correct(cast, row, As="0.0003")
    with pytest.raises(BadAssay, match="已有第 2 版"):
        correct(cast, row, As="0.0002")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"As": "some"}, "“some”不是化验值"),
        ({"Au": "0.0001"}, "GB/T 467-2010 不看Au"),
        ({"sampled_at": dt.datetime(2026, 3, 10, 9, 6)}, "还没到"),
        ({"weight": "0"}, "应为大于 0 的吨数"),
        ({"standard": "GB/T 1"}, "没有标准 GB/T 1，现有：GB/T 467-2010"),
        (dict.fromkeys(CLEAN, ""), "一个化验值也没有"),
    ],
)
def test_what_is_no_sheet_is_refused(cast: Cast, other: dict[str, Any], why: str) -> None:
    with pytest.raises(GradeTrouble, match=why):
        entered(cast, **other)
    assert not AssaySheet.objects.exists()


def test_a_lot_is_entered_once_and_at_a_line(cast: Cast) -> None:
    entered(cast)
    with pytest.raises(BadAssay, match="批号 A-1 已有化验单（第 1 版，待核对），有错请更正那一张"):
        entered(cast)
    with pytest.raises(BadAssay, match="请填写批号"):
        entered(cast, " ")
    with pytest.raises(BadAssay, match="转炉甲班是横大班"):
        entered(cast, "A-2", unit="QL-R1-甲")


def test_a_sheet_waits_for_those_who_confirm_for_its_line_and_did_not_enter_it(cast: Cast) -> None:
    entered(cast, "A-1")
    entered(cast, "A-2", by="陈技术员")
    entered(cast, "B-1", unit="QL-F1")
    confirmed(cast, "A-3")

    def waiting(name: str) -> list[int]:
        return [one.count for one in waiting_assays(cast.scope(name))]

    # the statistician of the converters has one of the technician's; the technician looks after every line
    assert (waiting("周统计员"), waiting("陈技术员")) == ([1], [2])
    for name in ("李班长", "高书记", "邻厂书记", "系统管理员"):
        assert waiting(name) == [], name


@pytest.fixture
def desk(cast: Cast, tmp_path: Path) -> Desk:
    set_clock(cast.plant)
    return Desk(cast, tmp_path)


def line(lot: str, *, unit: str = "转炉线", day: str = "2026-03-09", time: str = "14:30", **other: Any) -> list[Any]:
    return [unit, GB, lot, day, time, 2.5, *(CLEAN | other).values()]


def test_a_workbook_is_taken_once_and_changes_nothing_the_second_time(cast: Cast, desk: Desk) -> None:
    # as a workbook keeps them: numbers, one of them .00055
    rows = [line("A-1", As=0.00055), line("A-2", Bi="<0.0001")]
    done = desk.bring("assays", HEAD, *rows)
    assert (done.new, done.changed, done.unchanged) == (2, 0, 0)
    found = {row.lot: (row.grade, row.state, row.sampled_at.hour, row.weight) for row in AssaySheet.objects.all()}
    assert found == {"A-1": ("Cu-CATH-2", "entered", 14, "2.5"), "A-2": ("Cu-CATH-1", "entered", 14, "2.5")}
    again = desk.bring("assays", HEAD, *rows)
    assert (again.new, again.changed, again.unchanged, AssaySheet.objects.count()) == (0, 0, 2, 2)
    other = desk.bring("assays", HEAD, line("A-1", As=0.0004), rows[1])
    assert (other.new, other.changed, other.unchanged) == (0, 1, 1)
    newest = AssaySheet.objects.get(lot="A-1", version=2)
    assert (newest.grade, newest.why, newest.batch is not None) == ("Cu-CATH-1", "导入的化验单与原来的不同", True)


def test_one_wrong_cell_and_nothing_of_the_workbook_is_taken(cast: Cast, desk: Desk) -> None:
    wrong = desk.faults(
        "assays", HEAD, line("A-1"), line("A-2", As="微量"), line("A-3", day="2026-03-12"), line("A-4", time="早")
    )
    assert [(row, column) for row, column, _what in wrong] == [(3, "As"), (4, "day"), (5, "time")]
    assert "“微量”不是化验值" in wrong[0][2]
    assert not AssaySheet.objects.exists()


def test_a_line_that_is_not_his_is_told_by_its_cell(cast: Cast, desk: Desk) -> None:
    """周统计员 keeps the converters' workshop, not the refiners'."""
    wrong = desk.faults("assays", HEAD, line("A-1", unit="精炼线"))
    assert [(row, column) for row, column, _what in wrong] == [(2, "unit")]
