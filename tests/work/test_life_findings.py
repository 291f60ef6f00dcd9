"""The rules on organisational life over the real tables: who is asked since when, what is held, what is missed and what clears it."""

import datetime as dt

import pytest

from ronglu.facts.basis import finding_rows
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Finding, MeetingHabit, PlanStop, Post, Team
from ronglu.store.rulebook import regulations
from ronglu.work import findings, life_findings
from ronglu.work.findings import BadFinding
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work import gathered
from tests.work.lived import held, voted

ON = dt.date(2026, 6, 30)
MARCH, APRIL, MAY = dt.date(2026, 3, 12), dt.date(2026, 4, 9), dt.date(2026, 5, 14)
GROUP = "QL-B1-甲"


def states(cast: Cast, rule: str, body: str, *, on: dt.date = ON, side: str = "") -> dict[str, State]:
    """State by window, of one body."""
    told = life_findings.judge(plant=cast.plant, on=on, year=2026)
    return {
        one.window.key: one.state
        for one in told
        if (one.rule, one.side, one.subject.id) == (rule, side, cast.body[body].pk) and one.window
    }


def rows(rule: str) -> list[tuple[str, dt.date, dt.date | None]]:
    found = Finding.objects.filter(rule=rule).order_by("opened_on", "subject")
    return [(one.subject.split(":", 2)[2], one.opened_on, one.cleared_on) for one in found]


def run(cast: Cast, on: dt.date = ON) -> findings.Refreshed:
    return life_findings.refresh(plant=cast.plant, on=on, at=AT)


def test_a_plant_that_keeps_no_meetings_here_is_told_nothing_is_missing(cast: Cast) -> None:
    run(cast)
    assert not Finding.objects.exclude(severity="NOTE").exists()


def test_a_body_is_asked_from_the_month_of_its_first_meeting_here_and_no_other_body_is(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MARCH)
    assert states(cast, "R-LIFE-03", GROUP) == {
        "2026-01": State.NOT_MEASURABLE, "2026-02": State.NOT_MEASURABLE, "2026-03": State.OK,
        "2026-04": State.MISSED, "2026-05": State.MISSED, "2026-06": State.DUE,
    }  # fmt: skip
    run(cast)
    assert rows("R-LIFE-03") == [
        ("2026-04", dt.date(2026, 5, 6), None), ("2026-05", dt.date(2026, 6, 6), None),
    ]  # fmt: skip
    assert not Finding.objects.exclude(body=cast.body[GROUP]).exclude(severity="NOTE").exists()


