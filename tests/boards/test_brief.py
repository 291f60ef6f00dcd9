"""What a brief tells: figures worked out by hand, missing told as missing, reasons, stops, teams; each figure with its row."""

import datetime as dt
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from ronglu.boards.brief.read import View, paragraphs
from ronglu.boards.cascade import read as cascades
from ronglu.store.models import (
    Benchmark,
    Brief,
    Cascade,
    Case,
    Channel,
    Effect,
    Halt,
    Handover,
    IndicatorRow,
    Reading,
    Record,
    UnitState,
)
from ronglu.tasks import boards
from ronglu.work import partitions
from tests.cast import Cast, make_cast
from tests.work.briefed import APRIL, DAY, MONTH, MORNING, keys, made, march, said


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HOME = tmp_path
    return make_cast()


@pytest.fixture
def twentieth(cast: Cast, settings: Any) -> Cast:
    march(cast, settings)
    return cast


def figure(brief: Brief, name: str) -> dict[str, Any]:
    return next(one for one in brief.data["figures"] if one["name"] == name)


def test_the_day_the_month_and_what_is_needed_from_here_on(twentieth: Cast) -> None:
    """27 of 30 t; 597 of 600; 333 t left over 11 days are 30.27 and 100.90 % of 330; the last 7 days brought 207 of 210."""
    one = made(twentieth)
    assert said(one, "day") == ["处理量（干基） 27.00 t，比计划 30.00 t 少 3.00 t（10.00%）。"]
    assert said(one, "month") == ["本月累计 597.00 t，比到今应完成的 600.00 t 少 3.00 t（0.50%），月计划 930.00 t。"]
    [pace] = said(one, "pace")
    assert "还剩 11 个生产日，每日要 30.27 t，是余下计划的 100.90%；近 7 个报全的生产日完成计划的 98.57%" in pace
    assert keys(one).count("pace.short") == 1


def test_the_year_stands_beside_its_time_in_per_cent_and_their_distance_in_points(twentieth: Cast) -> None:
    """Planned is March alone: 597 ÷ 930 = 64.19 %, due 600 ÷ 930 = 64.52 %, 3 ÷ 930 = 0.32 points apart."""
    assert said(made(twentieth), "year") == [
        "年累计 597.00 t，完成年计划的 64.19%，慢于时间进度 64.52%，慢 0.32 个百分点。"
    ]


def test_a_level_worse_than_its_plan_is_called_so(twentieth: Cast) -> None:
    """1290 kg ÷ 27 t = 47.78 kg/t against 42: 5.78 more, 13.76 %."""
    assert "煤耗 47.78 kg/t，差于计划 42.00 kg/t，相差 5.78 kg/t（13.76%）。" in said(made(twentieth), "energy")


def test_every_figure_says_which_row_it_is(twentieth: Cast) -> None:
    """Each value that came from the board is the value of that very row."""
    one = made(twentieth)
    found = figure(one, "处理量（干基）实际")
    assert found["from"] == {
        "table": "indicator", "indicator": "SM-01", "unit": twentieth.unit["QL"].pk, "grain": "day", "period": "2026-03-20",
        "column": "value",
    }  # fmt: skip
    for each in one.data["figures"]:
        place = each["from"]
        if place["table"] == "indicator":
            row = IndicatorRow.objects.get(
                unit=place["unit"],
                indicator=place["indicator"],
                grain=place["grain"],
                period=place["period"],
                letter="",
            )
            assert D(each["value"]) == D(getattr(row, place["column"])), each
    day = next(fact for fact in one.data["facts"] if fact["topic"] == "day")
    assert one.data["figures"][day["figures"]["计划"]]["value"] == "30.00"


def test_a_shift_that_did_not_report_is_told_and_nothing_is_compared(cast: Cast, settings: Any) -> None:
    """Two of three shifts: 20 t are said, the plan is not."""
    march(cast, settings)
    _lose(cast, shift_no=3)
    one = made(cast)
    assert said(one, "day") == ["处理量（干基）已报 20.00 t，未报 1 班（应报 3 班），暂不与计划比较。"]
    assert "转炉线缺数：未报 1 班（应报 3 班）。" in said(one, "unread")
    assert "其中 1 天没有报全" not in said(one, "month")[0] or "570.00 t" in said(one, "month")[0]
    assert "gap.behind" not in keys(one)


