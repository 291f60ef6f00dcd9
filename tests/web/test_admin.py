"""The plant's settings in the browser: clock, rosters, holidays, channels, stops, imported scores."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ronglu.store.models import (
    CalendarRow,
    Channel,
    CrewSwap,
    Engagement,
    Holiday,
    Import,
    ImportedScore,
    Person,
    Plan,
    PlanStop,
    RosterRow,
    Substitution,
    Unit,
    UnitState,
)
from ronglu.work import stops
from tests.cast import AT, SINCE, Cast, cast
from tests.work.clock import four, set_clock, set_roster

__all__ = ["cast"]
THE_2ND = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def the_2nd_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-02"


@pytest.fixture
def plant(cast: Cast) -> Cast:
    set_clock(cast.plant)
    set_roster(cast.unit["QL-R1"], four(cast.plant))
    return cast


def get(cast: Cast, name: str, page: str, *args: Any, **query: Any) -> HttpResponse:
    return cast.login(Client(), name).get(reverse(page, args=args), query)


def post(cast: Cast, who: str, page: str, *args: Any, **said: Any) -> HttpResponse:
    return cast.login(Client(), who).post(reverse(page, args=args), said, follow=True)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def cost(cast: Cast, name: str, page: str, *args: Any) -> int:
    client = cast.login(Client(), name)
    client.get(reverse(page, args=args))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(page, args=args)).status_code == 200
    return len(asked)


def test_the_clock_shows_its_shifts_and_statistical_month(plant: Cast) -> None:
    CalendarRow.objects.update(month_first=26)
    shown = text(get(plant, "李班长", "admin"))
    assert "生产日从 03-02 08:00 到 03-03 08:00" in shown
    assert "2026-02-26" in shown
    assert "2026-03-25" in shown
    assert "改日历" not in shown


def test_a_plant_without_a_clock_is_told_so(cast: Cast) -> None:
    assert "本厂还没有日历" in text(get(cast, "周统计员", "admin"))
    assert "没有轮班" in text(get(cast, "周统计员", "rosters"))
    assert get(cast, "周统计员", "roster", "QL-R1").status_code == 200
    assert get(cast, "周统计员", "plan", "QL-R1", "SM-01", 2026).status_code == 200
    post(cast, "周统计员", "plan_set", "QL-R1", "SM-01", 2026, part="", value="3650")
    assert "日历至少要有一条规则" in text(post(cast, "周统计员", "plan_split", "QL-R1", "SM-01", 2026))


def test_a_year_without_holidays_is_told_loudly_on_the_clock_and_in_november_the_next_one(
    plant: Cast, settings: Any
) -> None:
    assert "2026 年的节假日还没有登记" in text(get(plant, "李班长", "admin"))
    post(plant, "周统计员", "holidays_seed", 2026)
    assert "还没有登记" not in text(get(plant, "李班长", "admin"))
    settings.TODAY = "2026-11-21"
    assert "2027 年的节假日还没有登记" in text(get(plant, "李班长", "holidays"))


def test_the_clock_is_changed_from_a_day_on_and_its_shifts_follow_each_other(plant: Cast) -> None:
    said = {"on": "2026-04-01", "pattern": "day_first", "day_starts": "07:30", "month_first": "26"}
    assert "日历已改" in text(post(plant, "周统计员", "clock_new", **said))
    row = CalendarRow.objects.get(from_on=dt.date(2026, 4, 1))
    assert [shift["starts"] for shift in row.shifts] == ["07:30", "15:30", "23:30"]
    assert (row.day_starts, row.month_first) == (dt.time(7, 30), 26)
    post(plant, "周统计员", "clock_withdraw", dt.date(2026, 4, 1))
    assert CalendarRow.objects.count() == 1


def test_what_the_verb_refuses_stands_above_the_form_and_nothing_changed(plant: Cast) -> None:
    said = {"on": "2026-04-01", "pattern": "twelve_hours", "day_starts": "08:00", "month_first": "1"}
    refused = post(plant, "周统计员", "clock_new", **said)
    assert (refused.status_code, CalendarRow.objects.count()) == (422, 1)
    assert "现有轮班与新日历不合" in text(refused)


def test_holidays_are_entered_by_the_day_and_go_as_a_festival(plant: Cast) -> None:
    for day in ("2026-05-01", "2026-05-02"):
        post(plant, "周统计员", "holiday_new", day=day, works="0", name="劳动节")
    post(plant, "周统计员", "holiday_new", day="2026-05-09", works="1", name="劳动节调休")
    shown = text(get(plant, "李班长", "holidays"))
    assert shown.count("劳动节") >= 2
    assert "去掉" not in shown
    post(plant, "周统计员", "holiday_withdraw", dt.date(2026, 5, 1), dt.date(2026, 5, 2))
    assert [row.working for row in Holiday.objects.all()] == [True]
    assert "没有登记节假日或调休" in text(
        post(plant, "周统计员", "holiday_withdraw", dt.date(2026, 5, 1), dt.date(2026, 5, 2))
    )


def test_two_weeks_are_drawn_as_the_roster_says(plant: Cast) -> None:
    """甲 at position 0 on the 1st: the 2nd is her second day shift."""
    shown = text(get(plant, "李班长", "roster", "QL-R1"))
    rows = {crew: shown.split(f'<th scope="row">{crew}</th>')[1].split("</tr>")[0] for crew in "甲丁"}
    words = {crew: [cell.split(">")[1][0] for cell in row.split("<td")[1:]] for crew, row in rows.items()}
    assert "".join(words["甲"]) == "白中中夜夜休休白白中中夜夜休"
    assert "".join(words["丁"]) == "休白白中中夜夜休休白白中中夜"


def test_a_swap_is_drawn_and_can_be_undone(plant: Cast) -> None:
    said = {"day": "2026-03-02", "shift_no": "1", "letter": "丁", "reason": "检修"}
    assert "换班已登记" in text(post(plant, "周统计员", "roster_deed", "QL-R1", "swap", **said))
    shown = text(get(plant, "李班长", "roster", "QL-R1"))
    assert shown.count("<small>换</small>") == 2  # 丁 works, 甲 rests
    post(plant, "周统计员", "swap_undo", CrewSwap.objects.get().pk)
    assert not CrewSwap.objects.exists()


def test_a_swap_that_leaves_no_rest_is_refused_in_words(plant: Cast) -> None:
    said = {"day": "2026-03-02", "shift_no": "1", "letter": "丙", "reason": "检修"}
    assert "少于 12 小时" in text(post(plant, "周统计员", "roster_deed", "QL-R1", "swap", **said))
    assert not CrewSwap.objects.exists()


def test_a_roster_is_chosen_from_those_that_fit_the_clock(plant: Cast) -> None:
    shown = text(get(plant, "周统计员", "roster_deed", "QL-R1", "declare"))
    assert "四班三运转 白白中中夜夜休休" in shown
    assert "四班两运转 白夜休休" in shown
    assert "五班四倒" not in shown


def test_a_roster_is_declared_for_a_line_within_reach_only(plant: Cast) -> None:
    said = {"pattern": "four_three", "on": "2026-03-02", "anchor": "2026-03-02"}
    refused = post(plant, "周统计员", "roster_deed", "QL-F1", "declare", **said)
    assert refused.status_code == 404
    post(plant, "周统计员", "roster_deed", "QL-R1", "declare", **said)
    row = RosterRow.objects.get(unit=plant.unit["QL-R1"], until_on=None)
    assert (row.anchor, row.cycle) == (THE_2ND, [1, 1, 2, 2, 3, 3, None, None])


def test_who_stands_in_for_whom_is_shown_to_those_who_arrange_it(plant: Cast) -> None:
    man = Person.objects.create(plant=plant.plant, staff_no="20199", name="丁师傅")
    Engagement.objects.create(person=man, unit=plant.unit["QL-R1-丁"], from_on=SINCE)
    said = {"day": "2026-03-02", "shift_no": "1", "absent": "20101", "standin": "20199"}
    assert "顶班已登记" in text(post(plant, "周统计员", "roster_deed", "QL-R1", "stand-in", **said))
    assert "丁师傅" in text(get(plant, "周统计员", "roster", "QL-R1"))
    assert "丁师傅" not in text(get(plant, "吴师傅", "roster", "QL-R1"))
    post(plant, "周统计员", "stand_in_undo", Substitution.objects.get().pk)
    assert not Substitution.objects.exists()


def test_channels_are_opened_changed_and_closed(plant: Cast) -> None:
    assert "还没有测点" in text(get(plant, "周统计员", "channel_unit", "QL-R1"))
    said = {"series": "sm_coal", "grain": "shift", "on": "2026-03-02", "per_day": "0"}
    assert "测点已开" in text(post(plant, "周统计员", "channel_open", "QL-R1", **said))
    channel = Channel.objects.get()
    post(plant, "周统计员", "channel_deed", channel.pk, "change", from_on="2026-03-01", per_day="0")
    post(plant, "周统计员", "channel_deed", channel.pk, "close", on="2026-03-05")
    channel.refresh_from_db()
    assert (channel.from_on, channel.until_on) == (dt.date(2026, 3, 1), dt.date(2026, 3, 5))


def test_a_series_of_another_module_cannot_be_chosen(plant: Cast) -> None:
    said = {"series": "fr_anode", "grain": "shift", "on": "2026-03-02", "per_day": "0"}
    assert post(plant, "周统计员", "channel_open", "QL-R1", **said).status_code == 422


def test_a_line_changes_its_module_only_when_it_reports_nothing_of_the_old(plant: Cast) -> None:
    Channel.objects.create(unit=plant.unit["QL-R1"], series="sm_coal", grain="shift", from_on=SINCE)
    refused = post(plant, "系统管理员", "module_assign", "QL-R1", module="fire_refining")
    assert "还在上报别的模块的数列：熔炼用煤" in text(refused)
    Channel.objects.all().delete()
    post(plant, "系统管理员", "module_assign", "QL-R1", module="fire_refining")
    assert Unit.objects.get(code="QL-R1").module == "fire_refining"


def test_a_stop_is_proposed_by_one_and_approved_by_another(plant: Cast) -> None:
    said = {"first": "2026-03-04", "last": "2026-03-06", "reason": "检修"}
    assert "等待另一人批准" in text(post(plant, "周统计员", "stop_new", "QL-R1", **said))
    stop = PlanStop.objects.get()
    assert "批准<span" not in text(get(plant, "周统计员", "stops"))
    assert "须由另一人批准" in text(post(plant, "周统计员", "stop_settle", stop.pk, "approve"))
    assert "批准<span" in text(get(plant, "马主任", "stops"))
    post(plant, "马主任", "stop_settle", stop.pk, "approve")
    stop.refresh_from_db()
    assert stop.approved_by == plant.account["马主任"]


def test_what_waits_for_a_second_person_stands_in_his_list_and_not_in_the_firsts(plant: Cast) -> None:
    stops.propose(
        unit=plant.unit["QL-R1"], first=THE_2ND, last=THE_2ND, reason="检修", by=plant.account["周统计员"], at=AT
    )
    assert "1 项计划停产等第二人批准" in text(get(plant, "马主任", "home"))
    assert "计划停产等第二人批准" not in text(get(plant, "周统计员", "home"))


def test_a_stop_of_a_unit_out_of_reach_is_neither_listed_nor_settled(plant: Cast) -> None:
    stop = stops.propose(
        unit=plant.unit["QL-F1"], first=THE_2ND, last=THE_2ND, reason="停电", by=plant.account["李班长"], at=AT
    )
    assert "停电" not in text(get(plant, "马主任", "stops"))
    assert post(plant, "马主任", "stop_settle", stop.pk, "approve").status_code == 404


def test_imported_scores_are_approved_by_somebody_else_or_sent_back(plant: Cast) -> None:
    batch = Import.objects.create(
        plant=plant.plant, kind="scores", file_name="往期分.xlsx", digest="x", size=1, path="x",
        created_by=plant.account["孙干事"], created_at=AT,
    )  # fmt: skip
    body = plant.body["QL-B1"]
    ImportedScore.objects.create(
        plant=plant.plant, body=body, subject=f"body:{body.pk}", kind="party", period="2025-Q4", value=9250, batch=batch
    )
    assert "须由另一人认可" in text(get(plant, "孙干事", "scores_waiting"))
    assert "1 个等第二人认可" in text(get(plant, "高书记", "home"))
    shown = text(get(plant, "高书记", "scores_waiting"))
    assert "转炉党支部" in shown
    assert "92.50" in shown
    assert "由您导入" in text(post(plant, "孙干事", "scores_settle", batch.pk, "approve"))
    assert "请写明退回的原因" in text(post(plant, "高书记", "scores_settle", batch.pk, "reject"))
    post(plant, "高书记", "scores_settle", batch.pk, "approve")
    assert ImportedScore.objects.get().approved_by == plant.account["高书记"]


def test_a_year_plan_is_set_split_into_months_and_a_month_into_days(plant: Cast) -> None:
    said = {"indicator_code": "SM-01", "in_year": "2026", "part": "", "value": "3650"}
    assert "计划已下达" in text(post(plant, "周统计员", "plan_new", "QL-R1", **said))
    post(plant, "周统计员", "plan_set", "QL-R1", "SM-01", 2026, part="3", value="640")
    assert "已分到各月" in text(post(plant, "周统计员", "plan_split", "QL-R1", "SM-01", 2026))
    assert Plan.objects.get(period="2026-03").value == "640"
    assert sum(Decimal(p.value) for p in Plan.objects.filter(period__startswith="2026-")) == 3650
    assert "已分到各日" in text(post(plant, "周统计员", "plan_split", "QL-R1", "SM-01", 2026, month="3"))
    assert Plan.objects.filter(period__startswith="2026-03-").count() == 31
    shown = text(get(plant, "周统计员", "plan", "QL-R1", "SM-01", 2026))
    assert "3,650" in shown
    assert 'id="curve-data"' in shown
    post(plant, "周统计员", "plan_set", "QL-R1", "SM-01", 2026, part="3", value="")
    assert not Plan.objects.filter(period="2026-03").exists()


def test_a_ratio_has_no_split_and_another_modules_indicator_no_page(plant: Cast) -> None:
    post(plant, "周统计员", "plan_set", "QL-R1", "SM-02", 2026, part="", value="42")
    assert "年计划分到月" not in text(get(plant, "周统计员", "plan", "QL-R1", "SM-02", 2026))
    assert "比率" in text(post(plant, "周统计员", "plan_split", "QL-R1", "SM-02", 2026))
    assert get(plant, "周统计员", "plan", "QL-R1", "FR-01", 2026).status_code == 404


def test_plans_of_a_unit_out_of_reach_are_not_set(plant: Cast) -> None:
    assert post(plant, "周统计员", "plan_set", "QL-F1", "SM-16a", 2026, part="", value="42").status_code == 404
    assert not Plan.objects.exists()
    assert "QL-F1" not in text(get(plant, "周统计员", "plans"))


@pytest.mark.parametrize("page", ["rosters", "channels"])
def test_three_lines_cost_as_many_queries_as_one(plant: Cast, page: str) -> None:
    before = cost(plant, "系统管理员", page)
    for no in (3, 4):
        unit = Unit.objects.create(plant=plant.plant, code=f"QL-X{no}", kind="line", module="smelting")
        UnitState.objects.create(unit=unit, name=f"{no} 号线", parent=plant.unit["QL-R"], from_on=SINCE)
        set_roster(unit, four(plant.plant))
        Channel.objects.create(unit=unit, series="sm_coal", grain="shift", from_on=SINCE)
    assert cost(plant, "系统管理员", page) == before


def test_three_rows_of_each_list_cost_as_many_queries_as_one(plant: Cast) -> None:
    line = plant.unit["QL-R1"]

    def one_more(no: int) -> None:
        Channel.objects.create(unit=line, series=f"sm_{no}", grain="shift", from_on=SINCE)
        CrewSwap.objects.create(unit=line, day=THE_2ND + dt.timedelta(days=no), shift_no=1, letter="丁", reason="x")
        Substitution.objects.create(
            unit=line, day=THE_2ND, shift_no=no, absent=plant.person["李班长"], standin=plant.person["吴师傅"]
        )
        Holiday.objects.create(
            plant=plant.plant, day=THE_2ND + dt.timedelta(days=2 * no), working=False, name=f"节{no}"
        )
        PlanStop.objects.create(
            unit=line, from_on=THE_2ND + dt.timedelta(days=9 * no), until_on=THE_2ND + dt.timedelta(days=9 * no + 1),
            reason="x", set_by=plant.account["周统计员"],
        )  # fmt: skip

        Plan.objects.create(unit=line, indicator=f"SM-0{no}", period=f"2026-0{no}", value="5")

    pages = (("channel_unit", "QL-R1"), ("roster", "QL-R1"), ("holidays",), ("stops",), ("plans",))
    one_more(1)
    before = {page: cost(plant, "周统计员", *page) for page in pages}
    one_more(2)
    one_more(3)
    assert {page: cost(plant, "周统计员", *page) for page in pages} == before
