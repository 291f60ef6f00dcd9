"""不在岗: written by whom it may be, seen by the planner of meetings, gone a month later; and what it does to a plan of meetings."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from ronglu.store.models import (
    AuditEntry,
    Away,
    Gathering,
    GatheringPerson,
    MeetingProposal,
    Membership,
    Person,
    Substitution,
    Team,
    TeamMember,
)
from ronglu.tasks import tend
from ronglu.work import aways, gatherings, meeting_plans, meetings_taken
from ronglu.work.aways import BadAway
from ronglu.work.meeting_plans import BadPlan
from ronglu.work.meetings_who import Rota
from ronglu.work.queries import aways as queries
from ronglu.work.queries.meeting_plans import of_person, still_owed
from ronglu.work.rosters import stand_in
from tests.cast import AT, SINCE, Cast, cast
from tests.work.gathered import tackling
from tests.work.met import APRIL, TERMS, asked, causes, mains, on_shift, room

__all__ = ["cast"]
ON = AT.date()
ONE = dt.timedelta(days=1)


@pytest.fixture
def house(cast: Cast) -> Cast:
    return on_shift(cast)


def gone(house: Cast, name: str, first: dt.date, last: dt.date, *, by: str = "", at: dt.datetime = AT) -> Away:
    by = by or name
    return aways.enter(
        person=house.person[name], first_on=first, last_on=last, scope=house.scope(by, on=at.date()),
        by=house.account[by], at=at,
    )  # fmt: skip


@pytest.mark.parametrize("by", ["何组长", "李班长"])
def test_he_himself_and_the_head_of_his_crew_write_days_and_the_trail_names_neither(house: Cast, by: str) -> None:
    he = house.person["何组长"]
    row = gone(house, he.name, ON, ON + 3 * ONE, by=by)
    assert (row.person, row.from_on, row.last_on) == (he, ON, ON + 3 * ONE)
    entry = AuditEntry.objects.get(verb="aways.enter")
    kept = f"{entry.subject} {entry.detail}"
    assert he.name not in kept and he.staff_no not in kept and str(ON) not in kept
    assert {f.name for f in Away._meta.get_fields()} == {"id", "from_on", "until_on", "person", "by", "at"}, (
        "no kind, no note"
    )


def test_leader_and_secretary_write_for_their_members_and_nobody_beyond_his_own(house: Cast) -> None:
    gone(house, "李班长", ON, ON, by="何组长")
    gone(house, "何组长", ON, ON, by="王书记")
    for by in ("吴师傅", "赵安全员", "邻厂书记", "孙干事"):
        with pytest.raises(BadAway, match="不在您的范围内"):
            gone(house, "何组长", ON, ON, by=by)
    assert Away.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(ON + ONE, ON, "早于首日"), (ON - 5 * ONE, ON - ONE, "已经过去"), (ON, ON + 366 * ONE, "超过一年")],
)
def test_days_without_sense_are_refused(house: Cast, first: dt.date, last: dt.date, words: str) -> None:
    with pytest.raises(BadAway, match=words):
        gone(house, "吴师傅", first, last)


def test_days_that_touch_are_one_row_and_a_withdrawal_leaves_nothing(house: Cast) -> None:
    gone(house, "吴师傅", ON, ON + 2 * ONE)
    row = gone(house, "吴师傅", ON + 3 * ONE, ON + 5 * ONE)
    assert (row.from_on, row.last_on) == (ON, ON + 5 * ONE) and Away.objects.count() == 1
    with pytest.raises(BadAway):
        aways.withdraw(away=row, scope=house.scope("郑师傅", on=ON), by=house.account["郑师傅"], at=AT)
    aways.withdraw(away=row, scope=house.scope("吴师傅", on=ON), by=house.account["吴师傅"], at=AT)
    assert not Away.objects.exists()


def test_only_who_plans_his_meetings_sees_the_days(house: Cast) -> None:
    row = gone(house, "李班长", ON, ON + ONE)
    assert (
        queries.planned_for(house.body["QL-B1-甲"], ON, ON) == [row] == queries.planned_for(house.body["QL-B1"], ON, ON)
    )
    assert queries.planned_for(house.body["QL-B2"], ON, ON) == []
    assert queries.own(house.scope("外人", on=ON), row.pk) is None
    assert queries.own(house.scope("孙干事", on=ON), row.pk) is None, "the party office plans, it does not write"
    assert queries.of_person(house.person["李班长"], ON) == [row]


def test_the_nightly_pass_deletes_a_month_after_the_end_and_clears_old_proposals(house: Cast) -> None:
    room(house)
    gone(house, "李班长", dt.date(2026, 3, 20), dt.date(2026, 3, 24))
    asked(house, "QL-B1-甲", by="何组长")
    last = dt.date(2026, 3, 24)
    assert aways.clear(plant=house.plant, on=last + 31 * ONE) == 0 and Away.objects.count() == 1
    late = dt.datetime(2026, 6, 10, 3)
    tend.once(at=late, now=lambda: late)
    assert not Away.objects.exists()
    assert MeetingProposal.objects.exclude(starts_at=None).exists()
    assert set(map(tuple, MeetingProposal.objects.exclude(starts_at=None).values_list("people", flat=True))) == {()}


@pytest.mark.covers("S1-04")
def test_a_committee_half_of_which_is_away_all_month_says_so(house: Cast) -> None:
    room(house)
    for name in ("乙班党员0", "丙班党员0", "丁班党员0"):
        gone(house, name, APRIL.first, APRIL.last, by="王书记")
    found = causes(asked(house, "QL-B1"))
    assert found[house.body["QL-B1"], "committee"] == "到会预计 1/4，够不上半数：3 人不在岗"


@pytest.mark.covers("S1-04")
def test_who_is_away_is_not_counted_on_gets_a_make_up_when_he_is_back_and_no_name_is_told(house: Cast) -> None:
    room(house)
    gone(house, "李班长", APRIL.first, dt.date(2026, 4, 18))
    meeting_plans.set_habit(
        body=house.body["QL-B1"], kind="theme_day", terms=TERMS, fixed_day=8, by=house.account["王书记"], at=AT
    )
    row = asked(house, "QL-B1")
    main = next(one for one in mains(row) if one.kind == "theme_day")
    him = house.person["李班长"].pk
    assert main.starts_at.day < 19 and him not in main.people and main.due == 13
    again = [one for one in main.makeups.all() if him in one.people]
    assert len(again) == 1 and again[0].starts_at.date() > dt.date(2026, 4, 18)
    assert sum(one["people"] for one in main.parts["off"]) == 1
    assert "李" not in str(list(row.proposals.values_list("parts", flat=True)))
    made = meeting_plans.accept(schedule=row, picks=[main.pk], by=house.account["王书记"], at=AT)
    back = next(one for one in made if him in one.people.values_list("person_id", flat=True) and one.makeup_of_id)
    assert [one.pk for one in of_person(him, AT)] == [back.pk]


def test_back_after_the_month_holds_nobody_up(house: Cast) -> None:
    room(house)
    gone(house, "李班长", APRIL.first, dt.date(2026, 5, 30))
    main = next(one for one in mains(asked(house, "QL-B1")) if one.kind == "theme_day")
    met = {person for one in (main, *main.makeups.all()) for person in one.people}
    assert len(met) == 12 and house.person["李班长"].pk not in met
    assert [one["people"] for one in main.parts["off"]] == [1]


def test_days_written_after_the_plan_stand_in_the_way_of_taking_it(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1-甲", by="何组长")
    [one] = mains(row)
    gone(house, "李班长", one.starts_at.date(), one.starts_at.date())
    with pytest.raises(BadPlan, match="又有 1 人登记不在岗，请再排一次"):
        meeting_plans.accept(schedule=row, picks=[one.pk], by=house.account["何组长"], at=AT)


def test_a_meeting_that_stands_tells_how_many_will_be_there(house: Cast) -> None:
    at = dt.datetime(2026, 4, 2, 16, 15)
    said = {"starts_at": at, "ends_at": at + dt.timedelta(hours=1), "by": house.account["王书记"], "at": AT}
    row = gatherings.arrange(body=house.body["QL-B1"], kind="committee", **said)
    assert queries.expected([row], TERMS) == {}
    gone(house, "乙班党员0", at.date(), at.date(), by="王书记")
    seen = queries.expected([row], TERMS)[row.pk]
    assert (seen.due, seen.there, seen.away, seen.short) == (4, 3, 1, False)
    for name in ("丙班党员0", "丁班党员0"):
        gone(house, name, at.date(), at.date(), by="王书记")
    assert queries.expected([row], TERMS)[row.pk].short


def test_who_stands_in_is_on_shift_then_and_who_is_stood_for_is_at_rest(house: Cast) -> None:
    """甲 stands 白 on 2 April; 乙班党员0 stands it for 李班长."""
    rota = Rota(house.plant, APRIL.first, APRIL.last)
    line, day = house.unit["QL-R1"], dt.date(2026, 4, 2)
    absent, standin = house.person["李班长"], house.person["丙班党员1"]
    before = {part.code: part for part in rota.parts([absent.pk, standin.pk])}
    assert not any(part.alone for part in before.values())
    Substitution.objects.create(unit=line, day=day, shift_no=1, absent=absent, standin=standin)
    parts = {part.code: part for part in Rota(house.plant, APRIL.first, APRIL.last).parts([absent.pk, standin.pk])}
    shift = (dt.datetime(2026, 4, 2, 8), dt.datetime(2026, 4, 2, 16))
    stood = {key: [(s.starts_at, s.ends_at) for s in part.spells] for key, part in parts.items()}
    assert shift not in stood[f"one-{absent.pk}"] and shift in stood[f"one-{standin.pk}"]
    assert all(part.alone and not part.away for part in parts.values())


def test_a_day_worker_who_stands_a_shift_is_not_in_the_office_beside_it(house: Cast) -> None:
    absent, standin = house.person["李班长"], house.person["王书记"]
    stand_in(
        unit=house.unit["QL-R1"], day=dt.date(2026, 4, 2), shift_no=1, absent=absent, standin=standin,
        by=house.account["马主任"], at=AT,
    )  # fmt: skip
    [part] = Rota(house.plant, APRIL.first, APRIL.last).parts([standin.pk])
    days = {one.starts_at.date() for one in part.spells}
    assert part.by_day and dt.date(2026, 4, 2) not in days and dt.date(2026, 4, 7) in days


@pytest.mark.covers("S4-08")
def test_a_tackling_team_is_owed_every_week_that_has_no_meeting_and_taken_as_the_teams(house: Cast) -> None:
    """April 2026 has five weeks by their Thursday."""
    team = tackling(house)
    room(house)

    def weeks() -> list[Any]:
        return [one for one in still_owed(house.body["QL-B1"], APRIL, ON) if one.team == team.pk]

    assert len(weeks()) == 5 and {one.name for one in weeks()} == {"渣含铜攻关队"}
    row = asked(house, "QL-B1")
    mine = [one for one in mains(row) if one.team_id == team.pk]
    assert len({one.starts_at.isocalendar().week for one in mine}) == 5
    [made] = meeting_plans.accept(schedule=row, picks=[mine[0].pk], by=house.account["王书记"], at=AT)
    assert (made.team, made.kind, made.state) == (team, "tackle_meeting", "called") and len(weeks()) == 4
    assert set(made.people.values_list("person__name", flat=True)) == {"陈技术员", "吴师傅"}


def test_a_rescue_team_owes_no_weekly_meeting_until_it_begins_one(house: Cast) -> None:
    team = tackling(house)
    Team.objects.filter(pk=team.pk).update(kind="shock_rescue")
    assert not [one for one in still_owed(house.body["QL-B1"], APRIL, ON) if one.team]
    at = dt.datetime(2026, 4, 3, 10)
    gatherings.arrange(
        body=team.body, team=team, kind="tackle_meeting", starts_at=at, ends_at=at + dt.timedelta(minutes=30),
        by=house.account["王书记"], at=AT,
    )  # fmt: skip
    assert len([one for one in still_owed(house.body["QL-B1"], APRIL, ON) if one.team]) == 4


@pytest.mark.covers("S1-04")
def test_everything_proposed_to_several_bodies_with_shared_people_is_taken_and_nobody_is_twice_at_once(
    house: Cast,
) -> None:
    """Branch, its groups, its committee and a team across crews; a meeting by hand in a room that nobody booked; two askings."""
    hall = room(house)
    team = tackling(house)
    for name in ("李班长", "乙班党员1", "丙班党员1", "王书记"):
        TeamMember.objects.create(team=team, person=house.person[name], role="member", from_on=SINCE)
    gone(house, "丙班党员2", dt.date(2026, 4, 6), dt.date(2026, 4, 12), by="王书记")
    Substitution.objects.create(
        unit=house.unit["QL-R1"], day=dt.date(2026, 4, 3), shift_no=1, absent=house.person["李班长"],
        standin=house.person["丁班党员1"],
    )  # fmt: skip
    at = dt.datetime(2026, 4, 2, 16, 15)
    gatherings.arrange(
        body=team.body, team=team, kind="tackle_meeting", starts_at=at, ends_at=at + dt.timedelta(minutes=30),
        place=hall.name, by=house.account["王书记"], at=AT,
    )  # fmt: skip
    first = asked(house, "QL-B1-甲", by="何组长")
    meeting_plans.accept(schedule=first, picks=[one.pk for one in mains(first)], by=house.account["何组长"], at=AT)
    second = asked(house, "QL-B1")
    picks = [one.pk for one in mains(second)]
    assert len(picks) >= 8
    meeting_plans.accept(schedule=second, picks=picks, by=house.account["王书记"], at=AT)
    spans: dict[int, list[Gathering]] = {}
    for row, there in meetings_taken.people(house.plant, (at - 5 * ONE, at + 60 * ONE)):
        for person in there:
            spans.setdefault(person, []).append(row)
    assert len(spans) >= 13
    for person, his in spans.items():
        for a, b in pairwise(his):
            assert b.starts_at >= a.ends_at, f"{person}: {a.title} and {b.title}"
    held = sorted(Gathering.objects.exclude(state="cancelled"), key=lambda one: one.starts_at)
    for a, b in pairwise(held):
        assert b.starts_at >= a.ends_at, "one room"


def test_a_meeting_by_hand_in_the_same_room_stands_in_the_way(house: Cast) -> None:
    hall = room(house)
    row = asked(house, "QL-B1-甲", by="何组长")
    [one] = mains(row)
    gatherings.arrange(
        body=house.body["QL-B2"], kind="committee", starts_at=one.starts_at, ends_at=one.ends_at, place=hall.name,
        by=house.account["孙干事"], at=AT,
    )  # fmt: skip
    with pytest.raises(BadPlan, match="活动室同时有别的会"):
        meeting_plans.accept(schedule=row, picks=[one.pk], by=house.account["何组长"], at=AT)


def test_a_meeting_by_hand_tells_who_is_elsewhere_then(house: Cast) -> None:
    at = dt.datetime(2026, 4, 2, 16, 15)
    said = {"starts_at": at, "ends_at": at + dt.timedelta(hours=1), "by": house.account["王书记"], "at": AT}
    group = gatherings.arrange(body=house.body["QL-B1-甲"], kind="group_meeting", **said)
    assert meetings_taken.clashes(group) == []
    gatherings.arrange(body=house.body["QL-B1"], kind="theme_day", **said)
    assert meetings_taken.clashes(group) == ["李班长、何组长等 2 人同时有“主题党日”（04-02 16:15）"]


def test_a_make_up_takes_those_who_are_planned_for_it_and_leaves_the_others_to_theirs(house: Cast) -> None:
    """Two make-ups stand; who is planned for the second is not due at the first, although both missed the meeting."""
    at = dt.datetime(2026, 3, 10, 16, 15)
    hour = dt.timedelta(hours=1)
    said = {"by": house.account["何组长"], "at": AT}
    body = house.body["QL-B1-甲"]
    first = gatherings.arrange(body=body, kind="group_meeting", starts_at=at, ends_at=at + hour, **said)
    one, two = house.person["李班长"], house.person["何组长"]
    again = []
    for n, person in enumerate((one, two), 1):
        row = gatherings.arrange(
            body=body,
            kind="group_meeting",
            starts_at=at + n * ONE,
            ends_at=at + n * ONE + hour,
            makeup_of=first,
            **said,
        )
        GatheringPerson.objects.create(gathering=row, person=person)
        again.append(row)
    first.people.update(mark="away")
    opened = gatherings.open(gathering=again[0], by=house.account["何组长"], at=at + ONE)
    assert list(opened.people.values_list("person", flat=True)) == [one.pk]
    assert Membership.objects.filter(body=body).count() == 2 and Person.objects.filter(pk=two.pk).exists()