def test_what_is_reported_by_the_hour_lacks_hours_and_no_shifts(cast: Cast, settings: Any) -> None:
    """A meter that sends each hour: 20 of 24 came. "4 shifts of 24" would be said of a day that has three."""
    march(cast, settings)
    Channel.objects.filter(series="sm_feed_dry").update(grain="hour")
    today = IndicatorRow.objects.filter(grain="day", period=str(DAY), indicator="SM-01")
    today.update(covered=20, expected=24)
    one = made(cast)
    assert said(one, "day") == ["处理量（干基）已报 27.00 t，未报 4 小时（应报 24 小时），暂不与计划比较。"]
    assert "转炉线缺数：未报 4 小时（应报 24 小时）。" in said(one, "unread")


def test_a_day_without_any_reading_is_missing_and_never_nought(cast: Cast, settings: Any) -> None:
    march(cast, settings)
    _lose(cast)
    one = made(cast)
    assert said(one, "day") == ["处理量（干基）缺数：未报 3 班（应报 3 班）。"]
    assert said(one, "unread") == ["转炉线缺数：未报 3 班（应报 3 班）。"]
    assert "煤耗缺数：未报 3 班（应报 3 班）。" in said(one, "energy")
    assert "本月累计 570.00 t" in said(one, "month")[0]
    assert not any(" 0.00 t" in sentence["text"] for sentence in one.data["said"])
    daily = next(chart for chart in one.data["charts"] if chart["code"] == "daily")
    assert daily["series"][0]["values"][18:20] == ["30.00", None]


def test_a_deviation_carries_the_reason_of_the_hand_over_and_the_minutes_that_stood(twentieth: Cast) -> None:
    line = twentieth.unit["QL-R1"]
    Handover.objects.create(
        unit=line, day=DAY.first, shift_no=3, letter="甲", indicator="SM-01", plan="10", actual="7", won="lost", reason="crane",
        given_by=twentieth.account["李班长"], given_at=MORNING,
    )  # fmt: skip
    _halt(twentieth, dt.datetime(2026, 3, 21, 1), dt.datetime(2026, 3, 21, 2, 35), "crane")
    one = made(twentieth)
    assert said(one, "gap")[1] == (
        "转炉线处理量（干基） 27.00 t，计划 30.00 t，差 3.00 t（10.00%）；交接班写的原因：行车与运输设备故障（1 班）；停机 95 分钟。"
    )
    assert said(one, "lost") == ["转炉线有 1 个班没有完成计划：行车与运输设备故障（1 班）。"]
    assert said(one, "halt") == ["转炉线停机 1 次，共 95 分钟：行车与运输设备故障 95 分钟。"]


def test_what_still_stands_is_told_and_what_was_withdrawn_is_not(twentieth: Cast) -> None:
    """Counted to the end of the production day, 08:00: 60 minutes."""
    _halt(twentieth, dt.datetime(2026, 3, 21, 7), None, "power")
    gone = _halt(twentieth, dt.datetime(2026, 3, 20, 9), dt.datetime(2026, 3, 20, 10), "wet")
    Halt.objects.filter(pk=gone.pk).update(state="withdrawn")
    assert said(made(twentieth), "halt") == ["转炉线从 03-21 07:00 起还停着（本期 60 分钟）：停电、限电。"]
    Halt.objects.update(state="withdrawn")
    assert said(made(twentieth), "halt") == ["没有停机记录。"]


def test_the_forecast_is_the_stored_one_and_only_of_the_day_it_was_made_for(twentieth: Cast) -> None:
    ends = {
        "2026-03": {
            "point": "925.00",
            "low": "918.00",
            "high": "928.00",
            "days": "11",
            "sure": "80",
            "tries": "9",
            "held": "8",
        }
    }
    Cascade.objects.filter(unit=twentieth.unit["QL"], indicator="SM-01").update(ends=ends)
    assert said(made(twentieth), "forecast") == [
        "月末预计 918.00 t 至 928.00 t（80%的把握），最可能 925.00 t，够不着月计划 930.00 t。"
    ]
    old = made(twentieth, DAY - 1)
    assert said(old, "forecast") == ["月末还不能预计。"]
    assert "本月累计 570.00 t" in said(old, "month")[0]


def test_what_came_after_the_day_is_not_looked_at(cast: Cast, settings: Any) -> None:
    """Made again at the end of the month, the 20th still stands at 597 t."""
    march(cast, settings, until=dt.date(2026, 3, 31), at=APRIL)
    one = made(cast, DAY, at=APRIL)
    assert "本月累计 597.00 t，比到今应完成的 600.00 t 少 3.00 t" in said(one, "month")[0]
    assert "还剩 11 个生产日，每日要 30.27 t" in said(one, "pace")[0]
    curve = one.data["charts"][0]["series"][0]["values"]
    assert curve[19] == "597.00" and set(curve[20:]) == {None}
    assert one.data["until"] == "2026-03-20"


