"""Members, hazards and workshops as the rules see them: from posts, attendance, training, cases and rounds that stand in the tables."""

import datetime as dt
from typing import Any

import pytest

from ronglu.kernel.regulation.finding import Finding, State
from ronglu.store.models import AgendaRow, Case, Checklist, Membership, Post, Round, TalkRecord, Training, Zone
from ronglu.store.models import Finding as Row
from ronglu.work import life_findings, rule_edits
from tests.cast import AT, SINCE, Cast, cast  # noqa: F401
from tests.work.lived import held

END = dt.date(2027, 1, 5)
JANUARY, MARCH = dt.date(2026, 1, 15), dt.date(2026, 3, 12)


def told(cast: Cast, rule: str, subject: str, key: int, *, on: dt.date = END, side: str = "") -> list[Finding]:
    found = life_findings.judge(plant=cast.plant, on=on, year=2026)
    mine = [one for one in found if (one.rule, one.side) == (rule, side)]
    return [one for one in mine if (one.subject.kind, one.subject.id) == (subject, key)]


def states(found: list[Finding]) -> list[State]:
    return [one.state for one in found]


def trained(cast: Cast, name: str, *, half_days: int, day: dt.date = MARCH, rotation: bool = False) -> None:
    row = Training.objects.create(
        plant=cast.plant, title="培训", first_on=day, last_on=day, half_days=half_days, rotation=rotation,
        by=cast.account["孙干事"], at=AT,
    )  # fmt: skip
    row.people.add(cast.person[name])


def test_a_member_needs_32_hours_and_31_and_a_half_are_not_enough(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY, hours=3.5, came=("何组长",))
    trained(cast, "何组长", half_days=7)
    member = cast.person["何组长"].pk
    (found,) = told(cast, "R-EDU-01", "person", member)
    assert (found.state, found.measured) == (State.MISSED, 31.5)
    held(cast, "QL-B1-甲", "lecture", MARCH, hours=0.5, came=("何组长",))
    assert states(told(cast, "R-EDU-01", "person", member)) == [State.OK]


def test_who_was_not_there_has_no_hours_and_an_open_meeting_gives_none(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY, hours=4, came=("李班长",))
    held(cast, "QL-B1", "monthly_life", MARCH, hours=4, came=("何组长",), state="open")
    (found,) = told(cast, "R-EDU-01", "person", cast.person["何组长"].pk)
    assert found.measured == 0


