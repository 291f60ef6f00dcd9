"""The rules at their edges over the real tables: posts taken late, seats held on, young branches, who moved, what the plant stops asking."""

import datetime as dt
from decimal import Decimal

import pytest

from ronglu.kernel.regulation.errors import RuleProblem
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    AuditEntry,
    BodyState,
    Checklist,
    HazardBulletin,
    Membership,
    PlanStop,
    Post,
    Round,
    UnitState,
    Zone,
)
from ronglu.store.models import Finding as Row
from ronglu.store.rulebook import regulations
from ronglu.work import findings, life_findings, rule_edits
from ronglu.work.queries import inspection, org_findings
from ronglu.work.queries.places import Places
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401
from tests.work.lived import held, voted
from tests.work.test_life_people import hazard, states, told, trained

NEW_YEAR = dt.date(2027, 1, 5)
JANUARY = dt.date(2026, 1, 15)


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)


def one(cast: Cast, rule: str, subject: str, key: int, window: str, *, side: str = "", on: dt.date = NEW_YEAR) -> State:
    found = [f for f in told(cast, rule, subject, key, on=on, side=side) if f.window and f.window.key == window]
    return found[0].state


def test_who_was_a_committee_member_all_year_and_became_secretary_in_december_is_not_yet_asked_for_a_rotation(
    cast: Cast,
) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    li, branch = cast.person["李班长"], cast.body["QL-B1"]
    Post.objects.create(person=li, role="organiser", body=branch, from_on=SINCE)
    Post.objects.create(person=li, role="secretary", body=branch, from_on=day(12, 20))
    assert states(told(cast, "R-EDU-03", "person", li.pk, side="rotation")) == [State.EXEMPT]
    assert states(told(cast, "R-EDU-02", "person", li.pk, side="hours")) == [State.MISSED]


def test_one_seat_after_the_other_is_one_stretch_of_service(cast: Cast) -> None:
    """组织委员 for five months, then 副书记 for five: ten months of the year on the committee."""
    held(cast, "QL-B1", "monthly_life", JANUARY)
    he, branch = cast.person["何组长"], cast.body["QL-B1"]
    Post.objects.create(person=he, role="organiser", body=branch, from_on=day(1, 1), until_on=day(6, 1))
    Post.objects.create(person=he, role="deputy", body=branch, from_on=day(6, 1), until_on=day(11, 1))
    assert states(told(cast, "R-EDU-02", "person", he.pk, side="hours")) == [State.MISSED]


