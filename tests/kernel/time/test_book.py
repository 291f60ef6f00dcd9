"""The book of rosters: swaps move a shift to another crew, substitutions a person; what cannot be is named."""

from datetime import date, datetime

from ronglu.kernel.time.book_checks import book_problems, uncovered
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.expand import ShiftLine, expand
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.roster import FOUR, CrewSwap, Roster, RosterBook, Substitution, four_three
from tests.kernel.time.clocks import DEFAULT, FROM_26, LONG_AGO, rule

ANCHOR = date(2026, 1, 1)
LINE = "磨浮线"
PLAIN = four_three(shifts=DEFAULT.rules[0].shifts, anchor=ANCHOR, from_on=LONG_AGO)


def test_a_swap_moves_one_shift_of_one_line() -> None:
    """On 2 January 甲 stands 白, 乙 中, 丙 夜, and 丁 has its second day of rest; 丁 takes 白."""
    day = date(2026, 1, 2)
    book = RosterBook({LINE: [PLAIN], "熔炼线": [PLAIN]}, [CrewSwap(LINE, day, 1, "丁")], calendar=DEFAULT)
    assert [book.crew_of(LINE, day, no) for no in (1, 2, 3)] == ["丁", "乙", "丙"]
    assert book.crew_of("熔炼线", day, 1) == "甲"
    assert book.crew_on(LINE, datetime(2026, 1, 2, 9)) == "丁"
    assert book_problems(book, DEFAULT) == []


def test_a_swap_that_takes_a_crews_rest_is_named() -> None:
    """乙 stands 中 from 16:00; taking 白 from 08:00 it would stand sixteen hours."""
    book = RosterBook({LINE: [PLAIN]}, [CrewSwap(LINE, ANCHOR, 1, "乙")])
    assert book_problems(book, DEFAULT) == [
        "产线“磨浮线”2026-01-01 白班的换班：乙班与 2026-01-01 中班之间只隔 0 小时，少于 12 小时"
    ]


def test_rest_is_looked_for_across_production_days_too() -> None:
    """丁 stood 夜 of 31 December until 08:00 of 1 January."""
    book = RosterBook({LINE: [PLAIN]}, [CrewSwap(LINE, ANCHOR, 1, "丁")])
    assert book_problems(book, DEFAULT) == [
        "产线“磨浮线”2026-01-01 白班的换班：丁班与 2025-12-31 夜班之间只隔 0 小时，少于 12 小时"
    ]


def test_swaps_that_cannot_be_are_named() -> None:
    swaps = [CrewSwap(LINE, ANCHOR, 4, "丁"), CrewSwap(LINE, ANCHOR, 1, "戊"), CrewSwap(LINE, ANCHOR, 1, "戊")]
    assert book_problems(RosterBook({LINE: [PLAIN]}, swaps), DEFAULT) == [
        "产线“磨浮线”2026-01-01 白班有 2 条换班，只能有一条",
        "产线“磨浮线”2026-01-01 4班的换班：这一天只有 3 个班",
        "产线“磨浮线”2026-01-01 白班的换班：轮班表“四班三运转”里没有戊班",
        "产线“磨浮线”2026-01-01 白班的换班：轮班表“四班三运转”里没有戊班",
    ]


def test_a_substitute_was_there_and_the_one_replaced_was_not() -> None:
    """甲 stands 白: 1003 of 丁 stands in for 1001 of 甲."""
    book = RosterBook({LINE: [PLAIN]}, substitutions=[Substitution(LINE, ANCHOR, 1, "1001", "1003")])
    there = {
        (person, home): book.stood(person, home=home, line=LINE, day=ANCHOR, shift_no=1)
        for person, home in [("1001", "甲"), ("1002", "甲"), ("1003", "丁"), ("1004", "丁")]
    }
    assert there == {("1001", "甲"): False, ("1002", "甲"): True, ("1003", "丁"): True, ("1004", "丁"): False}
    assert book.crew_of(LINE, ANCHOR, 1) == "甲"
    assert book_problems(book, DEFAULT) == []


