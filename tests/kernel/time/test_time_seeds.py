"""The calendars, rosters and holidays of the base pack load, are lawful, and wrong declarations are all named at once."""

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml

import ronglu.packs
from ronglu.kernel.time.declared import TimeSeeds, read, rule_of
from ronglu.kernel.time.errors import DeclarationError
from ronglu.kernel.time.workday import WorkCalendar
from tests.kernel.time.clocks import DEFAULT, ELEVEN, MIDNIGHT, SEVEN, SIX_HOURS, TWELVE_HOURS

DATA = yaml.safe_load((Path(next(iter(ronglu.packs.__path__))) / "base" / "time.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def seeds() -> TimeSeeds:
    return read(DATA)


def test_the_calendars_are_those_of_the_decisions(seeds: TimeSeeds) -> None:
    assert {code: seed.calendar for code, seed in seeds.calendars.items()} == {
        "day_first": DEFAULT, "day_first_07": SEVEN, "night_first": MIDNIGHT, "night_first_23": ELEVEN,
        "six_hours": SIX_HOURS, "twelve_hours": TWELVE_HOURS,
    }  # fmt: skip


def test_the_rosters_are_those_of_the_decisions(seeds: TimeSeeds) -> None:
    three = (1, 1, 2, 2, 3, 3, None, None)
    assert {code: (seed.label, len(seed.crews), seed.cycle, seed.step) for code, seed in seeds.rosters.items()} == {
        "four_three": ("四班三运转", 4, three, 2),
        "four_three_night_first": ("四班三运转（夜班在前）", 4, three, 2),
        "five_four": ("五班四倒", 5, (1, 1, 2, 2, 3, 3, 4, 4, None, None), 2),
        "four_two": ("四班两运转", 4, (1, 2, None, None), 1),
        "day_crew": ("长白班", 1, (1,), 0),
    }


def test_what_we_chose_ourselves_says_so(seeds: TimeSeeds) -> None:
    assert {seed.status for seed in [*seeds.calendars.values(), *seeds.rosters.values()]} == {"系统默认"}


def test_every_day_of_the_published_years_agrees_with_the_package_that_collects_the_notices(seeds: TimeSeeds) -> None:
    notices = pytest.importorskip("chinese_calendar", reason="没有 chinesecalendar 包，未核对节假日")
    ours = WorkCalendar(seeds.holidays)
    assert ours.problems() == []
    days = [date.fromordinal(n) for n in range(date(2025, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert [day for day in days if ours.is_workday(day) != notices.is_workday(day)] == []


def test_a_year_has_thirteen_statutory_days_and_the_unpublished_one_no_more(seeds: TimeSeeds) -> None:
    of_2027 = [row for row in seeds.holidays if row.on.year == 2027]
    assert len(of_2027) == 13 and {row.status for row in of_2027} == {"法定未调休"}
    assert WorkCalendar(seeds.holidays).knows(2027)


def test_a_declared_shift_may_be_a_stored_row_too() -> None:
    stored = [
        {"no": 1, "name": "白", "starts": "08:00", "hours": "12"},
        {"no": 2, "name": "夜", "starts": "20:00", "hours": "12"},
    ]
    row = {"from_on": date(2000, 1, 1), "day_starts": "08:00", "shifts": stored}
    assert rule_of(row) == TWELVE_HOURS.rules[0]


def test_all_wrong_declarations_are_told_at_once() -> None:
    data = deepcopy(DATA)
    data["calendars"][1]["rules"][0]["shifts"][1]["starts"] = 960
    data["calendars"][2]["rules"][0]["day_starts"] = "06:00"
    data["rosters"][2]["cycle"] = "四四一一二二三三休休"
    data["holidays"] = [
        {"name": "元旦", "from": "元月一日", "status": "国务院通知"},
        {"name": "春节", "status": "国务院通知"},
    ]
    with pytest.raises(DeclarationError) as told:
        read(data)
    assert str(told.value).splitlines() == [
        'day_first_07：“960”不是钟点，应写成带引号的 "08:00"',
        "night_first：2000-01-01 起的日历：生产日从 06:00 开始，却没有班次在此时开始（班次开始于 00:00、08:00、16:00）",
        "four_three_night_first：没有名为 night_first 的日历",
        "five_four：轮班表“五班四倒”：四班下班到一班上班只隔 0 小时，少于 12 小时；"
        "请检查循环的顺序是否与生产日从 08:00 开始相符",
        "元旦：“from”应是日期（2026-01-01），不是“元月一日”",
        "春节：缺少“from”",
    ]
