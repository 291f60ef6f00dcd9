"""上下工序衔接: a process graph without circles, and what the receiving side says of each month, never the delivering one."""

import datetime as dt
from typing import Any

import pytest

from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, Closing, Deputy, Engagement, Flow, FlowWord, Mapping, Post, Unit, UnitState
from ronglu.store.models.append import OnlyAdded
from ronglu.work import flows
from ronglu.work.flows import BadFlow
from ronglu.work.queries import flows as queries
from ronglu.work.queries.places import Places
from ronglu.work.queries.todo_flows import waiting_flows
from ronglu.work.scope import Reach
from tests.cast import AT, ON, SINCE, Cast, cast
from tests.work.linked import closed
from tests.work.loops_cast import LOOPS, report, step

__all__ = ["cast"]
FEEDBACK = LOOPS["feedback"]
ASPECTS = pack_of("qinglan").base.flows.aspects
MARKS = {"satisfied": 5, "fair": 3, "unsatisfied": 2}
FEBRUARY, MARCH = Period.month(2026, 2), Period.month(2026, 3)
MONTHS = queries.span_of(ON, 3)


def connect(cast: Cast, source: str, target: str, *, on: dt.date = SINCE, what: str = "阳极板") -> Flow:
    return flows.connect(
        source=cast.unit[source], target=cast.unit[target], what=what, on=on, by=cast.account["周统计员"], at=AT
    )


def judge(cast: Cast, flow: Flow, by: str, word: str = "satisfied", **rest: Any) -> FlowWord:
    """All aspects marked as the word says, unless `marks` says otherwise."""
    at = rest.pop("at", AT)
    given = {"month": FEBRUARY, "marks": {one.code: MARKS[word] for one in ASPECTS}, "aspects": ASPECTS} | rest
    if word == "unsatisfied":
        given.setdefault("reason", "飞边多")
    return flows.judge(flow=flow, by=cast.account[by], at=at, scope=cast.scope(by, at.date()), **given)


def look(cast: Cast, *, on: dt.date = ON, months: tuple[Period, ...] = MONTHS, reach: Reach | None = None) -> list[queries.Edge]:  # fmt: skip
    return queries.edges(
        plant=cast.plant, reach=reach or Reach(everywhere=True), months=months, on=on, places=Places(cast.plant, on),
        feedback=FEEDBACK,
    )  # fmt: skip


@pytest.fixture
def three(cast: Cast) -> Cast:
    """A third workshop, so that a circle of three can be tried."""
    cast.unit["QL-D"] = Unit.objects.create(plant=cast.plant, code="QL-D", kind="workshop", position=50)
    UnitState.objects.create(unit=cast.unit["QL-D"], name="电解车间", parent=cast.unit["QL"], from_on=SINCE)
    return cast


@pytest.fixture
def edge(cast: Cast) -> Flow:
    """The refining line hands over to the converters' workshop, which 马主任 leads."""
    return connect(cast, "QL-F1", "QL-R")


@pytest.mark.covers("S0-32")
def test_the_receiving_leader_says_once_a_month_how_it_was_and_months_are_added_up(cast: Cast, edge: Flow) -> None:
    """January satisfied, February not, March (still running) not yet said: 1 of 2, nothing missing."""
    judge(cast, edge, "马主任", month=Period.month(2026, 1), at=dt.datetime(2026, 2, 2, 9))
    judge(cast, edge, "马主任", "unsatisfied", reason="飞边多，剪切慢", month=FEBRUARY)
    (found,) = look(cast)
    assert (found.source, found.target) == ("精炼线", "熔炼车间")
    assert [month.state for month in found.months] == ["satisfied", "unsatisfied", "running"]
    assert (found.tally.num, found.tally.den, found.tally.missing) == (1, 2, 0)
    # in April March has gone by without a word: missing, neither good nor bad
    (later,) = look(cast, on=dt.date(2026, 4, 1), months=queries.span_of(dt.date(2026, 3, 1), 3))
    assert (later.tally.num, later.tally.den, later.tally.missing) == (1, 2, 1)


