"""The life of a case as drawn: the way walked without its detours, the way ahead, and how long each stay lasted."""

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from ronglu.store.models import Case, CaseStep
from ronglu.web.cases.life import band, lasted, stages
from ronglu.web.charts.ribbon import Pin, Span, time_band
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.loops_cast import HAZARD, report, settle, step, zone
from tests.work.test_cases import DAY, close, five


def told(case: Case) -> list[tuple[str, str, str]]:
    case.refresh_from_db()
    return [(one.label, one.is_, one.note) for one in stages(HAZARD, case, steps(case))]


def steps(case: Case) -> list[CaseStep]:
    return list(CaseStep.objects.filter(case=case).order_by("no"))


def test_a_new_case_shows_the_way_its_main_moves_lead(cast: Cast) -> None:
    assert told(report(cast).case) == [
        ("待分级", "now", ""), ("待五落实", "todo", ""), ("整改中", "todo", ""), ("待验收", "todo", ""), ("销号", "todo", "等 30 天"),
        ("回头看", "todo", ""), ("没有反弹", "todo", ""),
    ]  # fmt: skip


def test_what_was_sent_back_is_in_its_second_round(cast: Cast) -> None:
    case = report(cast).case
    settle(cast, five(cast, case), "陈技术员", "done")
    step(cast, case, "陈技术员", "ask")
    step(cast, case, "赵安全员", "back", reason="没有试压")
    assert told(case)[:4] == [
        ("待分级", "past", ""),
        ("待五落实", "past", ""),
        ("整改中", "now", "第 2 轮"),
        ("待验收", "todo", ""),
    ]


def test_a_dropped_case_has_nothing_ahead(cast: Cast) -> None:
    case = report(cast).case
    step(cast, case, "赵安全员", "void", reason="已有措施")
    assert told(case) == [("待分级", "past", ""), ("不成立", "past", "")]


def test_a_case_that_came_with_a_ledger_and_tells_no_steps_is_drawn_too(cast: Cast) -> None:
    case = report(cast).case
    assert [one.label for one in stages(HAZARD, case, [])][:2] == ["待分级", "待五落实"]
    assert "待分级" in band(HAZARD, case, [], AT + DAY).summary


def test_a_closed_case_says_how_long_it_took_and_when_it_is_looked_at_again(cast: Cast) -> None:
    case = report(cast).case
    close(cast, case, five(cast, case), at=AT + 2 * DAY)
    case.refresh_from_db()
    drawing = band(HAZARD, case, steps(case), AT + 3 * DAY)
    assert drawing.summary.startswith(
        "待分级 不到 1 小时；待五落实 不到 1 小时；整改中 2 天；待验收 不到 1 小时；销号 1 天"
    )
    assert drawing.summary.endswith("今天 03-13，等到 04-11")


def test_hours_are_told_below_a_day() -> None:
    assert [lasted(dt.timedelta(minutes=59)), lasted(dt.timedelta(hours=23)), lasted(dt.timedelta(hours=49))] == [
        "不到 1 小时", "23 小时", "2 天",
    ]  # fmt: skip


def test_words_in_the_band_neither_overlap_nor_become_markup() -> None:
    spans = [Span("<b>发现</b> 1 天", "open", AT - 10 * DAY, AT - 9 * DAY), Span("整改 9 天", "working", AT - 9 * DAY)]
    pins = [Pin("03-01 退回", AT - 8 * DAY), Pin("03-02 退回", AT - 8 * DAY + DAY / 24)]
    svg = time_band(spans, now=AT, due=AT + DAY / 10, due_word="期限 03-10 · 今天到期", pins=pins).svg
    assert "<b>" not in svg and "03-01 退回" in svg and "03-02 退回" not in svg
    # the deadline stands in a row of its own where today has taken the place
    said = re.findall(r'y="(\d+)"[^>]*>(今天 03-10|期限 03-10 · 今天到期)<', svg)
    assert said == [("82", "今天 03-10"), ("98", "期限 03-10 · 今天到期")]


def test_a_case_of_one_moment_is_drawn() -> None:
    assert time_band([Span("待分级", "open", AT)], now=AT).svg.startswith("<svg")


def test_a_case_reopened_by_a_report_without_a_name_is_told_in_the_order_it_went(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.TODAY = AT.isoformat()
    place = zone(cast)
    case = report(cast, zone=place).case
    close(cast, case, five(cast, case))
    report(cast, None, zone=place)  # of it only the day is kept: midnight, hours before the case was closed
    case.refresh_from_db()
    assert case.state == "graded"
    client.force_login(cast.account["马主任"])
    shown = client.get(reverse("case", args=[case.pk])).content.decode()
    story = shown[shown.index('<ol class="story">') :]
    assert story.index("同处同类再报，重开") < story.index("验收销号") < story.index("定为一般隐患")
    assert "03-10 00:00" not in shown
    assert band(HAZARD, case, steps(case), AT).summary.startswith(
        "待分级 不到 1 小时；待五落实 不到 1 小时；整改中 不到 1 小时；待验收 不到 1 小时；销号 不到 1 小时；待五落实 不到 1 小时；"
    )


def test_who_may_only_add_a_line_is_told_whose_turn_it_is(cast: Cast, client: Client, settings: Any) -> None:
    settings.TODAY = AT.isoformat()
    case = report(cast, zone=zone(cast)).case
    step(cast, case, "李班长", "grade")
    heads = {}
    for name in ("李班长", "马主任"):
        client.force_login(cast.account[name])
        shown = client.get(reverse("case", args=[case.pk])).content.decode()
        turn = re.search(r'id="turn".*?</section>', shown, re.S)
        assert turn and 'href="#lines-measure"' in turn[0]
        heads[name] = re.search(r"<h2>(.*?)</h2>", turn[0])[1]  # type: ignore[index]
    # the workshop head lacks a measure for the way onward, but it waits for him
    assert heads == {"李班长": "现在轮到", "马主任": "现在轮到您"}
