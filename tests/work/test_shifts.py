"""Days and shifts written out from the clock and the rosters."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronglu.store.models import Channel, CrewSwap, DayRow, Holiday, Partition, Reading, ShiftRow, Unit, UnitState
from ronglu.work import shifts
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.clock import SINCE, THE_1ST, days_only, four, set_clock, set_roster

THE_8TH = dt.date(2026, 3, 8)


@pytest.fixture
def line(cast: Cast) -> Unit:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    return cast.unit["QL-R1"]


def stood(line: Unit, first: dt.date = THE_1ST, last: dt.date = THE_8TH) -> list[str]:
    """The letters of each day, in the order of its shifts."""
    rows = ShiftRow.objects.filter(unit=line, day__gte=first, day__lte=last).order_by("day", "shift_no")
    days: dict[dt.date, str] = {}
    for row in rows:
        days[row.day] = days.get(row.day, "") + row.letter
    return list(days.values())


def write(line: Unit, first: dt.date = THE_1ST, last: dt.date = THE_8TH) -> shifts.Written:
    return shifts.materialise(plant=line.plant, first=first, last=last)


def keep_reading(line: Unit, *, letter: str, state: str, by: object, day: dt.date = THE_1ST) -> Reading:
    channel, _ = Channel.objects.get_or_create(unit=line, series="sm_coal", grain="shift", from_on=SINCE)
    at = dt.datetime.combine(day, dt.time(8))
    return Reading.objects.create(
        channel=channel, starts_at=at, ends_at=at + dt.timedelta(hours=8), day=day, shift_no=1, month=202603,
        letter=letter, text="1", value=10, state=state, known_at=AT, entered_by=by,
    )  # fmt: skip


def test_a_cycle_of_eight_days_gives_each_shift_the_crew_worked_out_by_hand(line: Unit) -> None:
    # 甲 stands 白白中中夜夜休休 from the 1st, 乙 is two days ahead, 丙 four, 丁 six; read down the shifts of each day
    write(line)
    assert stood(line) == ["甲乙丙", "甲乙丙", "丁甲乙", "丁甲乙", "丙丁甲", "丙丁甲", "乙丙丁", "乙丙丁"]


def test_the_night_shift_belongs_to_the_day_it_began_in_and_to_that_days_month(line: Unit) -> None:
    write(line, dt.date(2026, 3, 31), dt.date(2026, 3, 31))
    night = ShiftRow.objects.get(unit=line, shift_no=3)
    assert (night.starts_at, night.ends_at) == (dt.datetime(2026, 4, 1, 0), dt.datetime(2026, 4, 1, 8))
    assert (night.day, night.month) == (dt.date(2026, 3, 31), 202603)


def test_a_second_time_nothing_changes(line: Unit) -> None:
    first = write(line)
    assert (first.days, first.shifts) == (8, 8 * 3 * 2)  # two lines of the plant
    assert first.changed == 8 + 8 * 3 * 2
    before = list(ShiftRow.objects.order_by("pk").values())
    assert write(line).changed == 0
    assert list(ShiftRow.objects.order_by("pk").values()) == before


def test_a_statistical_month_from_the_26th_begins_the_next_month(cast: Cast) -> None:
    set_clock(cast.plant, month_first=26)
    shifts.materialise(plant=cast.plant, first=dt.date(2026, 2, 25), last=dt.date(2026, 2, 26))
    assert list(DayRow.objects.order_by("day").values_list("month", flat=True)) == [202602, 202603]


def test_holidays_and_make_up_days_decide_what_is_a_working_day(cast: Cast) -> None:
    set_clock(cast.plant)
    Holiday.objects.create(plant=cast.plant, day=dt.date(2026, 4, 6), working=False, name="清明节")  # a Monday
    Holiday.objects.create(plant=cast.plant, day=dt.date(2026, 4, 4), working=True, name="调休")  # a Saturday
    shifts.materialise(plant=cast.plant, first=dt.date(2026, 4, 3), last=dt.date(2026, 4, 7))
    assert list(DayRow.objects.order_by("day").values_list("workday", flat=True)) == [True, True, False, False, True]


def test_a_line_without_a_roster_works_the_one_of_its_workshop(cast: Cast) -> None:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-F"], four(cast.plant))
    write(cast.unit["QL-F1"])
    assert stood(cast.unit["QL-F1"])[0] == "甲乙丙"
    assert stood(cast.unit["QL-R1"])[0] == ""  # no roster above it either: a gap, never a guess


def test_the_shift_names_the_crew_of_its_line_only_while_that_crew_exists(line: Unit, cast: Cast) -> None:
    UnitState.objects.filter(unit=cast.unit["QL-R1-甲"]).update(from_on=dt.date(2026, 3, 2))
    write(line)
    crews = ShiftRow.objects.filter(unit=line, letter="甲").order_by("day").values_list("crew__code", flat=True)
    assert list(crews) == [None, "QL-R1-甲", "QL-R1-甲", "QL-R1-甲", "QL-R1-甲", "QL-R1-甲"]


def test_a_line_has_no_shifts_after_it_was_closed(line: Unit) -> None:
    UnitState.objects.filter(unit=line).update(until_on=dt.date(2026, 3, 3))
    write(line)
    assert stood(line) == ["甲乙丙", "甲乙丙"]


def test_a_day_crew_has_one_shift_on_working_days(cast: Cast) -> None:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], days_only(cast.plant))
    Holiday.objects.create(plant=cast.plant, day=dt.date(2026, 3, 3), working=False, name="厂休")
    write(cast.unit["QL-R1"])  # 1 March is a Sunday, 7 and 8 the next weekend
    rows = ShiftRow.objects.filter(unit=cast.unit["QL-R1"]).order_by("day")
    assert list(rows.values_list("day__day", "shift_no", "letter")) == [(d, 1, "长白") for d in (2, 4, 5, 6)]


def test_a_swap_gives_readings_their_crew_and_marks_the_month_and_leaves_locked_ones(line: Unit, cast: Cast) -> None:
    by = cast.account["周统计员"]
    write(line)
    open_one = keep_reading(line, letter="甲", state="audited", by=by)
    locked = keep_reading(line, letter="甲", state="locked", by=by, day=dt.date(2026, 3, 2))
    for day in (1, 2):
        CrewSwap.objects.create(unit=line, day=dt.date(2026, 3, day), shift_no=1, letter="丁", reason="检修")
    assert write(line).changed == 2
    open_one.refresh_from_db()
    locked.refresh_from_db()
    assert (open_one.letter, locked.letter) == ("丁", "甲")
    dirty = Partition.objects.get(plant=line.plant, fact="readings")
    assert (dirty.month, dirty.wanted > dirty.built) == (202603, True)


def test_readings_of_an_unchanged_range_dirty_nothing(line: Unit, cast: Cast) -> None:
    write(line)
    keep_reading(line, letter="甲", state="audited", by=cast.account["周统计员"])
    write(line)
    assert not Partition.objects.exists()


def test_another_plants_lines_are_left_alone(line: Unit, cast: Cast) -> None:
    write(line)
    assert not ShiftRow.objects.filter(unit__plant=cast.neighbour).exists()
    assert shifts.materialise(plant=cast.neighbour, first=THE_1ST, last=THE_8TH) == shifts.Written(0, 0, 0)


def test_ensure_writes_what_is_missing_and_asks_one_question_when_nothing_is(line: Unit) -> None:
    shifts.ensure(plant=line.plant, first=THE_1ST, last=THE_8TH)
    assert len(stood(line)) == 8
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shifts.ensure(plant=line.plant, first=THE_1ST, last=THE_8TH)
    assert len(asked) == 1


def test_three_lines_cost_as_many_queries_as_one(line: Unit, cast: Cast) -> None:
    def cost(first: dt.date) -> int:
        with CaptureQueriesContext(connection) as asked:
            write(line, first, first)
        return len(asked)

    before = cost(THE_1ST)
    for no in (2, 3):
        unit = Unit.objects.create(plant=cast.plant, code=f"QL-X{no}", kind="line", module="smelting")
        UnitState.objects.create(unit=unit, name=f"{no} 号线", parent=cast.unit["QL-R"], from_on=SINCE)
    assert cost(dt.date(2026, 3, 2)) == before
