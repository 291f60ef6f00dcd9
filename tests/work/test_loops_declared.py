"""The declared loops with real rows: from who raises it to who confirms it, refused where somebody judges his own work."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.time.calendar import Calendar
from ronglu.packs.loader import load
from ronglu.store.models import Case, CaseRow, CaseStep, Post
from ronglu.work import cases, cases_clock
from tests.cast import AT, SINCE, Cast, cast
from tests.work.loops_cast import LOOPS, settle
from tests.work.loops_played import DAY, SPRING, add, go, offices, raised, shows

__all__ = ["cast", "offices"]


@pytest.mark.covers("S3-10", "S4-10")
def test_an_idea_passes_three_gates_and_another_verifies_it_before_finance_counts(cast: Cast) -> None:
    case = raised(
        cast, "idea", "李班长", what="移送油缸缸头密封件换型", forecast="50000", group=cast.body["QL-B1-甲"].pk
    )
    assert (case.number, case.body) == ("JY-2026-0001", cast.body["QL-B1"])
    with pytest.raises(LoopTrouble, match="“党小组会征集”不归您办"):
        go(cast, case, "吴师傅", "collect", meeting="3 月 5 日")
    with pytest.raises(LoopTrouble, match="请填写“党小组会”"):
        go(cast, case, "何组长", "collect")
    go(cast, case, "何组长", "collect", meeting="3 月 5 日党小组会")
    with pytest.raises(LoopTrouble, match="“支委会采纳”请写明理由"):
        go(cast, case, "王书记", "adopt", committee="3 月 8 日", finish_by="2026-04-30", doer="何组长")
    go(cast, case, "王书记", "adopt", committee="3 月 8 日", finish_by="2026-04-30", doer="何组长", reason="停机少")
    assert (case.state, case.holder, case.due_at) == ("doing", cast.person["何组长"], dt.datetime(2026, 5, 1))
    go(cast, case, "何组长", "finish", result="四台换型")
    go(cast, case, "陈技术员", "verify", skill="24")
    with pytest.raises(LoopTrouble, match="“核实金额”不归您办"):
        go(cast, case, "王书记", "confirm", verified="50000")
    go(cast, case, "郑师傅", "confirm", verified="42000")
    go(cast, case, "王书记", "reward", reward="800 元")
    case.refresh_from_db()
    assert (case.state, case.data["forecast"], case.data["verified"]) == ("rewarded", "50000.00", "42000.00")
    assert shows(case, "beyond") == "-8000.00"


def test_the_group_of_another_crew_does_not_collect_it_nor_does_its_branch_decide(cast: Cast) -> None:
    case = raised(cast, "idea", "李班长", what="换型", unit=cast.unit["QL-R1-甲"])
    Post.objects.create(person=cast.person["吴师傅"], role="leader", body=cast.body["QL-B2-甲"], from_on=SINCE)
    Post.objects.create(person=cast.person["马主任"], role="secretary", body=cast.body["QL-B2"], from_on=SINCE)
    for name in ("吴师傅", "马主任"):
        with pytest.raises(LoopTrouble, match="“党小组会征集”不归您办"):
            go(cast, case, name, "collect", meeting="3 月 5 日", group=cast.body["QL-B1-甲"].pk)


def test_another_line_that_adopts_an_idea_is_linked_and_noted_with_its_own_effect(cast: Cast) -> None:
    case = raised(cast, "idea", "李班长", what="换型", group=cast.body["QL-B1-甲"].pk)
    go(cast, case, "何组长", "collect", meeting="3 月 5 日")
    go(cast, case, "王书记", "adopt", committee="3 月 8 日", finish_by="2026-04-30", doer="何组长", reason="好")
    go(cast, case, "何组长", "finish", result="做完")
    go(cast, case, "马主任", "verify_plain", reason="不涉及金额")
    line_ = cast.unit["QL-F1"]
    row = add(cast, case, "王书记", "adoption", adopter=line_.pk, adopted_on="2026-05-20", effect="六台", gain="9000")
    other = raised(cast, "idea", "郑师傅", what="精炼线照做", unit=cast.unit["QL-F1-甲"])
    cases.link(case=other, other=case, kind="adopted", at=AT)
    assert (row.state, row.data["adopter"], row.data["gain"]) == ("noted", line_.pk, "9000.00")
    assert (case.body, other.body) == (cast.body["QL-B1"], cast.body["QL-B2"])  # each branch keeps its own


@pytest.mark.covers("S1-48")
def test_a_challenge_is_judged_without_a_stake_signed_run_and_accepted_against_its_indicator(cast: Cast) -> None:
    case = raised(
        cast, "bounty", "陈技术员", what="烟罩漏风", indicator="SM-09", was="12", aim="8", reach_by="2026-09-30"
    )
    go(cast, case, "周统计员", "publish", reward="2 万元", bids_until="2026-03-20")
    add(cast, case, "何组长", "bid", plan="水冷密封")
    add(cast, case, "吴师傅", "bid", plan="软密封")
    with pytest.raises(LoopTrouble, match="揭榜方案每人一条，您已经填过"):
        add(cast, case, "吴师傅", "bid", plan="再来一条")
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 21))
    case.refresh_from_db()
    assert case.state == "judging"
    with pytest.raises(LoopTrouble, match="评审人不能是揭榜人、揭榜队伍的人或发榜人，请另选"):
        go(cast, case, "周统计员", "appoint", judge=[cast.person["吴师傅"].pk])
    go(cast, case, "周统计员", "appoint", judge=[cast.person["马主任"].pk, cast.person["冯主席"].pk])
    add(cast, case, "马主任", "mark", bid_no="1", points="88", why="可靠")
    with pytest.raises(LoopTrouble, match="还有 1 位评审人没有评分"):
        go(cast, case, "马主任", "award", winner="何组长", reason="分高")
    add(cast, case, "冯主席", "mark", bid_no="1", points="84", why="省钱")
    go(cast, case, "马主任", "award", winner="何组长", reason="平均 86 分")
    go(cast, case, "何组长", "sign", pledge="九月底降到 8%")
    row = add(cast, case, "何组长", "milestone", who="何组长", due_on=SPRING, milestone="样机上线")
    settle(cast, row, "何组长", "done", loop=LOOPS["bounty"])
    go(cast, case, "何组长", "hand_in", result="改造完")
    settle(cast, row, "马主任", "pass", loop=LOOPS["bounty"])
    with pytest.raises(LoopTrouble, match=r"实测 8.400，没有达到目标 8.000"):
        go(cast, case, "马主任", "accept", measured="8.4")
    go(cast, case, "马主任", "accept", measured="7.8")
    go(cast, case, "郑师傅", "confirm", verified="360000")
    go(cast, case, "周统计员", "pay", paid="已发 2 万元")
    assert (case.state, case.phase, shows(case, "moved")) == ("paid", "closed", "-4.200")


def judging(cast: Cast, *bids: str) -> Case:
    """A challenge whose time for bids is over, with a bid of each of these."""
    given = {"what": "烟罩漏风", "indicator": "SM-09", "was": "12", "aim": "8", "reach_by": "2026-09-30"}
    case = raised(cast, "bounty", "陈技术员", **given)
    go(cast, case, "周统计员", "publish", reward="2 万元", bids_until="2026-03-20")
    for name in bids:
        add(cast, case, name, "bid", plan=f"{name}的方案")
    cases_clock.tend_cases(loops=LOOPS, at=dt.datetime(2026, 3, 21))
    case.refresh_from_db()
    return case


def test_the_time_for_bids_is_prolonged_only_while_there_is_none_to_copy(cast: Cast) -> None:
    none, one = judging(cast), judging(cast, "吴师傅")
    go(cast, none, "周统计员", "prolong", bids_until="2026-03-30", reason="没有人揭榜")
    with pytest.raises(LoopTrouble, match="已经有人揭榜，方案也已公开，不能再延长"):
        go(cast, one, "周统计员", "prolong", bids_until="2026-03-30", reason="人少")
    assert (none.state, one.state) == ("bidding", "judging")


def test_a_judge_who_has_a_bid_of_his_own_awards_nothing(cast: Cast) -> None:
    case = judging(cast, "吴师傅")
    go(cast, case, "周统计员", "appoint", judge=[cast.person["马主任"].pk])
    add(cast, case, "马主任", "mark", bid_no="1", points="60", why="一般")
    CaseRow.objects.create(
        case=case, kind="bid", no=2, state="noted", added_by=cast.person["马主任"], added_at=AT, data={"plan": "我的"}
    )
    with pytest.raises(LoopTrouble, match="评审人不能是揭榜人、揭榜队伍的人或发榜人，请另选"):
        go(cast, case, "马主任", "award", winner="吴师傅", reason="最高分")


def test_the_winner_does_not_give_himself_more_time(cast: Cast) -> None:
    case = judging(cast, "周统计员")
    go(cast, case, "周统计员", "appoint", judge=[cast.person["马主任"].pk])
    add(cast, case, "马主任", "mark", bid_no="1", points="90", why="可靠")
    go(cast, case, "马主任", "award", winner="周统计员", reason="只有一家")
    go(cast, case, "周统计员", "sign", pledge="九月底达到")
    with pytest.raises(LoopTrouble, match="与这一件有关（中榜人），“准许延期”须由另一人"):
        go(cast, case, "周统计员", "extend", reach_by="2026-12-31", reason="忙")


def test_bids_and_marks_are_read_by_others_in_the_states_that_need_it_only() -> None:
    rows = {one.code: one for one in LOOPS["bounty"].rows}
    seen = {code: {s.code for s in LOOPS["bounty"].states} - set(rows[code].hidden) for code in ("bid", "mark")}
    later = {"signing", "working", "accepting", "counting", "accepted", "paid", "short", "draft"}
    assert seen == {"bid": later | {"judging"}, "mark": later}


@pytest.mark.parametrize(
    ("plates", "rejects", "why"),
    [("-3", "0", "“检测块数”不能小于 0，写的是 -3"), ("2", "9", "本批不合格 9 块，多于检测的 2 块")],
)
def test_feedback_with_figures_that_cannot_be_is_refused_when_it_is_filed(
    cast: Cast, plates: str, rejects: str, why: str
) -> None:
    with pytest.raises(LoopTrouble) as refused:
        raised(cast, "feedback", "吴师傅", lot="Y-1", aspect="looks", plates=plates, rejects=rejects)
    assert (str(refused.value), Case.objects.count()) == (why, 0)


def started(cast: Cast, kind: str, **given: Any) -> Case:
    case = raised(cast, "project", "陈技术员", kind=kind, what="水系统分质分级回用", aim="新水降一成", **given)
    code = "approve"
    leads = {"manager": "李班长", "budget": "500000", "authority": "可自行调配两人、采购五万元以内"}
    if kind == "research":
        code, leads = "approve_joint", leads | {"sponsor": cast.person["马主任"].pk, "partner": "冶金院 何工"}
    go(cast, case, "马主任", code, **leads)
    return case


@pytest.mark.covers("S2-21", "S3-34", "S3-36", "S1-49")
def test_a_project_runs_through_its_four_stages_and_shows_how_far_it_is_off_its_plan(cast: Cast) -> None:
    case = started(cast, "manager", forecast="300000")
    with pytest.raises(LoopTrouble, match="先写至少一条阶段节点"):
        go(cast, case, "李班长", "start", finish_by="2026-10-31", team=[cast.person["何组长"].pk])
    plan = {
        "design": ("李班长", 3, 20),
        "build": ("何组长", 4, 10),
        "install": ("何组长", 4, 20),
        "tune": ("李班长", 4, 30),
    }
    rows = [
        add(cast, case, "李班长", "stage", who=who, due_on=dt.date(2026, month, day), stage=stage)
        for stage, (who, month, day) in plan.items()
    ]
    go(cast, case, "李班长", "start", finish_by="2026-10-31", team=[cast.person["何组长"].pk, cast.person["郑师傅"].pk])
    add(cast, case, "何组长", "log", stage="build", entry="基础浇筑完")
    for row, (month, day) in zip(rows, [(3, 24), (4, 8), (4, 15), (4, 28)], strict=True):
        settle(
            cast,
            row,
            cast_name(cast, row.person_id),
            "done",
            loop=LOOPS["project"],
            at=dt.datetime(2026, month, day, 10),
        )
        assert shows(case, "variance") == {3: "+4", 8: "-2", 15: "-5", 28: "-2"}[day if month == 4 else 3]
    go(cast, case, "李班长", "hand_in", result="已投运")
    with pytest.raises(LoopTrouble, match="阶段第 1、2、3、4 条还没有验收"):
        go(cast, case, "马主任", "accept")
    for row in rows:
        settle(cast, row, "马主任", "pass", loop=LOOPS["project"])
    go(cast, case, "马主任", "accept")
    assert case.state == "counting"


def cast_name(cast: Cast, pk: int) -> str:
    return next(name for name, person in cast.person.items() if person.pk == pk)


@pytest.mark.covers("S1-50", "S1-38")
@pytest.mark.parametrize("kind", ["benefit", "novelty", "research", "renewal"])
def test_each_kind_of_project_is_led_by_one_and_never_counted_by_who_worked_on_it(cast: Cast, kind: str) -> None:
    case = started(cast, kind)
    assert ("sponsor" in case.data) is (kind == "research")  # joint research has a lead on either side
    row = add(cast, case, "李班长", "stage", who="李班长", due_on=SPRING, stage="other")
    go(cast, case, "李班长", "start", finish_by="2026-10-31", team=[cast.person["郑师傅"].pk])
    settle(cast, row, "李班长", "done", loop=LOOPS["project"])
    go(cast, case, "李班长", "hand_in", result="完成")
    settle(cast, row, "马主任", "pass", loop=LOOPS["project"])
    go(cast, case, "马主任", "accept")
    with pytest.raises(LoopTrouble, match="这一件由您办理，“核实金额”须由另一人"):
        go(cast, case, "郑师傅", "confirm", verified="280000")  # he was of the team
    Post.objects.create(person=cast.person["冯主席"], role="finance", unit=cast.unit["QL"], from_on=SINCE)
    go(cast, case, "冯主席", "confirm", verified="280000")
    assert case.state == "closed"


@pytest.mark.covers("S0-28")
def test_a_lot_that_comes_back_at_night_has_eight_hours_from_then_and_belongs_to_the_night_shift(cast: Cast) -> None:
    """AV-14: 23:40 with shifts from 07, 15 and 23 o'clock; the shift began at 23:00 of that day, the clock at 23:40."""
    at = dt.datetime(2026, 3, 10, 23, 40)
    case = raised(
        cast,
        "feedback",
        "郑师傅",
        at=at,
        lot="Y0310-08",
        aspect="looks",
        plates="400",
        rejects="24",
        unit=cast.unit["QL-R1-甲"],
    )
    assert case.due_at == dt.datetime(2026, 3, 11, 7, 40)
    calendar: Calendar = load(["qinglan"]).base.time.calendars["day_first_07"].calendar
    day, no = calendar.shift_of(at)
    assert (day, calendar.slot(day, no).name) == (dt.date(2026, 3, 10), "夜")
    add(cast, case, "郑师傅", "defect", defect="burr", count="18")
    with pytest.raises(LoopTrouble, match="“答复原因”不归您办"):
        go(cast, case, "郑师傅", "answer", cause_kind="machine", cause="铸模磨损")
    go(cast, case, "李班长", "answer", cause_kind="machine", cause="铸模磨损", fix_by="2026-03-18")
    row = add(cast, case, "李班长", "measure", who="何组长", due_on=dt.date(2026, 3, 16), measure="换 6 块铸模")
    settle(cast, row, "何组长", "done", loop=LOOPS["feedback"])
    go(cast, case, "李班长", "act")
    settle(cast, row, "郑师傅", "pass", loop=LOOPS["feedback"])
    go(cast, case, "郑师傅", "agree", score="4")
    go(cast, case, "陈技术员", "compare", plates_after="8000", rejects_after="120")
    assert (case.state, shows(case, "rate_rejects"), shows(case, "rate_rejects_after")) == ("better", "6.00", "1.50")