def test_the_total_adds_what_was_said_and_is_no_mean_of_ratios(cast: Cast) -> None:
    """1 of 1 and 1 of 3: 2 of 4 is a half; the mean of the ratios would be two thirds."""
    month = queries.Month(FEBRUARY, (), over=True)
    word = {name: queries.Month(FEBRUARY, (FlowWord(word=name),), over=True) for name in ("satisfied", "unsatisfied")}
    flow = Flow()
    good = queries.Edge(flow, "", "", (word["satisfied"],))
    poor = queries.Edge(flow, "", "", (word["satisfied"], word["unsatisfied"], word["unsatisfied"], month))
    found = queries.total([good, poor])
    assert (found.num, found.den, found.missing) == (2, 4, 1)
    assert found.share == queries.Fraction(1, 2)
    assert queries.total([]).share is None


def test_nobody_of_the_delivering_side_judges_himself(cast: Cast) -> None:
    """转炉线 is in 马主任's workshop and 精炼线 is not: of what he delivers he says nothing."""
    flow = connect(cast, "QL-R1", "QL-F1")
    with pytest.raises(BadFlow, match="您也负责上道工序“转炉线”"):
        judge(cast, flow, "马主任")
    with pytest.raises(BadFlow, match="您也负责上道工序“转炉线”"):
        judge(cast, flow, "王书记")
    with pytest.raises(BadFlow, match="您在上道工序“转炉线”任职"):
        judge(cast, flow, "李班长")
    with pytest.raises(BadFlow, match="由下道工序“精炼线”的负责人评"):
        judge(cast, flow, "孙干事")
    with pytest.raises(BadFlow, match="您不在其列"):
        judge(cast, flow, "邻厂书记")
    assert not FlowWord.objects.exists()


def test_who_leads_both_sides_speaks_for_neither(cast: Cast, edge: Flow) -> None:
    Post.objects.create(person=cast.person["马主任"], role="workshop_head", unit=cast.unit["QL-F"], from_on=SINCE)
    with pytest.raises(BadFlow, match="您也负责上道工序“精炼线”，须由只负责下道工序“熔炼车间”的人评"):
        judge(cast, edge, "马主任")
    # a branch that stands on both lines is on both sides, too
    flow = connect(cast, "QL-F1", "QL-R1")
    assert judge(cast, flow, "王书记").no == 1
    Mapping.objects.create(body=cast.body["QL-B1"], unit=cast.unit["QL-F1"], from_on=SINCE)
    with pytest.raises(BadFlow, match="您也负责上道工序"):
        judge(cast, flow, "王书记", "fair")


def test_who_works_at_the_delivering_side_does_not_speak_for_the_other_as_a_deputy(cast: Cast, edge: Flow) -> None:
    """郑师傅 of the refiners stands in for 马主任; 陈技术员 of the workshop may."""
    for name, allowed in (("郑师傅", False), ("陈技术员", True)):
        Deputy.objects.create(
            absent=cast.person["马主任"], deputy=cast.person[name], from_on=SINCE, named_by=cast.account["马主任"]
        )
        if allowed:
            assert judge(cast, edge, name).person == cast.person[name]
        else:
            with pytest.raises(BadFlow, match="您在上道工序“精炼线”任职，不能替下道工序评"):
                judge(cast, edge, name)
    Engagement.objects.filter(person=cast.person["陈技术员"]).update(unit=cast.unit["QL-F1-甲"])
    with pytest.raises(BadFlow, match="任职"):
        judge(cast, edge, "陈技术员", "fair")


def test_not_satisfied_says_why(cast: Cast, edge: Flow) -> None:
    with pytest.raises(BadFlow, match="有评 2 分以下的，请写明哪里不满意"):
        judge(cast, edge, "马主任", "unsatisfied", reason="  ")
    assert judge(cast, edge, "马主任", "fair").reason == ""


