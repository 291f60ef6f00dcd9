"""Rosters of lines from a day on, crews that change shifts, persons who stand in."""

import datetime as dt
from dataclasses import replace

import pytest

from ronglu.kernel.time.roster import Roster
from ronglu.store.models import Channel, CrewSwap, Engagement, Person, Reading, RosterRow, ShiftRow, Substitution, Unit
from ronglu.work import rosters, shifts
from ronglu.work.rosters import BadRoster
from tests.cast import AT, SINCE, Cast, cast
from tests.work.clock import THE_1ST, four, set_clock

__all__ = ["cast"]
THE_2ND, THE_4TH, THE_7TH, THE_8TH = (dt.date(2026, 3, day) for day in (2, 4, 7, 8))


@pytest.fixture
def line(cast: Cast) -> Unit:
    """甲乙丙 on the 1st and 2nd, 丁甲乙 on the 3rd and 4th, 丙丁甲, 乙丙丁."""
    set_clock(cast.plant)
    shifts.materialise(plant=cast.plant, first=THE_1ST, last=THE_8TH)
    rosters.declare(unit=cast.unit["QL-R1"], roster=four(cast.plant), by=None, at=AT)
    return cast.unit["QL-R1"]


def stood(line: Unit, day: dt.date) -> str:
    return "".join(ShiftRow.objects.filter(unit=line, day=day).order_by("shift_no").values_list("letter", flat=True))


def lock(line: Unit, cast: Cast, day: dt.date) -> None:
    channel = Channel.objects.create(unit=line, series="sm_coal", grain="shift", from_on=SINCE)
    at = dt.datetime.combine(day, dt.time(8))
    Reading.objects.create(
        channel=channel, starts_at=at, ends_at=at + dt.timedelta(hours=8), day=day, shift_no=1, month=202603,
        text="1", value=10, known_at=AT, entered_by=cast.account["李班长"], state="locked",
    )  # fmt: skip


def swap(line: Unit, day: dt.date, no: int, letter: str, reason: str = "检修") -> CrewSwap:
    return rosters.swap(unit=line, day=day, shift_no=no, letter=letter, reason=reason, by=None, at=AT)


def test_a_roster_declared_writes_the_crews_of_shifts_that_were_there(line: Unit) -> None:
    assert [stood(line, THE_1ST), stood(line, THE_4TH), stood(line, THE_8TH)] == ["甲乙丙", "丁甲乙", "乙丙丁"]


def test_a_second_roster_ends_the_first_and_one_of_the_same_day_replaces_it(line: Unit, cast: Cast) -> None:
    later = four(cast.plant, anchor=THE_4TH, from_on=THE_4TH)
    for _ in range(2):
        rosters.declare(unit=line, roster=later, by=None, at=AT)
    rows = RosterRow.objects.filter(unit=line).order_by("from_on")
    assert [(row.from_on, row.until_on) for row in rows] == [(dt.date(2025, 1, 1), THE_4TH), (THE_4TH, None)]
    assert [stood(line, dt.date(2026, 3, 3)), stood(line, THE_4TH)] == ["丁甲乙", "甲乙丙"]


def test_a_cycle_without_rest_between_shifts_is_refused_by_name(line: Unit, cast: Cast) -> None:
    wrong: Roster = replace(four(cast.plant), code="错排", cycle=(3, 3, 2, 2, 1, 1, None, None))
    with pytest.raises(BadRoster, match=r"错排.*少于 12 小时"):
        rosters.declare(unit=line, roster=wrong, by=None, at=AT)


def test_a_closed_roster_leaves_a_gap_and_no_guess(line: Unit) -> None:
    rosters.close(unit=line, on=THE_4TH, by=None, at=AT)
    assert [stood(line, dt.date(2026, 3, 3)), stood(line, THE_4TH)] == ["丁甲乙", ""]


def test_a_swap_by_a_resting_crew_stands_and_can_be_taken_back(line: Unit) -> None:
    row = swap(line, THE_2ND, 1, "丁")
    assert stood(line, THE_2ND) == "丁乙丙"
    rosters.unswap(swap=row, by=None, at=AT)
    assert stood(line, THE_2ND) == "甲乙丙"


