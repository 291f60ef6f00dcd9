"""The cycle of month, quarter and year: raised once by the calendar, prefilled, judged by another, held up by an open appeal."""

import datetime as dt

import pytest

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, CaseLink, CaseStep, Plant, Result, Review
from ronglu.work import appeals, cases, closings, reviews, reviews_actions
from ronglu.work.reviews import ReviewProblem
from tests.cast import AT, Cast, cast  # noqa: F401  (the fixture)
from tests.web.scored import scored
from tests.work.reviewed import APRIL_1, MARCH, PACK, begun, card, go, line, settle, tended

pytestmark = pytest.mark.django_db
BRANCHES = ["QL-B1", "QL-B2", "QL-B3"]


def states(cast: Cast) -> dict[str, str]:
    rows = Review.objects.filter(kind="monthly").select_related("case", "body")
    return {row.body.code: row.case.state for row in rows}


@pytest.mark.covers("S3-20")
def test_one_case_a_branch_is_raised_when_the_month_is_over_and_never_twice(cast: Cast) -> None:
    begun(cast)
    assert tended(cast, dt.date(2026, 3, 31)) == 0
    # the month and the first quarter are over: three branches each; of the year nothing is
    assert tended(cast, APRIL_1) == 6
    assert tended(cast, APRIL_1) == 0
    assert tended(cast, dt.date(2026, 4, 2)) == 0
    assert states(cast) == dict.fromkeys(BRANCHES, "self_check")
    case = card(cast)
    assert (case.number, case.title, case.body) == ("YS-2026-0001", "2026-03 月审核 转炉党支部", cast.body["QL-B1"])
    assert (case.raised_by, case.claim, case.origin) == (None, "", "clock")
    # 清明 aside (no holiday rows in the cast): the 5th, 8th, 13th and 18th working day after 31 March
    days = [case.data[code] for code in ("self_check_by", "audit_by", "publicity_by", "appeals_by")]
    assert days == ["2026-04-07", "2026-04-10", "2026-04-17", "2026-04-24"]
    assert case.due_at == dt.datetime(2026, 4, 8)
    tended(cast, dt.date(2027, 1, 1))
    assert Review.objects.filter(kind="annual", period="2026").count() == 3


def test_a_plant_that_did_not_begin_has_no_cases_and_no_blockers(cast: Cast) -> None:
    assert tended(cast, APRIL_1) == 0
    scored(cast)
    assert not any("月审核" in one for one in closings.blockers(plant=cast.plant, month=MARCH, on=APRIL_1))
    begun(cast)
    with pytest.raises(ReviewProblem, match="已在用"):
        begun(cast)
    with pytest.raises(ReviewProblem, match="为什么停用"):
        reviews.stop(plant=cast.plant, reason=" ", by=cast.account["孙干事"], at=AT)
    reviews.stop(plant=cast.plant, reason="试用结束", by=cast.account["孙干事"], at=AT)
    assert reviews.since(Plant.objects.get(pk=cast.plant.pk)) is None


@pytest.mark.covers("S3-20", "S3-19")
def test_the_self_check_begins_with_what_the_records_say_and_is_told_what_changed(cast: Cast) -> None:
    run = scored(cast)
    branch = {"run": run, "body": cast.body["QL-B1"]}
    Result.objects.filter(**branch, item="B1").update(state="scored", won=600, points=800)
    Result.objects.filter(**branch, item="D3").update(state="scored", won=100, points=800)
    run.totals.filter(body=cast.body["QL-B1"]).update(converted=9240)
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast)
    assert case.data["lost"] == "D3 −7.00、B1 −2.00"
    assert case.data["scores"].count("92.40") == 2
    assert "lost" not in card(cast, body="QL-B2").data
    Result.objects.filter(**branch, item="B1").update(won=800)
    tended(cast, dt.date(2026, 4, 2))
    case.refresh_from_db()
    assert case.data["lost"] == "D3 −7.00"
    step = CaseStep.objects.get(case=case, move="refill")
    assert (step.data, step.person, step.origin) == ({"lost": "D3 −7.00"}, None, "clock")
    go(cast, case, "王书记", "submit", missed="3 月 14 日全线检修")
    Result.objects.filter(**branch, item="B1").update(won=0)
    tended(cast, dt.date(2026, 4, 3))
    case.refresh_from_db()
    assert case.data["lost"] == "D3 −7.00", "what was handed in stays as it was handed in"