def test_a_branch_that_began_in_march_is_not_told_that_its_members_lack_hours_of_the_year(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", MARCH)
    (found,) = told(cast, "R-EDU-01", "person", cast.person["何组长"].pk)
    assert found.state is State.NOT_MEASURABLE and "2026-03-01 起才在本系统登记" in found.detail


def test_the_secretary_needs_56_hours_and_a_group_leader_does_not(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    trained(cast, "王书记", half_days=13)
    secretary = cast.person["王书记"].pk
    assert states(told(cast, "R-EDU-02", "person", secretary, side="hours")) == [State.MISSED]
    assert states(told(cast, "R-EDU-02", "person", secretary, side="training")) == [State.OK]
    trained(cast, "王书记", half_days=1)
    assert states(told(cast, "R-EDU-02", "person", secretary, side="hours")) == [State.OK]
    assert told(cast, "R-EDU-02", "person", cast.person["何组长"].pk, side="hours") == []


def test_a_rotation_counts_for_the_secretary_and_an_ordinary_training_does_not(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    trained(cast, "王书记", half_days=2)
    secretary = cast.person["王书记"].pk
    assert states(told(cast, "R-EDU-03", "person", secretary, side="rotation")) == [State.MISSED]
    Post.objects.create(person=cast.person["李班长"], role="organiser", body=cast.body["QL-B1"], from_on=SINCE)
    assert told(cast, "R-EDU-03", "person", cast.person["李班长"].pk, side="rotation") == []
    trained(cast, "王书记", half_days=2, rotation=True)
    assert states(told(cast, "R-EDU-03", "person", secretary, side="rotation")) == [State.OK]


def test_a_probationary_member_is_trained_in_his_year(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    who = cast.person["李班长"]
    Membership.objects.filter(person=who).update(status="probationary", from_on=JANUARY)
    assert states(told(cast, "R-EDU-04", "person", who.pk, on=dt.date(2026, 12, 31))) == [State.DUE]
    trained(cast, "李班长", half_days=1)
    assert states(told(cast, "R-EDU-04", "person", who.pk, on=dt.date(2026, 12, 31))) == [State.OK]


def test_a_workshop_head_takes_part_in_the_life_of_his_own_branch_every_quarter(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", JANUARY, came=("马主任",))
    held(cast, "QL-B2", "assembly", dt.date(2026, 5, 1), came=("马主任",))
    found = {
        one.window.key: one.state for one in told(cast, "R-LIFE-14", "person", cast.person["马主任"].pk) if one.window
    }
    assert (found["2026-Q1"], found["2026-Q2"]) == (State.OK, State.MISSED)
    assert told(cast, "R-LIFE-14", "person", cast.person["何组长"].pk) == []


def test_a_talk_between_members_is_not_one_within_the_committee(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", JANUARY)
    TalkRecord.objects.create(
        body=cast.body["QL-B1"], kind="heart", pair="member_member", held_on=MARCH, by=cast.account["王书记"], at=AT
    )
    branch = cast.body["QL-B1"].pk
    assert states(told(cast, "R-LIFE-10", "body", branch, side="mutual")) == [State.OK]
    assert states(told(cast, "R-LIFE-10", "body", branch, side="members")) == [State.MISSED]


def test_findings_on_persons_lie_in_their_own_body_and_name_nobody(cast: Cast) -> None:
    held(cast, "QL-B1", "monthly_life", JANUARY)
    life_findings.refresh(plant=cast.plant, on=END, at=AT)
    row = Row.objects.get(rule="R-EDU-01", subject=f"person:{cast.person['何组长'].pk}:2026")
    assert row.body == cast.body["QL-B1-甲"] and "何组长" not in row.detail


def test_what_was_studied_must_be_discussed_tied_and_grounded_where_the_plant_asks_for_it(cast: Cast) -> None:
    row = AgendaRow.objects.create(
        gathering=held(cast, "QL-B1", "monthly_life", JANUARY),
        no=1,
        block="study",
        kind="study",
        title="学习",
        said="学了",
    )
    assert told(cast, "R-EDU-07", "study", row.pk, side="discussed") == []  # LOCAL: off until the plant asks
    rule_edits.switch(
        plant=cast.plant, rule="R-EDU-07", enabled=True, from_on=JANUARY, by=cast.account["孙干事"], at=AT
    )
    assert states(told(cast, "R-EDU-07", "study", row.pk, side="discussed")) == [State.MISSED]
    AgendaRow.objects.create(
        gathering=row.gathering, no=2, block="talk", kind="discuss", title="议", about=row, said="议了"
    )
    assert states(told(cast, "R-EDU-07", "study", row.pk, side="discussed")) == [State.OK]
    assert states(told(cast, "R-EDU-07", "study", row.pk, side="work")) == [State.MISSED]


def hazard(cast: Cast, number: int = 1, **more: Any) -> Case:
    rows = {"phase": "working", "data": {"grade": "minor"}} | more
    return Case.objects.create(
        plant=cast.plant, loop="hazard", version=1, number=f"YH-{number}", title="护栏松动", state="fixing",
        unit=cast.unit["QL-R1"], raised_at=dt.datetime(2026, 3, 2, 8), entered_at=AT, **rows,
    )  # fmt: skip


def test_a_minor_hazard_that_is_still_open_after_its_day_is_found_and_goes_when_it_is_closed(cast: Cast) -> None:
    case = hazard(cast)
    life_findings.refresh(plant=cast.plant, on=dt.date(2026, 3, 3), at=AT)
    assert not Row.objects.filter(rule="R-SAF-02").exists()
    life_findings.refresh(plant=cast.plant, on=dt.date(2026, 3, 4), at=AT)
    row = Row.objects.get(rule="R-SAF-02")
    assert (row.unit, row.body, row.severity) == (cast.unit["QL-R1"], None, "MUST")
    assert "YH-1" in row.detail and "护栏" not in row.detail
    Case.objects.filter(pk=case.pk).update(phase="closed")
    life_findings.refresh(plant=cast.plant, on=dt.date(2026, 3, 5), at=AT)
    row.refresh_from_db()
    assert row.cleared_on == dt.date(2026, 3, 5)


@pytest.mark.parametrize("why", [{"secrecy": "confidential"}, {"data": {}}])
def test_a_confidential_hazard_and_one_without_a_grade_are_not_told(cast: Cast, why: dict[str, Any]) -> None:
    hazard(cast, **why)
    life_findings.refresh(plant=cast.plant, on=END, at=AT)
    assert not Row.objects.filter(rule__startswith="R-SAF", severity="MUST").exists()


def test_a_workshop_is_asked_for_its_monthly_round_from_the_month_its_zones_were_walked(cast: Cast) -> None:
    zone = Zone.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1-甲"], code="Z1", name="一区", kind="own", from_on=SINCE, token="t1"
    )
    lines = Checklist.objects.create(plant=cast.plant, work_class="safety", version=1, from_on=SINCE, cadence="month")
    for month, done in ((3, dt.datetime(2026, 3, 20, 9)), (4, None)):
        Round.objects.create(
            zone=zone, checklist=lines, work_class="safety", due_on=dt.date(2026, month, 28), done_at=done,
            state="done" if done else "due",
        )  # fmt: skip
    found = told(cast, "R-SAF-06", "site", cast.unit["QL-R"].pk, side="rounds", on=dt.date(2026, 5, 2))
    assert {one.window.key: one.state for one in found if one.window} == {
        "2026-01": State.NOT_MEASURABLE, "2026-02": State.NOT_MEASURABLE, "2026-03": State.OK, "2026-04": State.MISSED,
        "2026-05": State.DUE,
    }  # fmt: skip
    assert told(cast, "R-SAF-06", "site", cast.unit["QL-F"].pk, side="rounds") == []


def test_every_side_is_judged_but_what_is_told_to_a_secretary_alone(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", JANUARY)
    Post.objects.create(person=cast.person["李班长"], role="organiser", body=cast.body["QL-B1"], from_on=SINCE)
    hazard(cast)
    found = life_findings.judge(plant=cast.plant, on=END, year=2026)
    assert {one.rule for one in found} >= {"R-LIFE-01", "R-EDU-01", "R-SAF-02"}
    assert ("R-SAF-04", "staff") in {(one.rule, one.side) for one in found}
    assert not [one for one in found if one.rule == "R-EDU-08"]


def test_a_reminder_of_a_month_goes_with_the_month(cast: Cast) -> None:
    for day, standing in ((dt.date(2026, 6, 30), 1), (dt.date(2026, 7, 1), 0)):
        life_findings.refresh(plant=cast.plant, on=day, at=AT)
        reminders = Row.objects.filter(rule="R-SAF-07", cleared_on=None)
        assert reminders.count() == standing
        assert all(one.severity == "NOTE" and one.unit == cast.unit["QL"] for one in reminders)