def test_each_aspect_is_marked_and_the_lowest_decides_the_word(cast: Cast, edge: Flow) -> None:
    """The mean of 5, 5, 5 and 2 is 4.25: a good month by the mean, and not a good one."""
    assert [one.zh for one in ASPECTS] == ["质量", "及时", "配合", "信息"]
    low = {"quality": 2, "timely": 5, "working": 5, "telling": 5}
    row = judge(cast, edge, "马主任", marks=low, reason="夹渣")
    assert (row.word, row.marks) == ("unsatisfied", low)
    for mark, word in ((3, "fair"), (4, "satisfied"), (5, "satisfied"), (1, "unsatisfied")):
        assert judge(cast, edge, "马主任", marks=low | {"quality": mark}, reason="夹渣").word == word


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ({"quality": 5, "timely": 5, "working": 5}, "还没有评信息"),
        ({"quality": 0, "timely": 5, "working": 5, "telling": 5}, "质量应评 1 到 5 分"),
        ({"quality": 6, "timely": 5, "working": 5, "telling": 5}, "质量应评 1 到 5 分"),
        ({"quality": True, "timely": 5, "working": 5, "telling": 5}, "质量应评 1 到 5 分"),
        ({"quality": 5, "timely": 5, "working": 5, "telling": 5, "price": 5}, "没有price这个方面"),
    ],
)
def test_a_mark_is_given_for_every_aspect_and_for_nothing_else(
    cast: Cast, edge: Flow, marks: dict[str, int], why: str
) -> None:
    with pytest.raises(BadFlow, match=why):
        judge(cast, edge, "马主任", marks=marks)
    assert not FlowWord.objects.exists()


def test_the_marks_of_a_year_stand_month_by_month_and_a_month_without_one_is_none(cast: Cast, edge: Flow) -> None:
    judge(cast, edge, "马主任", month=Period.month(2026, 1), at=dt.datetime(2026, 2, 2, 9))
    (found,) = look(cast)
    assert found.marks("quality") == (5, None, None)
    assert found.months[0].low == {} and found.months[1].low == {}


def waiting(cast: Cast, name: str, on: dt.date) -> list[tuple[str, int, dt.date | None]]:
    return [(one.key, one.count, one.due) for one in waiting_flows(cast.scope(name, on))]


def test_an_edge_that_was_not_judged_waits_from_the_last_week_until_its_words_stand(cast: Cast, edge: Flow) -> None:
    """The last seven days of March begin on the 25th; February may be judged until that day, too."""
    assert waiting(cast, "马主任", dt.date(2026, 3, 24)) == [("2026-02", 1, dt.date(2026, 3, 25))]
    both = waiting(cast, "马主任", dt.date(2026, 3, 25))
    assert [(key, n) for key, n, _due in both] == [("2026-02", 1), ("2026-03", 1)]
    assert [key for key, _n, _due in waiting(cast, "马主任", dt.date(2026, 3, 26))] == ["2026-03"]
    judge(cast, edge, "马主任", month=MARCH, at=dt.datetime(2026, 3, 26, 9))
    assert waiting(cast, "马主任", dt.date(2026, 3, 26)) == []


def test_nothing_waits_for_who_delivers_or_judges_nothing(cast: Cast, edge: Flow) -> None:
    connect(cast, "QL-R1", "QL-F1")
    assert waiting(cast, "马主任", ON) == [("2026-02", 1, dt.date(2026, 3, 25))]
    for name in ("郑师傅", "吴师傅", "周统计员", "系统管理员", "集团", "邻厂书记"):
        assert waiting(cast, name, ON) == [], name
    flows.close(flow=edge, on=dt.date(2026, 2, 1), by=cast.account["周统计员"], at=AT)
    assert waiting(cast, "马主任", ON) == []


def test_a_word_said_again_stands_beside_the_one_before(cast: Cast, edge: Flow) -> None:
    first = judge(cast, edge, "马主任")
    with pytest.raises(BadFlow, match="没有改动"):
        judge(cast, edge, "马主任")
    judge(cast, edge, "马主任", "unsatisfied", reason="返检发现夹渣")
    (found,) = look(cast)
    month = found.in_month(FEBRUARY)
    assert month is not None
    assert [(word.no, word.word) for word in month.words] == [(2, "unsatisfied"), (1, "satisfied")]
    assert (found.tally.num, found.tally.den) == (0, 1)
    with pytest.raises(OnlyAdded):
        FlowWord.objects.filter(pk=first.pk).update(word="fair")
    with pytest.raises(OnlyAdded):
        FlowWord.objects.filter(pk=first.pk).delete()
    said = AuditEntry.objects.filter(verb="flows.judge").order_by("pk").values_list("detail__no", flat=True)
    assert list(said) == [1, 2]