@pytest.mark.covers("S3-20")
def test_a_month_goes_from_self_check_to_closed_by_the_clock(cast: Cast) -> None:
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast)
    with pytest.raises(LoopTrouble, match="“提交自查”不归您办"):
        go(cast, case, "马主任", "submit")
    go(cast, case, "王书记", "submit", exemption="厂生发 12 号：3 月 14 日检修")
    with pytest.raises(LoopTrouble, match="“审核通过，公示”不归您办"):
        go(cast, case, "王书记", "accept")
    go(cast, case, "孙干事", "accept", on=dt.date(2026, 4, 9), verdict="依据齐全")
    assert (case.state, case.due_at) == ("publicity", dt.datetime(2026, 4, 18))
    tended(cast, dt.date(2026, 4, 17))
    assert card(cast).state == "publicity"
    tended(cast, dt.date(2026, 4, 18))
    assert card(cast).state == "appeals"
    tended(cast, dt.date(2026, 4, 24))
    assert card(cast).state == "appeals"
    tended(cast, dt.date(2026, 4, 25))
    case = card(cast)
    assert (case.state, case.phase) == ("closed", "closed")
    assert list(case.steps.order_by("no").values_list("move", flat=True)) == [
        "raise", "submit", "accept", "to_appeals", "close",
    ]  # fmt: skip


def test_who_handed_it_in_does_not_audit_it_whatever_post_he_holds(cast: Cast) -> None:
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast)
    cast.person["王书记"].posts.create(role="party_office", body=cast.body["QL-C"], from_on=dt.date(2025, 1, 1))
    go(cast, case, "王书记", "submit")
    for code in ("accept", "back"):
        with pytest.raises(LoopTrouble, match="这一件由您办理"):
            go(cast, case, "王书记", code, reason="一样")
    go(cast, case, "孙干事", "accept")


def test_each_point_returned_has_its_reason_and_is_answered_before_it_passes(cast: Cast) -> None:
    begun(cast)
    tended(cast, APRIL_1)
    case = go(cast, card(cast), "王书记", "submit")
    with pytest.raises(LoopTrouble, match="先写至少一条退回事项"):
        go(cast, case, "孙干事", "back", reason="缺依据")
    with pytest.raises(LoopTrouble, match="请填写“退回理由”"):
        line(cast, case, "孙干事", "point", who="王书记", item_no="B1")
    row = line(cast, case, "孙干事", "point", who="王书记", item_no="B1", why="没有文号")
    go(cast, case, "孙干事", "back", reason="见退回事项")
    with pytest.raises(LoopTrouble, match="退回事项第 1 条还没有完成"):
        go(cast, case, "王书记", "submit")
    settle(cast, row, "王书记", "done", answer="厂生发 12 号")
    go(cast, case, "王书记", "submit")
    with pytest.raises(LoopTrouble, match="退回事项第 1 条还没有验收"):
        go(cast, case, "孙干事", "accept")
    settle(cast, row, "孙干事", "pass")
    assert go(cast, case, "孙干事", "accept").state == "publicity"


def appeal(cast: Cast, by: str, at: dt.datetime) -> Case:
    given = {"against": "score", "which": "2026-03 B1", "what": "依据没有看到"}
    return cases.raise_case(
        loop=PACK.loops["appeal"], plant=cast.plant, given=given, at=at, by=cast.account[by], scope=cast.scope(by, at.date())
    ).case  # fmt: skip