def test_a_swap_without_twelve_hours_of_rest_is_refused_with_the_lines_name(line: Unit) -> None:
    # 丙 stands the night of the 1st until 08:00 of the 2nd
    with pytest.raises(BadRoster, match=r"转炉线 .*丙班与 2026-03-01 夜班之间只隔 0 小时，少于 12 小时"):
        swap(line, THE_2ND, 1, "丙")
    assert not CrewSwap.objects.exists()


def test_a_swap_needs_a_reason_and_a_crew_of_the_roster(line: Unit) -> None:
    with pytest.raises(BadRoster, match="原因"):
        swap(line, THE_1ST, 1, "丁", reason=" ")
    with pytest.raises(BadRoster, match="没有戊班"):
        swap(line, THE_1ST, 1, "戊")


def test_two_crews_exchange_shifts_where_both_are_rested(line: Unit) -> None:
    # 甲 and 乙 change places on the 1st: 甲 then stands 中 until midnight and 白 of the 2nd from 08:00, 8 hours
    with pytest.raises(BadRoster, match="只隔 8 小时"):
        rosters.exchange(unit=line, one=(THE_1ST, 1), other=(THE_1ST, 2), reason="家事", by=None, at=AT)
    # 丁 rests on the 2nd, 甲 on the 7th: each takes a shift of the other
    rosters.exchange(unit=line, one=(THE_2ND, 1), other=(THE_7TH, 3), reason="家事", by=None, at=AT)
    assert [stood(line, THE_2ND), stood(line, THE_7TH)] == ["丁乙丙", "乙丙甲"]


def test_locked_shifts_keep_their_crews(line: Unit, cast: Cast) -> None:
    lock(line, cast, THE_4TH)
    for change in (
        lambda: rosters.declare(unit=line, roster=four(cast.plant, anchor=THE_4TH, from_on=THE_4TH), by=None, at=AT),
        lambda: rosters.close(unit=line, on=THE_4TH, by=None, at=AT),
        lambda: swap(line, THE_4TH, 1, "丙"),
    ):
        with pytest.raises(BadRoster, match="2026-03-04 的读数已锁定"):
            change()
    rosters.close(unit=line, on=dt.date(2026, 3, 5), by=None, at=AT)


@pytest.fixture
def resting(cast: Cast, line: Unit) -> Person:
    """A man of crew 丁."""
    man = Person.objects.create(plant=cast.plant, staff_no="20199", name="丁师傅")
    Engagement.objects.create(person=man, unit=cast.unit["QL-R1-丁"], from_on=SINCE)
    return man


def stand(line: Unit, absent: Person, standin: Person, day: dt.date = THE_2ND, no: int = 1) -> Substitution:
    return rosters.stand_in(unit=line, day=day, shift_no=no, absent=absent, standin=standin, by=None, at=AT)


def test_a_rested_man_stands_in_for_one_of_the_crew_on_duty(line: Unit, cast: Cast, resting: Person) -> None:
    row = stand(line, cast.person["李班长"], resting)
    assert (row.absent, row.standin) == (cast.person["李班长"], resting)
    assert stood(line, THE_2ND) == "甲乙丙"
    with pytest.raises(BadRoster, match="已经有人顶班"):
        stand(line, cast.person["李班长"], resting)
    rosters.withdraw_stand_in(substitution=row, by=None, at=AT)
    assert not Substitution.objects.exists()


def test_nobody_stands_in_for_a_crew_that_is_not_on_duty_or_for_himself(
    line: Unit, cast: Cast, resting: Person
) -> None:
    with pytest.raises(BadRoster, match="李班长不在2026-03-02 中班当班的乙班"):
        stand(line, cast.person["李班长"], resting, no=2)
    with pytest.raises(BadRoster, match="不能替自己"):
        stand(line, cast.person["李班长"], cast.person["李班长"])


def test_a_stand_in_who_comes_from_his_own_shift_is_refused(line: Unit, cast: Cast) -> None:
    # 吴师傅 of 乙 stands 中 of the 1st until midnight; the day shift of the 2nd begins eight hours later
    with pytest.raises(BadRoster, match=r"吴师傅2026-03-01 中班在岗.*只隔 8 小时"):
        stand(line, cast.person["李班长"], cast.person["吴师傅"])