@pytest.mark.covers("S0-27", "S0-29", "S0-31")
def test_three_branches_sign_a_pact_whose_promises_close_one_by_one_and_which_is_looked_at_each_quarter(
    cast: Cast,
) -> None:
    case = raised(
        cast,
        "pact",
        "王书记",
        theme="提高阳极板合格率",
        what="当班反馈",
        until="2026-12-31",
        was="94.1",
        body=cast.body["QL-B1"],
    )
    partners = [cast.person[name].pk for name in ("王书记", "郑师傅", "孙干事")]
    go(cast, case, "王书记", "invite", partner=partners)
    add(cast, case, "王书记", "signing", body=cast.body["QL-B1"].pk)
    promise = add(cast, case, "王书记", "promise", who="王书记", due_on=SPRING, promise="每周检查铸模")
    with pytest.raises(LoopTrouble, match="结对至少 2 个党组织签约，现在 1 个\n还有 2 方代表没有签约"):
        go(cast, case, "王书记", "enter")
    add(cast, case, "郑师傅", "signing", body=cast.body["QL-B2"].pk)
    add(cast, case, "孙干事", "signing", body=cast.body["QL-B3"].pk)
    go(cast, case, "王书记", "enter")
    settle(cast, promise, "王书记", "done", loop=LOOPS["pact"])
    with pytest.raises(LoopTrouble, match="第 1 条是您办的，须由另一人验收"):
        settle(cast, promise, "王书记", "pass", loop=LOOPS["pact"])
    settle(cast, promise, "郑师傅", "pass", loop=LOOPS["pact"])
    cases_clock.tend_cases(loops=LOOPS, at=AT + 91 * DAY)
    case.refresh_from_db()
    assert case.state == "reviewing"
    add(cast, case, "郑师傅", "review", quarter="二季度", score="good", review="反馈及时")
    go(cast, case, "郑师傅", "go_on", now="95.6", at=AT + 92 * DAY)
    assert (case.state, shows(case, "moved")) == ("running", "+1.500")