def test_a_month_is_judged_from_its_first_day_until_it_is_closed(cast: Cast, edge: Flow) -> None:
    """Eighteen working days after 28 February, a Saturday: 2 to 25 March, without a holiday in between."""
    assert flows.closes_on(cast.plant, FEBRUARY) == {FEBRUARY: dt.date(2026, 3, 25)}
    judge(cast, edge, "马主任", at=dt.datetime(2026, 3, 25, 23))
    with pytest.raises(BadFlow, match="2026-02 的评价到 2026-03-25 为止，已经定了"):
        judge(cast, edge, "马主任", "fair", at=dt.datetime(2026, 3, 26))
    with pytest.raises(BadFlow, match="2026-04 还没有开始"):
        judge(cast, edge, "马主任", month=Period.month(2026, 4))
    with pytest.raises(BadFlow, match="2024-12 里没有这条衔接"):
        judge(cast, edge, "马主任", month=Period.month(2024, 12))


def test_once_the_month_is_closed_its_word_stands_though_days_were_left(cast: Cast, edge: Flow) -> None:
    """Words on February might be given until 25 March; it was closed on the 10th."""
    judge(cast, edge, "马主任", at=dt.datetime(2026, 3, 9, 9))
    closing = closed(cast, {"QL-B1": 9000}, month=FEBRUARY)
    assert (closing.closed_at, closing.state) == (AT, "closed")
    assert flows.closes_on(cast.plant, FEBRUARY, MARCH)[FEBRUARY] == dt.date(2026, 3, 9)
    assert flows.closes_on(cast.plant, FEBRUARY, MARCH)[MARCH] > dt.date(2026, 4, 20)
    with pytest.raises(BadFlow, match="2026-02 已关账，评价已经定了"):
        judge(cast, edge, "马主任", "fair", at=dt.datetime(2026, 3, 10, 16))
    Closing.objects.update(state="withdrawn", closed_at=None)
    judge(cast, edge, "马主任", "fair", at=dt.datetime(2026, 3, 10, 16))


def test_a_circle_is_refused_with_its_way(three: Cast) -> None:
    connect(three, "QL-R", "QL-F")
    connect(three, "QL-F", "QL-D")
    with pytest.raises(BadFlow, match="这样会成环：电解车间 → 熔炼车间 → 精炼车间 → 电解车间"):
        connect(three, "QL-D", "QL-R", what="残极")
    with pytest.raises(BadFlow, match="精炼车间 → 熔炼车间 → 精炼车间"):
        connect(three, "QL-F", "QL-R")
    connect(three, "QL-R", "QL-D")
    assert Flow.objects.count() == 3


def test_edges_that_never_held_on_one_day_make_no_circle(three: Cast) -> None:
    """精炼 → 电解 ends on 1 March: from then on 电解 → 熔炼 closes nothing, a day earlier it would."""
    connect(three, "QL-R", "QL-F")
    flow = connect(three, "QL-F", "QL-D")
    flows.close(flow=flow, on=dt.date(2026, 3, 1), by=three.account["周统计员"], at=AT)
    with pytest.raises(BadFlow, match="成环"):
        connect(three, "QL-D", "QL-R", on=dt.date(2026, 2, 28))
    assert connect(three, "QL-D", "QL-R", on=dt.date(2026, 3, 1)).pk


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("QL-R1", "QL-R1", "不能是同一个单位"),
        ("QL-R", "QL-R1", "“转炉线”在“熔炼车间”里面"),
        ("QL-R1", "QL-R", "“转炉线”在“熔炼车间”里面"),
        ("QL-R1", "BS-F1", "应在同一个厂"),
        ("QL", "QL-R1", "“青岚冶炼厂”是厂，衔接只画在车间、产线、工序、科室之间"),
        ("QL-R1", "QL-R1-甲", "“转炉甲班”是横大班"),
    ],
)
def test_an_edge_stands_between_two_different_units_of_one_plant(
    cast: Cast, source: str, target: str, why: str
) -> None:
    with pytest.raises(BadFlow, match=why):
        connect(cast, source, target)
    with pytest.raises(BadFlow, match="在 2024-06-01 不存在"):
        connect(cast, "QL-R1", "QL-F1", on=dt.date(2024, 6, 1))
    with pytest.raises(BadFlow, match="请写明上道工序交什么"):
        connect(cast, "QL-R1", "QL-F1", what=" ")