def test_records_of_the_day_are_told_and_those_that_only_began_are_not(twentieth: Cast) -> None:
    line = twentieth.unit["QL-R1"]
    for code, previous in (("SM-01", "26.50"), ("SM-02", "")):
        Record.objects.create(
            plant=twentieth.plant, unit=line, indicator=code, grain="day", period="2026-03-20", day=DAY.first, value="27.00",
            previous=previous, margin="0.50" if previous else "", standing=True, since="2026-02-01",
        )  # fmt: skip
    assert said(made(twentieth), "record") == [
        "转炉线处理量（干基）刷新日纪录：3 月 20 日 27.00 t，原纪录 26.50 t，超出 0.50 t。"
    ]


def test_open_hazards_of_a_high_grade_are_counted_without_a_name(twentieth: Cast) -> None:
    """Of four: one 一般, one closed, two open of which one is late."""
    _hazard(twentieth, 1, {"grade": "major"}, due=dt.datetime(2026, 3, 20))
    _hazard(twentieth, 2, {"risk": "orange"}, due=dt.datetime(2026, 3, 25))
    _hazard(twentieth, 3, {"grade": "minor", "risk": "blue"})
    _hazard(twentieth, 4, {"grade": "major"}, phase="closed")
    one = made(twentieth)
    assert said(one, "hazard") == ["高等级隐患还有 2 件没有闭环，其中 1 件已过期限。"]
    assert not any(name in str(one.data) for name in twentieth.person)


def test_the_month_tells_its_total_and_each_team_against_its_own_plan(cast: Cast, settings: Any) -> None:
    """927 of 930 t; the team of the night of the 20th is the only one below, by 3 t."""
    march(cast, settings, until=dt.date(2026, 3, 31), at=APRIL)
    one = made(cast, MONTH, at=APRIL)
    assert said(one, "total") == ["处理量（干基） 927.00 t，比计划 930.00 t 少 3.00 t（0.32%）。"]
    assert said(one, "month_state") == ["本月尚未关账，数字可能变动。"]
    assert len(said(one, "crew")) == 4
    assert sorted(key for key in keys(one) if key.startswith("crew.")) == ["crew.below", *["crew.equal"] * 3]
    [below] = [text for text in said(one, "crew") if "少 3.00 t" in text]
    assert below.startswith(f"转炉{_crew_of(cast)}班")
    assert said(one, "year_on_year") == ["没有可比的去年同期数。"]
    assert {chart["code"] for chart in one.data["charts"]} == {"curve", "daily", "teams"}
    assert not {key for key in keys(one) if key.split(".")[0] in ("day", "pace", "forecast")}


def test_the_month_beside_last_year_and_last_month(cast: Cast, settings: Any) -> None:
    """927 t against 900 a year ago: 27.00 t and 3.00 % more; against 950 in February 23.00 t and 2.42 % less."""
    march(cast, settings, until=dt.date(2026, 3, 31), at=APRIL)
    for period, value in (("2025-03", "900.00"), ("2026-02", "950.00")):
        IndicatorRow.objects.create(
            plant=cast.plant, unit=cast.unit["QL"], indicator="SM-01", grain="month", period=period, month=202503, value=value,
            covered=93, expected=93,
        )  # fmt: skip
    one = made(cast, MONTH, at=APRIL)
    assert said(one, "year_on_year") == ["同比增加 27.00 t（3.00%），去年同期 900.00 t。"]
    assert said(one, "month_on_month") == ["环比减少 23.00 t（2.42%），上月 950.00 t。"]