def test_a_secretary_elected_again_is_no_new_one_and_one_who_comes_to_another_branch_is(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    wang = cast.person["王书记"]
    Post.objects.filter(person=wang).update(until_on=day(5, 1))
    Post.objects.create(person=wang, role="secretary", body=cast.body["QL-B1"], from_on=day(5, 1))
    found = told(cast, "R-EDU-03", "person", wang.pk, side="new")
    assert [f.subject.part for f in found if f.state is State.MISSED] == []
    Post.objects.create(person=wang, role="secretary", body=cast.body["QL-B2"], from_on=day(5, 1))
    found = told(cast, "R-EDU-03", "person", wang.pk, side="new")
    assert [f.subject.part.rpartition(":")[2] for f in found if f.state is State.MISSED] == ["2026-05-01"]


def test_a_meeting_of_the_committee_above_is_no_life_in_ones_own_branch(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", JANUARY)
    held(cast, "QL-C", "central_study", day(5, 8), came=("马主任",))
    ma = cast.person["马主任"].pk
    assert one(cast, "R-LIFE-14", "person", ma, "2026-Q2") is State.MISSED
    Membership.objects.filter(person=ma).update(body=cast.body["QL-B1-甲"])
    held(cast, "QL-B1", "theme_day", day(6, 8), came=("马主任",))
    assert one(cast, "R-LIFE-14", "person", ma, "2026-Q2") is State.OK


def test_the_committee_s_secretary_may_give_his_lecture_at_a_branch(cast: Cast) -> None:
    committee = cast.body["QL-C"].pk
    held(cast, "QL-C", "central_study", JANUARY)
    held(cast, "QL-B2", "lecture", day(3, 9), data={"speaker": cast.person["王书记"].pk})
    assert one(cast, "R-LIFE-04", "body", committee, "2026") is State.MISSED
    held(cast, "QL-B2", "lecture", day(7, 1), data={"speaker": cast.person["高书记"].pk})
    assert one(cast, "R-LIFE-04", "body", committee, "2026") is State.OK
    assert one(cast, "R-EDU-06", "body", committee, "2026-Q3", side="quarter") is State.MISSED


def test_a_group_that_became_a_branch_at_the_end_of_the_quarter_is_a_young_branch(cast: Cast) -> None:
    group = cast.body["QL-B1-甲"]
    held(cast, "QL-B1-甲", "group_meeting", JANUARY)
    BodyState.objects.filter(body=group).update(until_on=day(3, 25))
    BodyState.objects.create(body=group, name="甲班党支部", kind="branch", parent=cast.body["QL-C"], from_on=day(3, 25))
    assert one(cast, "R-LIFE-01", "body", group.pk, "2026-Q1") is State.EXEMPT
    assert one(cast, "R-LIFE-06", "body", group.pk, "2026-03", side="held") is State.EXEMPT
    assert one(cast, "R-LIFE-06", "body", group.pk, "2026-04", side="held") is State.MISSED


def test_a_new_name_or_becoming_a_joint_branch_makes_no_branch_younger(cast: Cast) -> None:
    branch = cast.body["QL-B1"]
    held(cast, "QL-B1", "monthly_life", JANUARY)
    BodyState.objects.filter(body=branch).update(until_on=day(3, 25))
    BodyState.objects.create(
        body=branch, name="转炉联合党支部", kind="joint", parent=cast.body["QL-C"], from_on=day(3, 25)
    )
    assert one(cast, "R-LIFE-01", "body", branch.pk, "2026-Q1") is State.MISSED


def stop(cast: Cast, unit: str, first: dt.date, after: dt.date) -> None:
    sun, ma = cast.account["孙干事"], cast.account["马主任"]
    PlanStop.objects.create(
        unit=cast.unit[unit], from_on=first, until_on=after, reason="大修", set_by=sun, approved_by=ma
    )


def test_a_workshop_whose_lines_all_stood_still_owes_no_round_of_the_month(cast: Cast) -> None:
    zone = Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1-甲"], code="Z1", name="一区", kind="own", from_on=SINCE, token="t1"
    )
    lines = Checklist.objects.create(plant=cast.plant, work_class="safety", version=1, from_on=SINCE, cadence="month")
    Round.objects.create(zone=zone, checklist=lines, work_class="safety", due_on=day(1, 28), state="due")
    shop = cast.unit["QL-R"].pk
    stop(cast, "QL-R1", day(2, 5), day(2, 25))
    stop(cast, "QL-R1", day(3, 5), day(3, 24))
    assert one(cast, "R-SAF-06", "site", shop, "2026-02", side="rounds") is State.EXEMPT
    assert one(cast, "R-SAF-06", "site", shop, "2026-03", side="rounds") is State.MISSED, "19 days"
    UnitState.objects.filter(unit=shop).update(until_on=day(4, 1))
    UnitState.objects.create(unit=cast.unit["QL-R"], name="熔炼一车间", parent=cast.unit["QL"], from_on=day(4, 1))
    assert one(cast, "R-SAF-06", "site", shop, "2026-03", side="rounds") is State.MISSED, "a new name clears nothing"


def test_half_a_year_of_standstill_asks_no_member_for_the_hours_of_the_year(cast: Cast) -> None:
    held(cast, "QL-B1-甲", "group_meeting", JANUARY)
    he = cast.person["何组长"].pk
    stop(cast, "QL-R1", day(3, 1), day(8, 30))
    assert states(told(cast, "R-EDU-01", "person", he)) == [State.MISSED], "182 days"
    stop(cast, "QL-R1", day(8, 30), day(8, 31))
    assert states(told(cast, "R-EDU-01", "person", he)) == [State.EXEMPT]


def test_the_staff_told_late_are_told(cast: Cast) -> None:
    case = hazard(cast, data={"grade": "minor", "control": "x"})
    late = dt.date(2026, 5, 20)
    assert told(cast, "R-SAF-04", "hazard", case.pk, side="staff")[0].state is State.MISSED
    HazardBulletin.objects.create(
        plant=cast.plant, unit=cast.unit["QL"], period="2026-04", until_on=day(4, 30), number=1, figures={}, digest="x",
        state="published", announced_on=late, place="board", proposed_by=cast.account["赵安全员"],
        proposed_at=dt.datetime(2026, 5, 1, 8),
    )  # fmt: skip
    (found,) = told(cast, "R-SAF-04", "hazard", case.pk, side="staff")
    assert found.state is State.OK and "2026-05-20 向职工通报，应在 2026-04-01 前" in found.detail


def run(cast: Cast, on: dt.date = NEW_YEAR) -> findings.Refreshed:
    return life_findings.refresh(plant=cast.plant, on=on, at=AT)


def test_a_finding_goes_with_its_member_to_the_branch_he_moves_to(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    held(cast, "QL-B2", "monthly_life", JANUARY)
    run(cast)
    he = cast.person["何组长"]
    row = Row.objects.get(rule="R-EDU-01", subject=f"person:{he.pk}:2026")
    assert row.body == cast.body["QL-B1-甲"]
    Membership.objects.filter(person=he).update(until_on=dt.date(2027, 2, 1))
    Membership.objects.create(person=he, body=cast.body["QL-B2"], status="full", from_on=dt.date(2027, 2, 1))
    on = dt.date(2027, 2, 2)
    run(cast, on)
    row.refresh_from_db()
    assert row.body == cast.body["QL-B2"] and row.cleared_on is None
    seen = org_findings.visible(scope=cast.scope("王书记", on), plant=cast.plant, on=on)
    assert not seen.filter(pk=row.pk).exists()


def test_a_reason_still_stands_when_what_was_put_right_comes_undone(cast: Cast) -> None:
    group = "QL-B1-甲"
    held(cast, group, "group_meeting", day(3, 12))
    run(cast, day(5, 10))
    april = Row.objects.get(rule="R-LIFE-03")
    findings.give_reason(finding=april, reason="全组抢修三周", by=cast.account["孙干事"], at=AT)
    late = held(cast, group, "group_meeting", day(4, 28))
    run(cast, day(5, 11))
    late.delete()
    run(cast, day(5, 12))
    (again,) = Row.objects.filter(rule="R-LIFE-03", subject__endswith="2026-04")
    assert (again.pk, again.reason, again.cleared_on) == (april.pk, "全组抢修三周", None)


def test_a_risk_without_a_colour_is_found_on_the_day_it_is_seen_and_not_in_january(cast: Cast) -> None:
    from ronglu.work import risks

    risks.register(
        plant=cast.plant, unit=cast.unit["QL-R1"], activity="出钢", what="喷溅", post="炉长", controls=["戴面罩"],
        by=cast.account["赵安全员"], at=AT,
    )  # fmt: skip
    run(cast, day(5, 10))
    assert Row.objects.get(rule="R-SAF-05").opened_on == day(5, 10)
    run(cast, day(5, 20))
    assert Row.objects.get(rule="R-SAF-05").opened_on == day(5, 10)


def test_what_the_plant_stops_asking_is_nobody_s_to_put_right(cast: Cast) -> None:
    held(cast, "QL-B1-甲", "group_meeting", day(3, 12))
    run(cast, day(6, 10))
    assert Row.objects.filter(rule="R-LIFE-03", cleared_on=None).count() == 2
    who = {"by": cast.account["孙干事"], "at": AT}
    rule_edits.switch(plant=cast.plant, rule="R-LIFE-03", enabled=False, from_on=day(6, 15), **who)
    run(cast, day(6, 14))
    assert Row.objects.filter(rule="R-LIFE-03", cleared_on=None).count() == 2
    run(cast, day(6, 15))
    assert not Row.objects.filter(rule="R-LIFE-03", cleared_on=None).exists()


def number(cast: Cast, rule: str, name: str, on: dt.date) -> Decimal:
    found = regulations(cast.plant).get(rule, on=on)
    assert found is not None
    return found.thresholds[name].value


def test_two_numbers_of_one_rule_changed_on_one_day_one_after_the_other_both_stand(cast: Cast) -> None:
    who = {"by": cast.account["孙干事"], "at": AT}
    for values in ({"hours": Decimal(64)}, {"times": Decimal(2)}):
        rule_edits.set_threshold(plant=cast.plant, rule="R-EDU-02", values=values, from_on=day(3, 1), **who)
    assert [number(cast, "R-EDU-02", name, day(3, 1)) for name in ("hours", "times")] == [64, 2]
    assert AuditEntry.objects.filter(verb="findings.set_threshold").count() == 2


@pytest.mark.parametrize(
    ("rule", "name", "value", "why"),
    [
        ("R-LIFE-06", "times", "0", "每月不少于应是不小于 1 的整数，写的是 0"),
        ("R-LIFE-09", "one_in", "0", "应是不小于 1 的整数"),
        ("R-LIFE-01", "times", "1.5", "应是不小于 1 的整数，写的是 1.5"),
        ("R-LIFE-12", "share", "4", "应大于 0、不超过 1，写的是 4"),
        ("R-ORG-13", "share", "101", "应大于 0、不超过 100"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_the_rules_go_on(
    cast: Cast, rule: str, name: str, value: str, why: str
) -> None:
    with pytest.raises(RuleProblem, match=why):
        rule_edits.set_threshold(
            plant=cast.plant, rule=rule, values={name: Decimal(value)}, from_on=JANUARY, by=None, at=AT
        )
    assert "org_rules" not in cast.plant.settings
    rule_edits.set_threshold(
        plant=cast.plant, rule="R-LIFE-06", values={"days": Decimal(0)}, from_on=JANUARY, by=None, at=AT
    )


def test_a_text_is_not_compared_on_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(RuleProblem, match="还没有到"):
        rule_edits.compare(
            plant=cast.plant, rule="R-LIFE-06", text_url="文号", on=AT.date() + dt.timedelta(days=1),
            by=cast.account["孙干事"], at=AT,
        )  # fmt: skip


def test_what_was_found_on_a_person_stands_in_no_book_of_the_branch(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    run(cast)
    assert Row.objects.filter(rule="R-EDU-03", body=cast.body["QL-B1"], cleared_on=None).exists()
    month = Period.month(2027, 1)
    for name in ("王书记", "马主任"):
        asked = inspection.Asked(
            cast.body["QL-B1"], month, NEW_YEAR, cast.scope(name, NEW_YEAR), Places(cast.plant, NEW_YEAR), {}
        )
        rules = {row[0] for row in inspection.read(asked)["findings"]}
        assert rules and not {rule for rule in rules if rule.startswith("R-EDU") or rule == "R-LIFE-14"}


def test_a_motion_falls_by_the_majority_that_the_plant_asks_for(cast: Cast) -> None:
    """11 of 20 are enough for the text and not where two thirds are asked: it fell, and nobody broke a rule."""
    row = held(cast, "QL-B1", "assembly", day(3, 12), due=20, present=18)
    voted(row, "支部年度计划", due=20, voting=18, favour=11)
    branch = cast.body["QL-B1"].pk
    assert one(cast, "R-LIFE-11", "body", branch, "2026-03-12", side="majority") is State.OK
    rule_edits.set_threshold(
        plant=cast.plant, rule="R-LIFE-11", values={"majority": Decimal("0.6667")}, from_on=day(3, 1), by=None, at=AT
    )
    assert told(cast, "R-LIFE-11", "body", branch, side="majority") == []


def test_a_conversion_of_hours_changed_this_year_leaves_last_year_as_it_was(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", dt.date(2025, 1, 15))
    for year, half_days in ((2025, 8), (2026, 8)):
        trained(cast, "何组长", half_days=half_days, day=dt.date(year, 5, 4))
    rule_edits.set_threshold(
        plant=cast.plant, rule="R-EDU-05", values={"day": Decimal(6)}, from_on=day(1, 1), by=None, at=AT
    )
    he = cast.person["何组长"].pk
    found = life_findings.judge(plant=cast.plant, on=day(12, 31))
    hours = [f.measured for f in found if (f.rule, f.subject.kind, f.subject.id) == ("R-EDU-01", "person", he)]
    assert hours == [32, 24]