def test_substitutions_that_cannot_be_are_named() -> None:
    book = RosterBook({LINE: [PLAIN]}, substitutions=[Substitution(LINE, ANCHOR, 5, "1001", "1001")])
    assert book_problems(book, DEFAULT) == [
        "产线“磨浮线”2026-01-01 5班的替班：1001 不能替自己",
        "产线“磨浮线”2026-01-01 5班的替班：这一天只有 3 个班",
    ]


def test_a_new_roster_takes_over_on_its_day_and_overlaps_are_named() -> None:
    old = Roster("旧", FOUR, PLAIN.cycle, 2, ANCHOR, LONG_AGO, ANCHOR)
    new = Roster("新", ("子", "丑", "寅", "卯"), PLAIN.cycle, 2, ANCHOR, ANCHOR)
    book = RosterBook({LINE: [new, old]})
    # the day before the anchor is position 7 for 甲: 乙 at 1 stands 白
    assert (book.crew_of(LINE, date(2025, 12, 31), 1), book.crew_of(LINE, ANCHOR, 1)) == ("乙", "子")
    assert book_problems(book, DEFAULT) == []
    overlapping = RosterBook({LINE: [PLAIN, new]})
    assert book_problems(overlapping, DEFAULT) == [
        "产线“磨浮线”：轮班表“四班三运转”还没有截止，“新”就从 2026-01-01 开始了"
    ]


def test_a_line_without_a_roster_of_its_own_follows_that_of_every_line() -> None:
    book = RosterBook({"*": [PLAIN]})
    assert book.crew_of("任一线", ANCHOR, 2) == "乙"


def test_shifts_that_nobody_stands_are_found() -> None:
    """The fourth shift of the day before a change of clock has no crew until someone enters it as a swap."""
    calendar = Calendar((rule("00:00", "夜白中"), rule("08:00", "白中夜", date(2026, 6, 1))))
    may = date(2026, 5, 31)
    book = RosterBook({LINE: [PLAIN]})
    assert list(uncovered(book, calendar, LINE, may, date(2026, 6, 1))) == [Period.shift(may, 4)]
    entered = RosterBook({LINE: [PLAIN]}, [CrewSwap(LINE, may, 4, "丁")])
    assert list(uncovered(entered, calendar, LINE, may, date(2026, 6, 1))) == []


def test_days_and_shifts_are_written_out_for_joins() -> None:
    book = RosterBook({LINE: [PLAIN]}, [CrewSwap(LINE, date(2026, 1, 26), 3, "丁")])
    days = list(expand(FROM_26, book, LINE, date(2026, 1, 25), date(2026, 1, 26)))
    assert [(d.day, str(d.month), str(d.week), d.starts_at, d.ends_at) for d in days] == [
        (date(2026, 1, 25), "2026-01", "2026-W04", datetime(2026, 1, 25, 8), datetime(2026, 1, 26, 8)),
        (date(2026, 1, 26), "2026-02", "2026-W05", datetime(2026, 1, 26, 8), datetime(2026, 1, 27, 8)),
    ]
    february = Period.month(2026, 2)
    # 25 days after the anchor: 甲 at 25 mod 8 = 1 白, 乙 at 3 中, 丙 at 5 夜, swapped to 丁
    assert days[1].shifts == (
        ShiftLine(
            LINE, date(2026, 1, 26), 1, "白", datetime(2026, 1, 26, 8), datetime(2026, 1, 26, 16), february, "甲"
        ),
        ShiftLine(LINE, date(2026, 1, 26), 2, "中", datetime(2026, 1, 26, 16), datetime(2026, 1, 27), february, "乙"),
        ShiftLine(LINE, date(2026, 1, 26), 3, "夜", datetime(2026, 1, 27), datetime(2026, 1, 27, 8), february, "丁"),
    )