def test_the_month_tells_gaps_to_benchmarks_and_what_was_judged(cast: Cast, settings: Any) -> None:
    """39990 kg ÷ 927 t = 43.14 kg/t; 3.14 above 40 are 7.85 % of it."""
    march(cast, settings, until=dt.date(2026, 3, 31), at=APRIL)
    Benchmark.objects.create(
        plant=cast.plant,
        indicator="SM-02",
        tier="industry",
        value="40",
        source="行业交流资料",
        dated_on=dt.date(2026, 1, 5),
    )
    given = {
        "plant": cast.plant, "unit": cast.unit["QL-R1"], "indicator": "SM-02", "from_on": dt.date(2026, 3, 1),
        "until_on": dt.date(2026, 4, 1), "registered_by": cast.account["陈技术员"], "state": "judged", "word": "likely",
    }  # fmt: skip
    Effect.objects.create(title="富氧", registered_at=dt.datetime(2026, 2, 20), **given)
    Effect.objects.create(title="补登的", registered_at=APRIL, **given)
    one = made(cast, MONTH, at=APRIL)
    assert said(one, "bench") == ["煤耗 43.14 kg/t，离行业先进 40.00 kg/t 还差 3.14 kg/t（7.85%）。"]
    assert said(one, "effect") == [
        "“富氧”（转炉线煤耗）：很可能有成效。", "“补登的”（转炉线煤耗）：很可能有成效（事后选定，只作参考）。",
    ]  # fmt: skip


def test_a_paragraph_tells_of_one_indicator_and_names_it(twentieth: Cast) -> None:
    """Where the plant leaves its first sentence out, the name stands before the rest."""
    one = made(twentieth)
    output = View(one).parts[0]
    assert output[0] == "产量" and len(output[1]) == 1
    assert output[1][0].startswith("处理量（干基） 27.00 t") and output[1][0].endswith("慢 0.32 个百分点。")
    told = [
        {"about": "处理量", "text": "本月累计 597 t。"},
        {"about": "", "text": "没有停机。"},
        {"about": "", "text": "完。"},
    ]
    assert paragraphs(told) == ("处理量：本月累计 597 t。", "没有停机。", "完。")


def test_units_bear_the_names_they_had_then(twentieth: Cast) -> None:
    line = twentieth.unit["QL-R1"]
    UnitState.objects.filter(unit=line).update(until_on=dt.date(2026, 4, 1))
    UnitState.objects.create(unit=line, name="一号转炉线", parent=twentieth.unit["QL-R"], from_on=dt.date(2026, 4, 1))
    assert said(made(twentieth), "gap")[0].startswith("转炉线")


def test_the_chart_runs_to_what_the_cascade_holds(twentieth: Cast) -> None:
    row = Cascade.objects.get(unit=twentieth.unit["QL"], indicator="SM-01")
    days = [day for day in cascades.days_of(row) if day.on.month == 3]
    curve, daily = made(twentieth).data["charts"]
    assert len(curve["labels"]) == 31 and curve["labels"][0] == "3-1"
    assert curve["series"][1]["values"][-1] == "930.00"
    assert [None if v is None else D(v) for v in daily["series"][0]["values"]] == [day.done for day in days]


def test_three_lines_cost_no_more_queries_for_each_row(
    twentieth: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    """More stops, hand-overs and hazards are the same queries."""
    with django_assert_max_num_queries(80) as one:
        made(twentieth)
    Brief.objects.all().delete()
    for n in range(1, 4):
        _halt(twentieth, dt.datetime(2026, 3, 20, 8 + n), dt.datetime(2026, 3, 20, 8 + n, 5), "wet")
        _hazard(twentieth, n, {"grade": "major"})
    with django_assert_num_queries(len(one.captured_queries)):
        made(twentieth)


def _lose(cast: Cast, **which: int) -> None:
    """Readings of the 20th that never came."""
    Reading.objects.filter(day=DAY.first, **which).delete()
    partitions.touch(plant=cast.plant, fact="readings", months=[202603])
    boards.build_plant(plant=cast.plant, at=MORNING)


def _halt(cast: Cast, starts_at: dt.datetime, ends_at: dt.datetime | None, reason: str) -> Halt:
    return Halt.objects.create(
        unit=cast.unit["QL-R1"], starts_at=starts_at, ends_at=ends_at, reason=reason, kind="unplanned",
        state="over" if ends_at else "running", logged_by=cast.account["李班长"], logged_at=starts_at,
    )  # fmt: skip


def _hazard(cast: Cast, n: int, data: dict[str, str], *, phase: str = "open", due: dt.datetime | None = None) -> None:
    at = dt.datetime(2026, 3, 10, 9)
    Case.objects.create(
        plant=cast.plant, loop="hazard", version=1, number=f"YH-{n}", title="渗水", state="found", phase=phase, data=data,
        raised_at=at, entered_at=at, due_at=due, raised_by=cast.person["李班长"],
    )  # fmt: skip


def _crew_of(cast: Cast) -> str:
    return Reading.objects.filter(day=DAY.first, shift_no=3).values_list("letter", flat=True)[0]
