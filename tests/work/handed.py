"""Every verb that asks for a second hand: what the first did, and the step that another has to take."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ronglu.store.models import (
    Account,
    Adjustment,
    Case,
    Import,
    PlanStop,
    QuotaList,
    Reading,
    Ruling,
    SafetyEvent,
    YearReview,
)
from ronglu.work import (
    achievements,
    adjustments,
    bulletins,
    campaigns,
    closings,
    commitments,
    contests,
    contributions,
    drafts,
    events,
    figures,
    goals,
    inspections,
    lifts,
    linkages,
    marks,
    missions,
    model_posts,
    polls_paper,
    programmes,
    quarter_points,
    quotas,
    readings,
    relays,
    rulings,
    scores,
    seasons,
    seat_duties,
    standards,
    stops,
    study,
    vetoes,
    years,
)
from tests.cast import AT, ON, Cast
from tests.facts.plant_month import make_march
from tests.web.scored import scored
from tests.work import (
    assayed,
    contested,
    contributed,
    drafted,
    educated,
    linked,
    planned,
    sworn,
    test_bulletins,
    test_inspections,
    test_polls_paper,
    test_seasons,
    test_standards,
    test_teams,
)
from tests.work.membered import LIFT, MARCH, seat
from tests.work.test_achievements import record
from tests.work.test_quarter_points import filled
from tests.work.test_seat_duties import adopted, reported
from tests.work.zoned import grounded

LATER = dt.datetime(2026, 4, 7, 10)
Step = Callable[[Account], object]
"""The second step, taken by an account."""


@dataclass(frozen=True)
class Second:
    """Where the hand is asked for, who was first, who stands in for him, and what makes ready for the second step."""

    place: str
    first: str
    deputy: str
    begin: Callable[[Cast], Step]


TABLE: list[Second] = []


def second(place: str, first: str, deputy: str) -> Callable[[Callable[[Cast], Step]], Callable[[Cast], Step]]:
    def put(begin: Callable[[Cast], Step]) -> Callable[[Cast], Step]:
        TABLE.append(Second(place, first, deputy, begin))
        return begin

    return put


@second("achievements.verify", "陈技术员", "马主任")
def recorded_outcome(cast: Cast) -> Step:
    row = record(cast)
    return lambda by: achievements.verify(achievement=row, holds=True, verdict="查了数据", by=by, at=AT)


@second("adjustments._refuse_own", "孙干事", "高书记")
def asked_adjustment(cast: Cast) -> Step:
    row = Adjustment.objects.create(
        closing=linked.closed(cast, {"QL-B1": 9000}), number=1, state="proposed", cause="更正", proposed_at=AT,
        proposed_by=cast.account["孙干事"],
    )  # fmt: skip
    return lambda by: adjustments.approve(adjustment=row, by=by, at=AT)


@second("assays.confirm", "周统计员", "陈技术员")
def entered_assay(cast: Cast) -> Step:
    row = assayed.entered(cast)
    return lambda by: assayed.confirm(cast, row, by=by.person.name)


@second("bulletins.publish", "赵安全员", "马主任")
def written_bulletin(cast: Cast) -> Step:
    row = test_bulletins.propose(cast)
    return lambda by: test_bulletins.publish(cast, row, who=by.person.name)


@second("bulletins.withdraw", "马主任", "高书记")
def published_bulletin(cast: Cast) -> Step:
    row = test_bulletins.publish(cast, test_bulletins.propose(cast))
    return lambda by: bulletins.withdraw(bulletin=row, reason="数错了", by=by, at=test_bulletins.AT)


@second("campaigns.confirm", "吴师傅", "马主任")
@second("campaigns.confirm", "王书记", "马主任")
def told_merit(cast: Cast) -> Step:
    row = contested.overhaul(cast).entries.get(kind="merit")
    return lambda by: campaigns.confirm(entry=row, holds=True, by=by, at=LATER)


@second("closings.refuse_hand", "孙干事", "高书记")
def proposed_close(cast: Cast) -> Step:
    row = linked.closed(cast, {"QL-B1": 9000})
    row.state = "proposed"
    return lambda by: closings.refuse_hand(closing=row, by=by, on=ON)


@second("commitments.confirm", "李班长", "马主任")
@second("commitments.confirm", "王书记", "马主任")
def entered_paper(cast: Cast) -> Step:
    asked = sworn.asked(cast, "李班长")[0]
    row = commitments.sign(commitment=asked, on=ON, kept="", by=cast.account["王书记"], at=AT)
    return lambda by: commitments.confirm(commitment=row, holds=True, reason="", by=by, at=AT)


@second("commitments.drop", "李班长", "王书记")
def asked_paper(cast: Cast) -> Step:
    row = sworn.asked(cast, "李班长")[0]
    return lambda by: commitments.drop(commitment=row, reason="列错", by=by, at=AT)


@second("contests.declare", "冯主席", "马主任")
def drafted_contest(cast: Cast) -> Step:
    row = contested.plain(cast, "draft")
    return lambda by: contests.declare(contest=row, known={}, by=by, at=contested.DRAFTED)


@second("contributions.confirm", "王书记", "马主任")
def claimed_part(cast: Cast) -> Step:
    contributed.better(cast)
    row = contributed.claim(cast, contributed.measure(cast))
    return lambda by: contributions.confirm(contribution=row, holds=True, reason="", by=by, at=LATER)


@second("contributions._refuse_stake", "马主任", "孙干事")
def confirmed_part(cast: Cast) -> Step:
    contributed.better(cast)
    row = contributed.confirmed(cast, contributed.measure(cast))
    return lambda by: contributions.settle(contribution=row, granted={row.pk: 60}, reason="", by=by, at=LATER)


@second("drafts.approve", "孙干事", "高书记")
@second("drafts.approve", "马主任", "高书记")
def proposed_draft(cast: Cast) -> Step:
    """Edited by 孙干事, proposed by 马主任."""
    row = drafted.ready(cast)
    drafts.propose(draft=row, revision=row.revision, red=drafted.RED, by=cast.account["马主任"], at=drafted.AT)
    row.refresh_from_db()
    return lambda by: drafts.approve(draft=row, red=drafted.RED, by=by, at=drafted.AT)


@second("events._decide", "李班长", "赵安全员")
def told_event(cast: Cast) -> Step:
    row = events.report(
        plant=cast.plant, unit=grounded(cast).unit["QL-R1-甲"], zone=None, day=dt.date(2026, 3, 1), kind="minor",
        words="手指擦伤", by=cast.account["李班长"], at=AT,
    )  # fmt: skip
    return lambda by: events.reject(event=row, reason="不属实", by=by, at=AT)


@second("events.reopen", "赵安全员", "马主任")
def decided_event(cast: Cast) -> Step:
    told_event(cast)(cast.account["赵安全员"])
    row = SafetyEvent.objects.get()
    return lambda by: events.reopen(event=row, reason="有新的证人", by=by, at=AT)


@second("figures.sign", "孙干事", "高书记")
def entered_figure(cast: Cast) -> Step:
    scored(cast)
    row = figures.ItemFigure.objects.create(
        body=cast.body["QL-B1"], item="A1", month=202603, won=300, ground="台账", entered_by=cast.account["孙干事"],
        entered_at=AT,
    )  # fmt: skip
    return lambda by: figures.sign(figure=row, by=by, at=AT)


@second("goals.judge", "王书记", "马主任")
def told_goal(cast: Cast) -> Step:
    row = goals.tell(goal=planned.goal(cast, "QL-B1"), words="完成", **planned.said(cast, "王书记"))
    return lambda by: goals.judge(goal=row, verdict="reached", reason="", by=by, at=AT)


@second("goals.judge", "李班长", "马主任")
def goal_of_a_person(cast: Cast) -> Step:
    row = planned.goal(cast, "QL-B1", person=cast.person["李班长"])
    row = goals.tell(goal=row, words="完成", **planned.said(cast, "王书记"))
    return lambda by: goals.judge(goal=row, verdict="reached", reason="", by=by, at=AT)


@second("inspections.drop", "王书记", "马主任")
def planned_inspection(cast: Cast) -> Step:
    row = test_inspections.planned(cast)
    return lambda by: inspections.drop(inspection=row, reason="并入专项检查", by=by, at=AT)


@second("lifts.sign", "何组长", "王书记")
def entered_lift(cast: Cast) -> Step:
    seat(cast)
    said: dict[str, Any] = {"month": MARCH, "ground": "三月岗位考评", "dimension": "skill", "figure_h": 8800}
    row = lifts.enter(person=cast.person["李班长"], **said, by=cast.account["何组长"], at=LATER)
    return lambda by: lifts.sign(row=row, rules=LIFT, by=by, at=LATER)


@second("linkages._refuse_own", "孙干事", "高书记")
def proposed_scheme(cast: Cast) -> Step:
    row = linked.proposed(cast)
    return lambda by: linkages.approve(scheme=row, by=by, at=AT)


@second("marks.name_reviewer", "赵安全员", "孙干事")
def wished_for_panel(cast: Cast) -> Step:
    account = cast.account["赵安全员"]
    scored(cast)
    return lambda by: marks.name_reviewer(plant=cast.plant, item="C4", account=account, on=ON, by=by, at=AT)


@second("missions.verify", "李班长", "马主任")
def reported_mission(cast: Cast) -> Step:
    team = test_teams.found(cast)
    test_teams.join(cast, team, "李班长", "leader")
    call = missions.call(team=team, unit=cast.unit["QL-R1"], why="炉口漏水", by=cast.account["王书记"], at=AT)
    row = test_teams.reported(call, cast)
    return lambda by: missions.verify(mission=row, holds=True, verdict="属实", by=by, at=test_teams.LATER)


@second("model_posts._reviewed", "李班长", "王书记")
def post_to_look_at(cast: Cast) -> Step:
    row = test_teams.set_up(cast)
    return lambda by: model_posts.end(post=row, review="撤岗", by=by, at=test_teams.LATER)


@second("polls_paper._waiting", "孙干事", "高书记")
def counted_paper(cast: Cast) -> Step:
    poll = test_polls_paper.papered(cast, online=5)
    counts = test_polls_paper.paper_counts(poll, good=6)
    polls_paper.enter(poll=poll, ballots=6, void=0, counts=counts, by=cast.account["孙干事"], at=AT)
    return lambda by: polls_paper.confirm(poll=poll, by=by, at=AT)


@second("quarter_points.look", "王书记", "马主任")
def filled_point(cast: Cast) -> Step:
    row = filled(cast)
    return lambda by: quarter_points.look(row=row, holds=True, remark="", by=by, at=AT)


@second("quotas.confirm", "孙干事", "高书记")
def decided_places(cast: Cast) -> Step:
    row = QuotaList.objects.create(
        plant=cast.plant, year=2025, subject="scale:party", rated=3, nominees=[], allotment={"edge": []}, state="decided",
        made_at=AT, decided_by=cast.account["孙干事"], decided_at=AT,
    )  # fmt: skip
    return lambda by: quotas.confirm(quota=row, by=by, at=AT)


@second("readings_audit.unaudit", "陈技术员", "周统计员")
def audited_reading(cast: Cast) -> Step:
    make_march(plant=cast.plant, line=cast.unit["QL-R1"], by=cast.account["周统计员"])
    Reading.objects.update(audited_by=cast.account["陈技术员"])
    one = Reading.objects.filter(state="audited")[:1]
    return lambda by: readings.unaudit(plant=cast.plant, readings=one, reason="化验单有误", by=by, at=LATER)


@second("relays.decide", "王书记", "马主任")
def reason_of_a_relay(cast: Cast) -> Step:
    row = relays.explain(relay=educated.asked(cast), reason="大修", **educated.by(cast, "王书记"))
    return lambda by: relays.decide(relay=row, holds=True, remark="", by=by, at=AT)


@second("reported.check", "王书记", "马主任")
def done_task(cast: Cast) -> Step:
    row = planned.task_of(planned.programme(cast), cast)
    programmes.report(task=row, words="学了", **planned.said(cast, "王书记"))
    return lambda by: programmes.check(task=row, holds=True, remark="", by=by, at=AT)


@second("rulings.sign", "孙干事", "高书记")
def entered_ruling(cast: Cast) -> Step:
    appeal = Case.objects.create(
        plant=cast.plant, loop="appeal", version=1, number="SS-1", title="得分", state="checking", phase="working",
        raised_at=AT, entered_at=AT,
    )  # fmt: skip
    row = Ruling.objects.create(
        case=appeal, body=cast.body["QL-B1"], item="D3", month=202603, won=800, ground="皮带秤校验不合格", state="entered",
        entered_by=cast.account["孙干事"], entered_at=AT,
    )  # fmt: skip
    return lambda by: rulings.sign(ruling=row, by=by, at=AT)


@second("scores.approve", "孙干事", "高书记")
def brought_scores(cast: Cast) -> Step:
    row = Import.objects.create(
        plant=cast.plant,
        kind="scores",
        file_name="往期分.xlsx",
        size=1,
        created_by=cast.account["孙干事"],
        created_at=AT,
    )
    return lambda by: scores.approve(batch=row, by=by, at=AT)


@second("seasons._another", "何组长", "赵安全员")
def finished_piece(cast: Cast) -> Step:
    task = test_seasons.plan(cast)
    test_seasons.split(task, cast, "QL-B1-甲", "东侧沟")
    row = test_seasons.finish(task, cast, "东侧沟")
    return lambda by: seasons.check(share=row, remark="沟底见底", by=by, at=AT)


@second("seat_duties.judge", "王书记", "马主任")
def reported_duty(cast: Cast) -> Step:
    adopted(cast)
    row = reported(cast, done_on=None)
    return lambda by: seat_duties.judge(report=row, holds=True, remark="", by=by, at=AT)


@second("standards._second", "王书记", "孙干事")
def entered_standard(cast: Cast) -> Step:
    row = test_standards.entered(cast)
    return lambda by: standards.check(item=row, holds=True, verdict="", by=by, at=AT)


@second("stops.approve", "周统计员", "马主任")
def asked_stop(cast: Cast) -> Step:
    row = PlanStop.objects.create(
        unit=cast.unit["QL-R1"], reason="检修", from_on=ON, until_on=ON + dt.timedelta(days=2), set_at=AT,
        set_by=cast.account["周统计员"],
    )  # fmt: skip
    return lambda by: stops.approve(stop=row, by=by, at=AT)


@second("study.issue", "王书记", "马主任")
def written_plan(cast: Cast) -> Step:
    row = educated.planned(cast, issue=False)
    return lambda by: study.issue(plan=row, by=by, at=AT)


@second("vetoes.approve", "孙干事", "高书记")
def asked_veto(cast: Cast) -> Step:
    scored(cast)
    said: dict[str, Any] = {"body": cast.body["QL-B1"], "month": MARCH, "reason": "environment", "evidence": "通报"}
    row = vetoes.enter(**said, by=cast.account["孙干事"], at=AT)
    return lambda by: vetoes.approve(veto=row, by=by, at=AT)


@second("years.publish", "孙干事", "高书记")
def told_year(cast: Cast) -> Step:
    run = scored(cast)
    row = YearReview.objects.create(
        plant=cast.plant, year=2025, state="publicity", sheet=run.sheet, rules={}, computed_at=AT, publicised_at=AT,
        publicised_by=cast.account["孙干事"],
    )  # fmt: skip
    return lambda by: years.publish(review=row, by=by, on=ON, at=AT)