@pytest.mark.covers("S3-20")
def test_an_open_appeal_of_the_branch_holds_the_month_until_it_is_decided(cast: Cast) -> None:
    begun(cast)
    tended(cast, APRIL_1)
    for body, by in (("QL-B1", "王书记"), ("QL-B2", "郑师傅")):
        if body == "QL-B2":
            cast.person[by].posts.create(role="secretary", body=cast.body[body], from_on=dt.date(2025, 1, 1))
        go(cast, card(cast, body=body), by, "submit")
        go(cast, card(cast, body=body), "孙干事", "accept")
    tended(cast, dt.date(2026, 4, 18))
    raised = appeal(cast, "何组长", dt.datetime(2026, 4, 20, 9))
    assert raised.body == cast.body["QL-B1"]
    tended(cast, dt.date(2026, 4, 25))
    assert states(cast) == {"QL-B1": "appeals", "QL-B2": "closed", "QL-B3": "self_check"}
    assert appeals.holding([card(cast)]) == {card(cast).pk: [raised.number]}
    scored(cast)
    [said] = [
        one for one in closings.blockers(plant=cast.plant, month=MARCH, on=dt.date(2026, 4, 25)) if "月审核" in one
    ]
    assert (
        said
        == f"2026-03 还有 2 个支部的月审核没有过申诉期（YS-2026-0001、YS-2026-0003）；申诉 {raised.number} 还没有裁定"
    )
    Case.objects.filter(pk=raised.pk).update(data={**raised.data, "which": "2026-02 E1"})
    assert appeals.holding([card(cast)]) == {}, "an appeal that names another month does not hold this one"
    Case.objects.filter(pk=raised.pk).update(data={**raised.data, "which": "B1 的依据"})
    assert appeals.holding([card(cast)]) == {card(cast).pk: [raised.number]}, "one that names none holds it"
    Case.objects.filter(pk=raised.pk).update(state="upheld", phase="closed")
    tended(cast, dt.date(2026, 4, 26))
    assert card(cast).state == "closed"


def test_a_month_that_nobody_raised_yet_stands_against_its_close(cast: Cast) -> None:
    scored(cast)
    begun(cast)
    plant = Plant.objects.get(pk=cast.plant.pk)
    assert "2026-03 的月审核还没有发起（月末之后由系统发起）" in closings.blockers(plant=plant, month=MARCH, on=APRIL_1)


def commented(cast: Cast) -> Case:
    """高书记 writes the card with one advice, given to 王书记."""
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast, "quarterly", period="2026-Q1")
    line(cast, case, "高书记", "advice", who="王书记", advice="隐患整改每周过一遍")
    return go(cast, case, "高书记", "send", bright="回收率创新高", lacking="隐患整改拖期", focus="煤耗")


@pytest.mark.covers("S3-20", "S1-13", "S1-46")
def test_each_advice_of_the_quarter_becomes_an_action_and_is_looked_at_a_quarter_later(cast: Cast) -> None:
    case = commented(cast)
    row = case.rows.get()
    with pytest.raises(LoopTrouble, match="第 1 条建议还没有转成行动项"):
        go(cast, case, "王书记", "acknowledge", said="照办")
    made = reviews_actions.act_on(
        quarterly=PACK.loops["quarterly"], action=PACK.loops["action"], line=row, what="每周五过一遍隐患", by=cast.account["王书记"],
        finish_by=dt.date(2026, 5, 29), at=dt.datetime(2026, 4, 10, 9), scope=cast.scope("王书记", dt.date(2026, 4, 10)),
    )  # fmt: skip
    row.refresh_from_db()
    assert (made.loop, made.body, row.state, row.data["action"]) == ("action", cast.body["QL-B1"], "done", made.number)
    assert made.data["said"] == f"{case.number} 2026-Q1 季点评：隐患整改每周过一遍"
    assert CaseLink.objects.filter(case=made, other=case, kind="follows").exists()
    go(cast, case, "王书记", "acknowledge", said="照办", on=dt.date(2026, 4, 10))
    assert (case.state, case.due_at) == ("following", dt.datetime(2026, 7, 1))
    tended(cast, dt.date(2026, 7, 1))
    case.refresh_from_db()
    assert case.state == "looking"
    # what became of it stands on the next card
    after = card(cast, "quarterly", period="2026-Q2")
    assert after.data["earlier"] == f"隐患整改每周过一遍（{made.number} 在办）"
    with pytest.raises(LoopTrouble, match="建议第 1 条还没有验收"):
        go(cast, case, "高书记", "close", look="看了现场", on=dt.date(2026, 7, 2))
    settle(cast, row, "高书记", "pass", on=dt.date(2026, 7, 2))
    assert go(cast, case, "高书记", "close", look="没有拖期", on=dt.date(2026, 7, 2)).state == "closed"