def test_a_meeting_that_is_only_arranged_begins_the_records_and_is_not_held(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", APRIL, state="planned")
    assert states(cast, "R-LIFE-03", GROUP)["2026-04"] == State.MISSED
    assert states(cast, "R-LIFE-03", GROUP)["2026-03"] == State.NOT_MEASURABLE


def test_a_salon_and_the_weekly_meeting_of_a_team_begin_no_records(cast: Cast) -> None:
    team = Team.objects.create(
        plant=cast.plant,
        code="T1",
        name="攻关队",
        kind="shock_tech",
        body=cast.body[GROUP],
        purpose="降煤耗",
        from_on=MARCH,
    )
    held(cast, GROUP, "salon", MARCH)
    held(cast, GROUP, "group_meeting", MARCH, team=team)
    assert states(cast, "R-LIFE-03", GROUP) == {}


def test_a_plant_may_set_the_day_for_all_its_bodies_and_take_it_back(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MAY)
    sun = cast.account["孙干事"]
    life_findings.set_start(plant=cast.plant, from_on=dt.date(2026, 3, 1), by=sun, at=dt.datetime(2026, 6, 1, 8))
    cast.plant.refresh_from_db()
    assert states(cast, "R-LIFE-03", GROUP)["2026-03"] == State.MISSED
    assert states(cast, "R-LIFE-06", "QL-B2", side="held")["2026-03"] == State.MISSED
    life_findings.set_start(plant=cast.plant, from_on=None, by=sun, at=AT)
    cast.plant.refresh_from_db()
    assert states(cast, "R-LIFE-03", GROUP)["2026-03"] == State.NOT_MEASURABLE
    with pytest.raises(BadFinding, match="还没有到"):
        life_findings.set_start(plant=cast.plant, from_on=dt.date(2026, 4, 1), by=sun, at=AT)


def test_what_is_put_right_is_cleared_and_a_make_up_of_one_that_fell_through_counts_where_it_was_due(
    cast: Cast,
) -> None:
    lost = held(cast, GROUP, "group_meeting", MARCH, state="cancelled", reason="抢修")
    run(cast, dt.date(2026, 4, 10))
    assert rows("R-LIFE-03") == [("2026-03", dt.date(2026, 4, 6), None)]
    held(cast, GROUP, "group_meeting", dt.date(2026, 4, 11), makeup_of=lost)
    run(cast, dt.date(2026, 4, 12))
    assert rows("R-LIFE-03") == [("2026-03", dt.date(2026, 4, 6), dt.date(2026, 4, 12))]
    assert states(cast, "R-LIFE-03", GROUP)["2026-04"] == State.MISSED  # April's own is still to be held


def test_a_make_up_for_the_other_crew_is_no_second_meeting(cast: Cast) -> None:
    sent = held(cast, "QL-B1", "committee", dt.date(2026, 3, 30), due=4, present=4)
    held(cast, "QL-B1", "committee", APRIL, makeup_of=sent, due=4, present=1)
    Post.objects.create(person=cast.person["李班长"], role="organiser", body=cast.body["QL-B1"], from_on=MARCH)
    assert states(cast, "R-LIFE-02", "QL-B1", side="held")["2026-04"] == State.MISSED
    told = life_findings.judge(plant=cast.plant, on=ON, year=2026)
    (march,) = [one for one in told if (one.rule, one.side, one.subject.part) == ("R-LIFE-02", "held", "held:2026-03")]
    assert march.measured == 1


def test_a_branch_without_a_committee_holds_no_committee_meetings(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", MARCH)
    assert states(cast, "R-LIFE-02", "QL-B1", side="held")["2026-03"] == State.EXEMPT


def test_a_month_of_overhaul_of_its_line_asks_for_no_meeting(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MARCH)
    sun = cast.account["孙干事"]
    stop = PlanStop.objects.create(
        unit=cast.unit["QL-R1"], from_on=dt.date(2026, 4, 5), until_on=dt.date(2026, 4, 26), reason="大修", set_by=sun
    )
    assert states(cast, "R-LIFE-03", GROUP)["2026-04"] == State.MISSED  # only proposed
    PlanStop.objects.filter(pk=stop.pk).update(approved_by=cast.account["马主任"])
    assert states(cast, "R-LIFE-03", GROUP)["2026-04"] == State.EXEMPT


def test_a_recorded_reason_quiets_a_norm_and_stays_when_the_rules_run_again(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MARCH)
    run(cast, dt.date(2026, 5, 10))
    april = Finding.objects.get(rule="R-LIFE-03")
    findings.give_reason(finding=april, reason="全组抢修三周", by=cast.account["孙干事"], at=AT)
    run(cast, dt.date(2026, 5, 11))
    april.refresh_from_db()
    assert (april.reason, april.cleared_on) == ("全组抢修三周", None)
    assert states(cast, "R-LIFE-03", GROUP)["2026-04"] == State.REASONED


def test_a_yearly_duty_is_not_missed_by_who_began_in_the_middle_of_the_year(cast: Cast) -> None:
    held(cast, "QL-B1", "assembly", MARCH)
    new_year = dt.date(2027, 1, 31)
    assert states(cast, "R-LIFE-08", "QL-B1", on=new_year, side="held") == {"2026": State.NOT_MEASURABLE}
    held(cast, "QL-B1", "life_meeting", dt.date(2026, 12, 20), data={"steps": ["pre_talk", "criticism"]})
    assert states(cast, "R-LIFE-08", "QL-B1", on=new_year, side="held") == {"2026": State.OK}
    assert states(cast, "R-LIFE-08", "QL-B1", on=new_year, side="steps") == {"2026-12-20": State.MISSED}


def test_the_fixed_day_of_a_branch_is_compared_with_the_day_it_met(cast: Cast) -> None:
    held(cast, "QL-B1", "theme_day", MARCH)
    assert states(cast, "R-LIFE-06", "QL-B1", side="drift") == {"2026-03-12": State.NOT_MEASURABLE}
    MeetingHabit.objects.create(body=cast.body["QL-B1"], kind="theme_day", fixed_day=8)
    assert states(cast, "R-LIFE-06", "QL-B1", side="drift") == {"2026-03-12": State.NOTED}
    assert states(cast, "R-LIFE-06", "QL-B1", side="held")["2026-03"] == State.OK


def test_a_vote_without_enough_people_is_missed_until_it_is_taken_again(cast: Cast) -> None:
    few = held(cast, "QL-B1", "assembly", MARCH, due=20, present=9)
    voted(few, "支部年度计划", due=20, voting=9, favour=9)
    assert states(cast, "R-LIFE-11", "QL-B1", side="quorum") == {"2026-03-12": State.MISSED}
    again = held(cast, "QL-B1", "assembly", APRIL, due=20, present=18)
    voted(again, "支部年度计划", due=20, voting=18, favour=11)
    assert states(cast, "R-LIFE-11", "QL-B1", side="quorum") == {"2026-04-09": State.OK}
    assert states(cast, "R-LIFE-11", "QL-B1", side="majority") == {"2026-04-09": State.OK}


def test_a_motion_that_fell_is_no_breach(cast: Cast) -> None:
    row = held(cast, "QL-B1", "assembly", MARCH, due=20, present=18)
    voted(row, "增设先锋岗", due=20, voting=18, favour=10)
    assert states(cast, "R-LIFE-11", "QL-B1", side="majority") == {}


def test_an_election_counts_those_with_a_vote_and_needs_four_fifths(cast: Cast) -> None:
    row = held(cast, "QL-B1", "assembly", MARCH, due=24, present=24)
    voted(row, "选举支委", due=20, voting=15, favour=15, kind="election")
    assert states(cast, "R-LIFE-12", "QL-B1") == {"2026-03-12": State.MISSED}
    row.votes.update(voting=16)
    assert states(cast, "R-LIFE-12", "QL-B1") == {"2026-03-12": State.OK}


def test_a_big_item_shows_whether_the_committee_discussed_it_before(cast: Cast) -> None:
    Post.objects.create(person=cast.person["李班长"], role="organiser", body=cast.body["QL-B1"], from_on=MARCH)
    talk = held(cast, "QL-B1", "committee", MARCH, due=2, present=2)
    row = held(cast, "QL-B1", "assembly", APRIL, due=20, present=18)
    one = voted(row, "发展计划", due=20, voting=18, favour=18)
    assert states(cast, "R-LIFE-07", "QL-B1") == {"2026-04-09": State.MISSED}
    type(one).objects.filter(pk=one.pk).update(discussed_in=talk)
    assert states(cast, "R-LIFE-07", "QL-B1") == {"2026-04-09": State.OK}


@pytest.mark.parametrize(
    ("called_by", "state"), [("leader", State.OK), ("delegated", State.MISSED), ("", State.NOT_MEASURABLE)]
)
def test_who_called_a_group_meeting_is_checked(cast: Cast, called_by: str, state: State) -> None:
    held(cast, GROUP, "group_meeting", MARCH, convened_as=called_by)
    assert states(cast, "R-LIFE-13", GROUP, side="group") == {"2026-03-12": state}


def test_the_yearly_lecture_is_the_secretary_s_own(cast: Cast) -> None:
    he = cast.person["高书记"]
    row = held(cast, "QL-C", "lecture", MARCH, data={"speaker": cast.person["孙干事"].pk})
    year = {"2026": State.DUE}
    assert states(cast, "R-LIFE-04", "QL-C") == year
    type(row).objects.filter(pk=row.pk).update(data={"speaker": he.pk})
    assert states(cast, "R-LIFE-04", "QL-C") == {"2026": State.OK}


def test_b7_takes_an_election_that_does_not_hold_and_no_meeting_that_b1_charges_already(cast: Cast) -> None:
    row = held(cast, "QL-B1", "assembly", MARCH, due=24, present=24)
    voted(row, "选举支委", due=20, voting=10, favour=10, kind="election")
    held(cast, GROUP, "group_meeting", MARCH)
    run(cast)
    assert {one.rule for one in Finding.objects.filter(cleared_on=None)} > {"R-LIFE-12", "R-LIFE-03", "R-LIFE-06"}
    rows = finding_rows(plant=cast.plant, book=regulations(cast.plant), on=ON)
    assert [(row["record"].split()[0], row["branch"]) for row in rows if row["open_days"] > 30] == [
        ("R-LIFE-12", cast.body["QL-B1"].pk)
    ]


def test_what_the_organisation_s_own_check_does_leaves_these_findings_alone(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MARCH)
    run(cast)
    findings.refresh_findings(plant=cast.plant, on=ON, at=AT)
    assert Finding.objects.filter(rule="R-LIFE-03", cleared_on=None).count() == 2
    run(cast)
    assert Finding.objects.filter(rule__startswith="R-ORG", cleared_on=None).exists()


def test_what_is_older_than_last_year_leaves_the_list(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", MARCH)
    run(cast)
    run(cast, dt.date(2027, 12, 31))
    assert Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04").cleared_on is None
    run(cast, dt.date(2028, 1, 1))
    assert Finding.objects.get(rule="R-LIFE-03", subject__endswith="2026-04").cleared_on == dt.date(2028, 1, 1)


def test_the_months_of_the_plant_s_statistics_do_not_move_a_rule_of_calendar_months(cast: Cast) -> None:
    held(cast, GROUP, "group_meeting", dt.date(2026, 3, 27))
    assert states(cast, "R-LIFE-03", GROUP)[str(Period.month(2026, 3))] == State.OK


def test_a_meeting_closed_by_its_verbs_is_held_and_called_by_its_leader(cast: Cast) -> None:
    row = gathered.held(cast)
    day = row.starts_at.date()
    assert states(cast, "R-LIFE-03", GROUP, on=day)[day.strftime("%Y-%m")] == State.OK
    assert states(cast, "R-LIFE-13", GROUP, on=day, side="group") == {str(day): State.OK}
