"""The days of a month's, a quarter's and a year's assessment, counted in working days."""

from datetime import date

import pytest

from ronglu.kernel.standing.declared import timetable as build
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.timetable import dates
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.workday import Holiday, WorkCalendar
from ronglu.packs import sheets, standing

TABLE = standing.load().timetable
# 清明: Monday 6 April off, as in the office's notice for that year
WORK = WorkCalendar([Holiday(date(2026, 4, 6), False, "清明节")])


def test_march_is_locked_checked_audited_publicised_and_closed_on_working_days() -> None:
    # April 1, 2, 3 (Wed–Fri), 6 off, 7, 8 … by hand on the calendar
    found = dates(TABLE, Period.month(2026, 3), WORK.add_workdays)
    assert [(post.stage.label, post.on.isoformat()) for post in found] == [
        ("读数锁定", "2026-04-03"), ("支部自查", "2026-04-08"), ("审核", "2026-04-13"),
        ("公示", "2026-04-20"), ("申诉", "2026-04-27"), ("关账", "2026-04-28"),
    ]  # fmt: skip


def test_a_statistical_month_counts_from_its_own_last_day() -> None:
    # ends Wednesday 25 March: 26, 27, 30
    found = dates(TABLE, Period.month(2026, 3), WORK.add_workdays, ends_on=date(2026, 3, 25))
    assert found[0].on == date(2026, 3, 30)


def test_quarters_and_years_have_their_own_stages_and_days_have_none() -> None:
    quarter = dates(TABLE, Period.quarter(2026, 1), WORK.add_workdays)
    assert (quarter[0].stage.label, quarter[0].on) == ("季度点评", date(2026, 4, 15))
    assert [post.stage.code for post in dates(TABLE, Period.year(2026), WORK.add_workdays)][-1] == "archive"
    assert dates(TABLE, Period.day(date(2026, 3, 1)), WORK.add_workdays) == ()


def test_stages_out_of_order_and_written_twice_are_refused_together() -> None:
    data = sheets.content(standing.FOLDER / "timetable.yaml")
    lock, check, *rest = data["month"]
    with pytest.raises(StandingTrouble) as refused:
        build({**data, "month": [check, lock, check, *rest]})
    assert refused.value.problems == (
        "考核日程：月的“self_check”写了两遍",
        "考核日程：月的各步应从早到晚，现在是 5、3、5、8、13、18、19",
    )