def test_the_advice_is_acted_on_by_whom_it_was_given_to_and_once(cast: Cast) -> None:
    row = commented(cast).rows.get()
    ask = {
        "quarterly": PACK.loops["quarterly"], "action": PACK.loops["action"], "what": "办", "line": row,
        "finish_by": dt.date(2026, 5, 29), "at": dt.datetime(2026, 4, 10, 9),
    }  # fmt: skip
    with pytest.raises(LoopTrouble):
        reviews_actions.act_on(**ask, by=cast.account["李班长"], scope=cast.scope("李班长"))  # type: ignore[arg-type]
    assert not Case.objects.filter(loop="action").exists(), "nothing is left behind of what was refused"
    reviews_actions.act_on(**ask, by=cast.account["王书记"], scope=cast.scope("王书记"))  # type: ignore[arg-type]
    row.refresh_from_db()
    with pytest.raises(LoopTrouble, match="已经转成行动项"):
        reviews_actions.act_on(**ask, by=cast.account["王书记"], scope=cast.scope("王书记"))  # type: ignore[arg-type]


def test_the_card_has_no_number_and_needs_all_four_parts(cast: Cast) -> None:
    loop = PACK.loops["quarterly"]
    assert not [field.code for field in loop.fields if field.kind in ("number", "money")]
    begun(cast)
    tended(cast, APRIL_1)
    case = card(cast, "quarterly", period="2026-Q1")
    with pytest.raises(LoopTrouble, match="先写至少一条建议\n请填写“不足”\n请填写“下季重点”"):
        go(cast, case, "高书记", "send", bright="好")


@pytest.mark.covers("S1-12")
def test_the_year_asks_the_branch_for_its_three_functions_and_publishes_after_the_appeals(cast: Cast) -> None:
    begun(cast)
    tended(cast, dt.date(2027, 1, 1))
    case = card(cast, "annual", period="2026")
    on = dt.date(2027, 1, 5)
    three = {"core": "4", "core_why": "决议闭环", "school": "3", "school_why": "两人晋级", "fortress": "4"}
    with pytest.raises(LoopTrouble, match="请填写“堡垒作用的依据”"):
        go(cast, case, "王书记", "report", on=on, **three)
    go(cast, case, "王书记", "report", on=on, **three, fortress_why="抢险三次", improve="带徒弟")
    with pytest.raises(LoopTrouble, match="请填写“年度总结”"):
        go(cast, case, "孙干事", "summarise", on=on)
    go(cast, case, "孙干事", "summarise", on=on, summary="全年平稳")
    tended(cast, dt.date.fromisoformat(case.data["publicity_by"]) + dt.timedelta(days=1))
    tended(cast, dt.date.fromisoformat(case.data["appeals_by"]) + dt.timedelta(days=1))
    case.refresh_from_db()
    assert (case.state, case.phase) == ("published", "closed")


def test_no_self_check_asks_for_more_than_ten_fields(cast: Cast) -> None:
    """Prefilled ones counted: what a branch reads and writes on one page."""
    for kind, move in (("monthly", "submit"), ("annual", "report")):
        loop = PACK.loops[kind]
        found = loop.move(move)
        assert found is not None
        assert len({*loop.raising.needs, *loop.raising.asks, *found.needs, *found.asks}) <= 11
    submit = PACK.loops["monthly"].move("submit")
    assert submit is not None and len({*PACK.loops["monthly"].raising.asks, *submit.asks}) <= 10


def test_nobody_raises_a_period_by_hand(cast: Cast) -> None:
    for kind in reviews.KINDS:
        with pytest.raises(LoopTrouble, match="不由您提出"):
            cases.raise_case(
                loop=PACK.loops[kind], plant=cast.plant, given={reviews.NAMED[kind]: "2026-03"}, at=AT,
                by=cast.account["孙干事"], scope=cast.scope("孙干事"), body=cast.body["QL-B1"],
            )  # fmt: skip