def test_a_pair_has_one_edge_a_month(cast: Cast, edge: Flow) -> None:
    with pytest.raises(BadFlow, match="从 2025-01-01 至今，与新的一条重叠"):
        connect(cast, "QL-F1", "QL-R", on=ON)
    judge(cast, edge, "马主任")
    for on in (SINCE, dt.date(2026, 2, 1)):
        with pytest.raises(BadFlow, match="2026-02 已经有评价，撤销的日子应在 2026-02-01 之后"):
            flows.close(flow=edge, on=on, by=cast.account["周统计员"], at=AT)
    flows.close(flow=edge, on=dt.date(2026, 2, 10), by=cast.account["周统计员"], at=AT)
    with pytest.raises(BadFlow, match="到 2026-02-09 为止"):
        flows.close(flow=edge, on=ON, by=cast.account["周统计员"], at=AT)
    with pytest.raises(BadFlow, match="到 2026-02-09，与新的一条重叠；同一个月只有一条"):
        connect(cast, "QL-F1", "QL-R", on=dt.date(2026, 2, 20))
    again = connect(cast, "QL-F1", "QL-R", on=dt.date(2026, 3, 1))
    assert [one.flow for one in look(cast)] == [edge, again]
    # the month in which it held for nine days keeps its word, the next one is none of it
    assert [month.period for month in look(cast)[0].months] == [Period.month(2026, 1), FEBRUARY]


def test_an_edge_that_never_held_is_taken_out(cast: Cast, edge: Flow) -> None:
    flows.close(flow=edge, on=SINCE, by=cast.account["周统计员"], at=AT)
    assert not Flow.objects.exists()
    assert list(AuditEntry.objects.filter(subject="精炼线 → 熔炼车间").values_list("verb", flat=True)) == [
        "flows.close", "flows.connect"
    ]  # fmt: skip


def feedback(cast: Cast, by: str, unit: str, *, at: dt.datetime = AT, **rest: Any) -> Any:
    given = {"lot": "A1", "aspect": "looks", "plates": "200", "rejects": "8"}
    return report(cast, by, loop=FEEDBACK, unit=cast.unit[unit], at=at, given=given, **rest).case


def test_feedback_counts_on_the_edge_it_went_back_along(cast: Cast) -> None:
    """Of the converters two by 郑师傅 of the refiners, one answered in time, one never; one by their own crew is no word of a customer."""
    connect(cast, "QL-R1", "QL-F1")
    early = dt.datetime(2026, 3, 3, 9)
    kept = feedback(cast, "郑师傅", "QL-R1-甲", at=early)
    step(
        cast, kept, "李班长", "answer", loop=FEEDBACK, at=early + dt.timedelta(hours=2), cause_kind="machine", cause="模温低"
    )  # fmt: skip
    late = feedback(cast, "郑师傅", "QL-R1", at=early)
    feedback(cast, "吴师傅", "QL-R1-甲", at=early)
    feedback(cast, "郑师傅", "QL-F1-甲", at=early)
    (found,) = look(cast)
    assert found.answers == queries.Answers(frozenset({kept.pk, late.pk}), due=2, met=1)
    # the one that was answered counts the day it was, the other not before its clock has run out
    (then,) = look(cast, on=dt.date(2026, 3, 3))
    assert (then.answers.due, then.answers.met) == (1, 1)
    # a case from before the edge, or from before the months looked at, is none of it
    assert look(cast, months=(FEBRUARY,))[0].answers == queries.Answers()


def test_an_edge_is_seen_from_both_ends_and_from_within_them(cast: Cast, edge: Flow) -> None:
    for name in ("吴师傅", "郑师傅", "马主任", "孙干事"):
        assert len(look(cast, reach=cast.scope(name).reach(queries.SEE))) == 1, name
    for name in ("邻厂书记", "外人"):
        assert look(cast, reach=cast.scope(name).reach(queries.SEE)) == [], name
        assert queries.one(pk=edge.pk, reach=cast.scope(name).reach(queries.SEE), on=ON) is None