@pytest.mark.covers("S0-41")
@pytest.mark.parametrize("confidential", [False, True])
def test_a_request_is_answered_and_who_asked_is_asked_once(cast: Cast, confidential: bool) -> None:
    case = raised(cast, "request", "吴师傅", topic="living", what="夜班没有热饭", confidential=confidential)
    with pytest.raises(LoopTrouble, match="承办人不能是提出诉求的本人"):
        go(cast, case, "冯主席", "assign", answer_by="2026-03-20", handler="吴师傅")
    go(cast, case, "冯主席", "assign", answer_by="2026-03-20", handler="孙干事")
    go(cast, case, "孙干事", "reply", reply="四月起供餐")
    go(cast, case, "吴师傅", "object", reason="只有甲班有")
    with pytest.raises(LoopTrouble, match="“复核答复，办结”不归您办"):
        go(cast, case, "孙干事", "settle", second="维持")
    go(cast, case, "冯主席", "settle", second="四班都供")
    assert (case.state, case.secrecy) == ("closed", "confidential" if confidential else "open")
    assert case.due_at is None  # nobody is asked again


def test_a_request_that_nobody_rates_is_closed_by_the_clock_and_says_so(cast: Cast) -> None:
    case = raised(cast, "request", None, topic="safety", what="滤盒太少")
    go(cast, case, "冯主席", "assign", answer_by="2026-03-20", handler="孙干事")
    go(cast, case, "孙干事", "reply", reply="随坏随换")
    cases_clock.tend_cases(loops=LOOPS, at=AT + 8 * DAY)
    last = CaseStep.objects.filter(case=case).latest("no")
    assert (last.move, last.person_id, last.after) == ("lapse", None, "closed")


