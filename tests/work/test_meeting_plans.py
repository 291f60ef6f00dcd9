"""排下月的会: what is owed, beside which shift it is held, who is called in, what cannot be, and what taking a plan does."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    AuditEntry,
    Booking,
    Gathering,
    Holiday,
    Job,
    MeetingHabit,
    MeetingProposal,
    Notice,
    ShiftRow,
    Venue,
)
from ronglu.work import gatherings, meeting_plans, rule_edits, venues
from ronglu.work.meeting_plans import BadPlan
from ronglu.work.meetings_needs import BY_HAND, NOBODY, NOWHERE
from ronglu.work.queries.meeting_plans import of_person, still_owed
from tests.cast import AT, Cast, cast
from tests.work.met import APRIL, TERMS, asked, causes, mains, on_shift, room

__all__ = ["cast"]
ONE = dt.timedelta(days=1)
BESIDE_A = {(2, 16), (3, 16), (4, 15), (5, 15), (7, 8), (8, 8), (10, 16), (11, 16)}
"""After 白 16:15, before 中 (the meeting of three quarters of an hour begins at 15:00), after 夜 08:15; by hand from the cycle."""


@pytest.fixture
def house(cast: Cast) -> Cast:
    return on_shift(cast)


def kinds(house: Cast, body: str, month: Period = APRIL) -> list[tuple[str, str]]:
    return [(one.name, one.kind) for one in still_owed(house.body[body], month, AT.date())]


def said(house: Cast, name: str = "王书记") -> dict[str, Any]:
    return {"by": house.account[name], "at": AT}


@pytest.mark.covers("S1-04")
def test_a_group_meets_beside_its_shift_with_a_room_a_word_to_everybody_and_nothing_left_to_do(house: Cast) -> None:
    hall = room(house)
    row = asked(house, "QL-B1-甲", by="何组长")
    [one] = mains(row)
    assert (one.starts_at.day % 8, one.starts_at.hour) in {(day % 8, hour) for day, hour in BESIDE_A}
    assert one.parts["here"][0]["label"] == "转炉甲班" and one.called_in == ""
    assert (len(one.people), one.due, one.least) == (2, 2, 1)
    [made] = meeting_plans.accept(schedule=row, picks=[one.pk], **said(house, "何组长"))
    assert (made.kind, made.state, made.venue, made.convener) == (
        "group_meeting",
        "called",
        hall,
        house.person["何组长"],
    )
    booked = Booking.objects.get(gathering=made)
    assert (booked.venue, booked.starts_at, booked.ends_at) == (hall, made.starts_at, made.ends_at)
    told = set(Notice.objects.filter(kind="gathering").values_list("person__name", flat=True))
    assert told == {"李班长", "何组长"}
    assert [g.pk for g in of_person(house.person["李班长"].pk, AT)] == [made.pk]
    assert kinds(house, "QL-B1-甲") == []
    assert AuditEntry.objects.filter(verb="meetings.accept", account=house.account["何组长"]).exists()


def test_what_a_branch_owes_comes_from_the_rules_that_judge_it(house: Cast) -> None:
    """April: committee, theme day, the assembly of the quarter, and a meeting of each of its groups; nothing of the year yet."""
    assert kinds(house, "QL-B1") == [
        ("转炉党支部", "committee"), ("转炉党支部", "theme_day"), ("转炉党支部", "assembly"),
        ("转炉甲班党小组", "group_meeting"), ("转炉乙班党小组", "group_meeting"),
    ]  # fmt: skip
    october = Period.month(2026, 10)
    late = {kind for _, kind in kinds(house, "QL-B1", october)}
    assert {"life_meeting", "appraisal"} <= late and "life_meeting" not in {kind for _, kind in kinds(house, "QL-B1")}


def test_a_number_that_the_plant_sets_and_a_meeting_that_stands_change_what_is_owed(house: Cast) -> None:
    rule_edits.set_threshold(
        plant=house.plant,
        rule="R-LIFE-03",
        values={"times": Decimal(2)},
        from_on=dt.date(2026, 1, 1),
        **said(house, "孙干事"),
    )
    assert kinds(house, "QL-B1-甲") == [("转炉甲班党小组", "group_meeting")] * 2
    at = dt.datetime(2026, 4, 2, 16, 15)
    gatherings.arrange(
        body=house.body["QL-B1-甲"],
        kind="group_meeting",
        starts_at=at,
        ends_at=at + dt.timedelta(hours=1),
        **said(house),
    )
    assert kinds(house, "QL-B1-甲") == [("转炉甲班党小组", "group_meeting")]


def test_one_meeting_keeps_two_rules_and_a_habit_that_ask_for_it(house: Cast) -> None:
    """中心组学习: every quarter, every month where the plant switched that on, and every month by its own habit: one meeting."""
    since = dt.date(2026, 1, 1)
    rule_edits.switch(
        plant=house.plant, rule="R-EDU-06", side="month", enabled=True, from_on=since, **said(house, "孙干事")
    )
    set_habit(house, "QL-C", "central_study", every="month")
    assert [kind for _, kind in kinds(house, "QL-C")].count("central_study") == 1


@pytest.mark.covers("S1-04")
def test_nobody_is_called_from_rest_without_a_reason_and_crews_on_shift_get_a_make_up(house: Cast) -> None:
    room(house)
    found = {one.kind: one for one in mains(asked(house, "QL-B1"))}
    assert {kind for kind, one in found.items() if one.called_in} <= {"assembly", "committee"}
    for kind, one in found.items():
        assert bool(one.parts["called"]) == bool(one.called_in), kind
        assert len(one.people) >= one.least, kind
    for kind in ("assembly", "theme_day"):
        main = found[kind]
        again = list(main.makeups.all())
        met = set(main.people).union(*(one.people for one in again))
        assert len(met) == main.due == 13, "thirteen members: two of 甲, nine of the others, 书记 and 主任 by day"
        assert all(one.starts_at >= main.ends_at and one.called_in == "" for one in again)
    assert found["committee"].least == 2, "two of four"


def test_a_make_up_is_taken_with_its_meeting_and_is_for_those_who_were_on_shift(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1")
    main = next(one for one in mains(row) if one.kind == "theme_day")
    first, *again = meeting_plans.accept(schedule=row, picks=[main.pk], **said(house))
    assert again and all(one.makeup_of == first for one in again)
    away = {p for one in again for p in one.people.values_list("person_id", flat=True)}
    assert away == set(house_members(house)) - set(main.people)
    shown = {one.pk for one in of_person(next(iter(away)), AT)}
    assert first.pk not in shown and shown <= {one.pk for one in again}, "his calendar has the session he comes to"
    moved = again[0].starts_at + dt.timedelta(minutes=15)
    gatherings.change(
        gathering=again[0], starts_at=moved, ends_at=again[0].ends_at, place=again[0].place, **said(house)
    )
    assert "补课：转炉" in again[0].title and again[0].due == again[0].people.count()


def house_members(house: Cast) -> list[int]:
    return [
        house.person[name].pk
        for name in house.person
        if name in ("李班长", "何组长", "王书记", "马主任") or "班党员" in name
    ]


def test_nobody_meets_on_a_public_holiday_and_a_fixed_day_draws_the_theme_day(house: Cast) -> None:
    room(house)
    Holiday.objects.create(plant=house.plant, day=dt.date(2026, 4, 21), working=False, name="厂庆")
    set_habit(house, "QL-B1", "theme_day", fixed_day=20)
    found = mains(asked(house, "QL-B1"))
    theme = next(one for one in found if one.kind == "theme_day")
    assert abs((theme.starts_at.date() - dt.date(2026, 4, 20)).days) <= 1
    assert dt.date(2026, 4, 21) not in {one.starts_at.date() for one in MeetingProposal.objects.exclude(starts_at=None)}


def set_habit(house: Cast, body: str, kind: str, **more: Any) -> MeetingHabit | None:
    return meeting_plans.set_habit(body=house.body[body], kind=kind, terms=TERMS, **said(house), **more)


def test_a_weekly_habit_is_owed_week_by_week_and_taking_it_back_ends_it(house: Cast) -> None:
    """April 2026 has five Thursdays."""
    set_habit(house, "QL-B1", "monthly_life", every="week", minutes=30)
    owed = [one for one in still_owed(house.body["QL-B1"], APRIL, AT.date()) if one.kind == "monthly_life"]
    assert [one.first.isoformat() for one in owed] == [
        "2026-04-01",
        "2026-04-06",
        "2026-04-13",
        "2026-04-20",
        "2026-04-27",
    ]
    assert owed[0].basis == "本组织的惯例：每周一次" and not owed[0].must
    room(house)
    weekly = [one for one in mains(asked(house, "QL-B1")) if one.kind == "monthly_life"]
    assert {(one.ends_at - one.starts_at) for one in weekly} == {dt.timedelta(minutes=30)}
    assert len({one.starts_at.isocalendar().week for one in weekly}) == 5
    assert set_habit(house, "QL-B1", "monthly_life") is None and not MeetingHabit.objects.exists()


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("group_meeting", {}, "这一级党组织不开这种会"),
        ("theme_day", {"minutes": 5}, "现为 5"),
        ("theme_day", {"fixed_day": 32}, "现为 32"),
    ],
)
def test_a_habit_without_sense_is_refused(house: Cast, kind: str, more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadPlan, match=words):
        set_habit(house, "QL-B1", kind, **more)


def test_what_cannot_be_held_says_why(house: Cast) -> None:
    alone = house.body["QL-B2-甲"]
    assert causes(asked(house, "QL-B2-甲"))[alone, "group_meeting"] == NOWHERE
    room(house, seats=1)
    found = causes(asked(house, "QL-B1-甲"))
    assert found == {(house.body["QL-B1-甲"], "group_meeting"): "最少也要坐 2 人，可用的场地最多 1 座"}
    nobody = asked(house, "QL-B3")
    assert causes(nobody) == {} or set(causes(nobody).values()) <= {NOBODY, BY_HAND} | set(causes(nobody).values())


def test_rooms_and_people_that_are_taken_are_kept_off(house: Cast) -> None:
    """The one room is free on 3 April alone, and only after 白."""
    hall = room(house, opens_at=dt.time(8), shuts_at=dt.time(20))
    month = [APRIL.first + n * ONE for n in range(30)]
    for day in month:
        if day != dt.date(2026, 4, 3):
            at = dt.datetime.combine(day, dt.time(8))
            venues.book(venue=hall, starts_at=at, ends_at=at.replace(hour=20), title="装修", **said(house))
    [one] = mains(asked(house, "QL-B1-甲", by="何组长"))
    assert one.starts_at == dt.datetime(2026, 4, 3, 16, 15)
    gatherings.arrange(
        body=house.body["QL-B1"], kind="theme_day", starts_at=dt.datetime(2026, 4, 3, 16),
        ends_at=dt.datetime(2026, 4, 3, 18), **said(house),
    )  # fmt: skip
    assert mains(asked(house, "QL-B1-甲", by="何组长")) == [], "its people are at the theme day then"


def test_a_plan_that_the_day_has_overtaken_is_refused_whole(house: Cast) -> None:
    hall = room(house)
    row = asked(house, "QL-B1")
    picks = mains(row)
    last = picks[-1]
    venues.book(venue=hall, starts_at=last.starts_at, ends_at=last.ends_at, title="培训", **said(house, "孙干事"))
    with pytest.raises(BadPlan, match="培训，已有预订"):
        meeting_plans.accept(schedule=row, picks=[one.pk for one in picks], **said(house))
    assert not Gathering.objects.exists() and Booking.objects.count() == 1 and not Notice.objects.exists()
    meeting_plans.accept(schedule=row, picks=[one.pk for one in picks[:1]], **said(house))
    assert Gathering.objects.filter(makeup_of=None).count() == 1


def test_another_meeting_of_the_same_people_arranged_meanwhile_stands_in_the_way(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1-甲", by="何组长")
    [one] = mains(row)
    gatherings.arrange(
        body=house.body["QL-B1"], kind="assembly", starts_at=one.starts_at, ends_at=one.ends_at, **said(house)
    )
    with pytest.raises(BadPlan, match="2 人同时有“支部党员大会”"):
        meeting_plans.accept(schedule=row, picks=[one.pk], **said(house, "何组长"))


def test_a_new_asking_replaces_what_was_not_taken_and_leaves_what_was(house: Cast) -> None:
    room(house)
    old = asked(house, "QL-B1")
    first, second = mains(old)[:2]
    meeting_plans.accept(schedule=old, picks=[first.pk], **said(house))
    new = asked(house, "QL-B1")
    old.refresh_from_db()
    assert old.state == "replaced"
    assert (first.body_id, first.kind) not in {(one.body_id, one.kind) for one in mains(new)}
    with pytest.raises(BadPlan, match="已经重排"):
        meeting_plans.accept(schedule=old, picks=[second.pk], **said(house))


def test_a_proposal_is_left_with_its_make_ups_and_the_duty_stays(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1")
    main = next(one for one in mains(row) if one.makeups.exists())
    meeting_plans.drop(proposal=main, **said(house))
    assert set(main.makeups.values_list("state", flat=True)) == {"dropped"}
    assert ("转炉党支部", main.kind) in kinds(house, "QL-B1")
    with pytest.raises(BadPlan, match="已经办过"):
        meeting_plans.drop(proposal=main, **said(house))
    with pytest.raises(BadPlan, match="请选还没有采纳"):
        meeting_plans.accept(schedule=row, picks=[main.pk], **said(house))


def test_only_this_month_and_the_next_three_are_planned_and_one_at_a_time(house: Cast) -> None:
    for month in (Period.month(2026, 2), Period.month(2026, 7)):
        with pytest.raises(BadPlan, match="2026-03 到 2026-06"):
            meeting_plans.ask(body=house.body["QL-B1"], month=month, **said(house))
    meeting_plans.ask(body=house.body["QL-B1"], month=APRIL, **said(house))
    with pytest.raises(BadPlan, match="正在排"):
        meeting_plans.ask(body=house.body["QL-B1"], month=APRIL, **said(house))
    Job.objects.update(state="failed")
    assert meeting_plans.ask(body=house.body["QL-B1"], month=APRIL, **said(house)).state == "asked"


def test_the_rest_of_this_month_is_planned_from_tomorrow_on(house: Cast) -> None:
    room(house)
    [one] = mains(asked(house, "QL-B1-甲", by="何组长", month=Period.month(2026, 3)))
    assert one.starts_at.date() > AT.date() and one.first_on == AT.date() + ONE


def test_the_shifts_of_the_month_are_written_where_nobody_did(house: Cast) -> None:
    assert not ShiftRow.objects.exists()
    room(house)
    asked(house, "QL-B1-甲", by="何组长")
    assert ShiftRow.objects.filter(crew=house.unit["QL-R1-甲"], day=dt.date(2026, 4, 2), shift_no=1).exists()
    assert Venue.objects.count() == 1


def test_a_weekly_habit_keeps_the_monthly_rule_too(house: Cast) -> None:
    """Five weeks, five meetings: one of them is the one that must be held, and none comes on top of it."""
    set_habit(house, "QL-B1", "theme_day", every="week")
    owed = [one for one in still_owed(house.body["QL-B1"], APRIL, AT.date()) if one.kind == "theme_day"]
    assert len(owed) == 5
    [must] = [one for one in owed if one.must]
    assert must.basis.startswith("主题党日") and must.until.isoformat() == "2026-04-05"