@pytest.mark.covers("S3-37", "S3-38")
def test_a_repair_saves_eighty_two_ten_thousands_only_after_finance_said_so(cast: Cast) -> None:
    """AV-17: quote 1 200 000, own cost 380 000."""
    case = raised(cast, "job", "李班长", equipment="3# 浮选柱", kind="repair", what="更换发泡器")
    go(
        cast,
        case,
        "马主任",
        "send",
        helper=cast.unit["QL-F"].pk,
        finish_by="2026-03-20",
        worker=[cast.person["何组长"].pk],
    )
    go(cast, case, "何组长", "finish", result="全换", hours="96.5")
    go(cast, case, "陈技术员", "check", trial="正常", quote="1200000", quote_from="2025 年合同", cost="380000")
    assert (case.state, shows(case, "saving")) == ("counting", "")
    go(cast, case, "郑师傅", "confirm", basis="合同与领料单")
    assert (case.state, shows(case, "saving")) == ("counted", "820000.00")


@pytest.mark.parametrize("number", ["²", "9" * 40])
def test_a_person_named_by_no_number_is_refused_in_words(cast: Cast, number: str) -> None:
    with pytest.raises(LoopTrouble, match="评审人没有选对，应为本厂人员"):
        go(cast, judging(cast, "吴师傅"), "周统计员", "appoint", judge=[number])
