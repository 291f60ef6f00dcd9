"""What happens to a meeting between its call and its record: people move, it moves, rooms are taken, make-ups are put right."""

import datetime as dt

import pytest

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.store.models import AuditEntry, Booking, Gathering, GatheringPerson, Membership, Notice, Post
from ronglu.work import gatherings, gatherings_room, gatherings_votes, meetings_taken, venues
from ronglu.work.closings import Closed
from ronglu.work.venues import BadVenue
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.gathered import HOUR, arranged, by, came, close, held, members, opened
from tests.work.met import room

pytestmark = pytest.mark.django_db

LATER = AT + 2 * HOUR
DUE = dt.date(2026, 3, 31)


def marks(row: Gathering) -> dict[str, str]:
    return {one.person.name: one.mark for one in row.people.select_related("person")}


def mark(cast: Cast, row: Gathering, name: str) -> str:
    return marks(row)[name]


def test_who_moved_to_another_body_after_the_call_is_due_there_and_no_more_here(cast: Cast) -> None:
    row = gatherings.call(gathering=arranged(cast, starts_at=LATER), **by(cast))
    Membership.objects.filter(person=cast.person["李班长"]).update(until_on=AT.date())
    [new] = members(cast, 1, "QL-B1-甲")
    row = gatherings.open(gathering=row, **by(cast, at=LATER))
    assert set(marks(row)) == {"何组长", new.name} and row.due == 2


def test_a_guest_stays_a_guest_when_the_meeting_is_opened(cast: Cast) -> None:
    row = arranged(cast, starts_at=LATER)
    GatheringPerson.objects.create(gathering=row, person=cast.person["吴师傅"], due=False)
    row = gatherings.open(gathering=row, **by(cast, at=LATER))
    assert row.due == 2 and row.people.filter(due=False).count() == 1


def test_a_meeting_that_is_moved_and_moved_back_tells_everybody_each_time(cast: Cast) -> None:
    row = gatherings.call(gathering=arranged(cast, starts_at=LATER), **by(cast))
    for n, starts_at in enumerate((LATER + HOUR, LATER, LATER + HOUR, LATER), 1):
        at = AT + n * dt.timedelta(minutes=1)
        row = gatherings.change(gathering=row, starts_at=starts_at, ends_at=starts_at + HOUR, **by(cast, at=at))
    mine = Notice.objects.filter(person=cast.person["李班长"]).order_by("pk")
    told = [one.text.split("：")[0] for one in mine]
    assert told == [f"{LATER:%m-%d %H:%M} 党小组会", *(f"改到 {at:%m-%d %H:%M}" for at in (LATER + HOUR, LATER) * 2)]


def test_who_made_it_up_has_done_so_whatever_is_put_right_in_either_record(cast: Cast) -> None:
    first = held(cast, away=("李班长",))
    again = opened(cast, starts_at=LATER, makeup_of=first)
    again = close(cast, came(cast, again), at=LATER + HOUR)
    first = gatherings.reopen(gathering=first, reason="要点记错", **by(cast))
    first = close(cast, came(cast, first, away=("李班长",)))
    assert (mark(cast, first, "李班长"), first.present) == ("makeup", 1)
    again = gatherings.reopen(gathering=again, reason="李班长没有来", **by(cast))
    assert mark(cast, first, "李班长") == "away"
    came(cast, again)
    close(cast, again, at=LATER + HOUR)
    assert mark(cast, first, "李班长") == "makeup"


def test_a_make_up_that_was_written_down_before_its_meeting_counts_as_one(cast: Cast) -> None:
    first = opened(cast)
    again = arranged(cast, starts_at=LATER, makeup_of=first)
    GatheringPerson.objects.create(gathering=again, person=cast.person["李班长"])
    again = gatherings.open(gathering=again, **by(cast, at=LATER))
    close(cast, came(cast, again), at=LATER + HOUR)
    first = close(cast, came(cast, first, away=("李班长",)), at=LATER + HOUR)
    assert mark(cast, first, "李班长") == "makeup"


def test_a_make_up_is_not_moved_before_its_meeting(cast: Cast) -> None:
    first = arranged(cast, starts_at=LATER)
    again = arranged(cast, starts_at=LATER + 2 * HOUR, makeup_of=first)
    with pytest.raises(GatheringTrouble, match="补课不能早于正会"):
        gatherings.change(gathering=again, starts_at=AT + HOUR, ends_at=AT + 2 * HOUR, **by(cast))


def test_a_meeting_of_which_resolutions_became_cases_was_held(cast: Cast) -> None:
    row = came(cast, opened(cast))
    gatherings_room.resolve(gathering=row, text="装防护罩", owner=cast.person["李班长"], due_on=DUE, **by(cast))
    row = gatherings.reopen(gathering=close(cast, row), reason="人数记错", **by(cast))
    with pytest.raises(GatheringTrouble, match="这次会是开过的"):
        gatherings.cancel(gathering=row, reason="记错了", **by(cast))


def test_what_is_sent_twice_is_resolved_once(cast: Cast) -> None:
    row = opened(cast)
    said = {"gathering": row, "text": "装防护罩", "owner": cast.person["李班长"], "due_on": DUE}
    one, two = gatherings_room.resolve(**said, **by(cast)), gatherings_room.resolve(**said, **by(cast))
    assert one == two and row.resolutions.count() == 1
    gatherings_room.resolve(**said | {"due_on": DUE + dt.timedelta(days=1)}, **by(cast))
    assert row.resolutions.count() == 2


def test_a_resolution_that_another_hand_took_away_does_not_come_back(cast: Cast) -> None:
    row = opened(cast)
    one = gatherings_room.resolve(gathering=row, text="装防护罩", **by(cast))
    gatherings_room.withdraw(resolution=row.resolutions.get(), **by(cast))
    with pytest.raises(GatheringTrouble, match="刚刚被去掉"):
        gatherings_room.amend(resolution=one, text="装防护罩", owner=cast.person["李班长"], due_on=DUE, **by(cast))
    assert not row.resolutions.exists()


def test_a_line_to_which_something_was_said_meanwhile_is_not_dropped(cast: Cast) -> None:
    row = opened(cast)
    line = row.agenda.get(block="talk")
    gatherings_room.take_down(gathering=row, said={line.pk: "防护罩不能再拖"}, **by(cast))
    with pytest.raises(GatheringTrouble, match="已经有记录"):
        gatherings_room.drop_line(line=line, **by(cast))


def test_a_vote_falls_with_the_people_it_rested_on(cast: Cast) -> None:
    """Ten are due, six there and for it; corrected to four there was never a quorum."""
    people = members(cast, 9)
    row = opened(cast, "assembly", "QL-B1", name="王书记")
    there = [one.person for one in row.people.filter(due=True, voting=True).select_related("person")]
    assert len(there) > len(people)
    gatherings_room.attend(gathering=row, away={}, **by(cast, "王书记"))
    vote = gatherings_votes.vote(
        gathering=row, title="通过工作计划", favour=len(there), against=0, abstained=0, **by(cast, "王书记")
    )
    gatherings_room.attend(gathering=row, away={there[0].pk: "出差"}, **by(cast, "王书记"))
    with pytest.raises(GatheringTrouble, match=f"到会 {len(there)} 人记的，现在只登记到会 {len(there) - 1} 人"):
        close(cast, row, name="王书记")
    gatherings_votes.strike(vote=vote, **by(cast, "王书记"))
    close(cast, row, name="王书记")


def test_a_venue_named_as_the_place_is_booked_and_refused_where_it_is_taken(cast: Cast) -> None:
    hall = room(cast)
    row = arranged(cast, starts_at=LATER, place=" 活动室 ")
    booked = Booking.objects.get(gathering=row)
    assert row.venue == hall and (booked.starts_at, booked.ends_at, booked.title) == (LATER, LATER + HOUR, "党小组会")
    with pytest.raises(BadVenue, match="党小组会，已有预订"):
        arranged(cast, "committee", "QL-B1", name="王书记", starts_at=LATER, place="活动室")
    assert Gathering.objects.count() == 1
    with pytest.raises(BadVenue, match="已有预订"):
        venues.book(venue=hall, starts_at=LATER, ends_at=LATER + HOUR, title="培训", **by(cast, "孙干事"))


def test_a_meeting_moves_into_a_venue_and_from_one_to_another(cast: Cast) -> None:
    hall, other = room(cast), room(cast, "会议室")
    row = arranged(cast, starts_at=LATER, place="班组休息室")
    span = {"starts_at": LATER, "ends_at": LATER + HOUR}
    for place, venue in (("活动室", hall), ("会议室", other), ("炉台", None)):
        row = gatherings.change(gathering=row, place=place, **span, **by(cast))
        row.refresh_from_db()
        assert row.venue == venue
        assert [one.venue for one in Booking.objects.filter(state="booked")] == ([venue] if venue else [])
    venues.book(venue=hall, title="培训", **span, **by(cast, "孙干事"))
    with pytest.raises(BadVenue, match="培训，已有预订"):
        gatherings.change(gathering=row, place="活动室", **span, **by(cast))


def test_a_meeting_that_is_written_down_later_takes_no_room(cast: Cast) -> None:
    room(cast)
    row = arranged(cast, starts_at=AT - HOUR, place="活动室")
    assert row.venue is not None and not Booking.objects.exists()


def test_who_is_elsewhere_then_is_told_by_name_and_a_crowd_by_number(cast: Cast) -> None:
    members(cast, 7, "QL-B1-甲")
    row = arranged(cast, starts_at=LATER)
    arranged(cast, "assembly", "QL-B1", name="王书记", starts_at=LATER)
    [told] = meetings_taken.clashes(row)
    assert told == f"李班长、何组长、党员0、党员1、党员2等 9 人同时有“支部党员大会”（{LATER:%m-%d %H:%M}）"


def test_who_gave_up_his_office_since_convenes_as_one_who_is_charged_with_it(cast: Cast) -> None:
    row = arranged(cast, starts_at=LATER)
    assert row.convened_as == "leader"
    Post.objects.filter(person=cast.person["何组长"], role="leader").update(until_on=AT.date())
    row = gatherings.open(gathering=row, **by(cast, at=LATER))
    row.refresh_from_db()
    assert row.convened_as == "delegated"


def test_a_meeting_that_is_not_held_takes_its_make_ups_with_it(cast: Cast) -> None:
    """Whoever was called to the make-up is told, its room is free again, and the reason says where it comes from."""
    room(cast)
    first = arranged(cast, starts_at=LATER)
    called, planned = (
        arranged(cast, starts_at=LATER + n * HOUR, makeup_of=first, place="活动室" if n == 2 else "") for n in (2, 4)
    )
    GatheringPerson.objects.create(gathering=called, person=cast.person["李班长"])
    Gathering.objects.filter(pk=called.pk).update(state="called")
    gatherings.cancel(gathering=first, reason="炉子检修", **by(cast))
    rows = list(Gathering.objects.order_by("starts_at").values_list("state", "reason", "closed_by", "closed_at"))
    mine = cast.account["何组长"].pk
    again = ("cancelled", "正会没有召开：炉子检修", mine, AT)
    assert rows == [("cancelled", "炉子检修", mine, AT), again, again]
    assert list(Booking.objects.values_list("state", flat=True)) == ["given_up"]
    at = called.starts_at
    told = Notice.objects.values_list("person", "text")
    assert list(told) == [(cast.person["李班长"].pk, f"不开了：{at:%m-%d %H:%M} 党小组会（正会没有召开：炉子检修）")]
    noted = AuditEntry.objects.filter(verb="gatherings.cancel").order_by("pk")
    assert [one.detail["reason"] for one in noted] == ["炉子检修", again[1], again[1]]
    with pytest.raises(GatheringTrouble, match="不能再办这一步"):
        gatherings.open(gathering=planned, **by(cast, at=planned.starts_at))


def test_a_make_up_that_was_held_already_stays_and_one_that_is_cancelled_leaves_its_meeting(cast: Cast) -> None:
    first = held(cast, away=("李班长",))
    done = close(cast, came(cast, opened(cast, starts_at=LATER, makeup_of=first)), at=LATER + HOUR)
    ahead = arranged(cast, starts_at=LATER + 2 * HOUR, makeup_of=first)
    first = gatherings.reopen(gathering=first, reason="没有开成，记错了", **by(cast))
    gatherings.cancel(gathering=ahead, reason="排重了", **by(cast))
    first.refresh_from_db()
    assert first.state == "open"
    gatherings.cancel(gathering=first, reason="没有开", **by(cast))
    done.refresh_from_db()
    ahead.refresh_from_db()
    assert (done.state, ahead.reason) == ("closed", "排重了")


def test_a_meeting_whose_make_up_lies_in_a_closed_month_is_not_cancelled_by_halves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = arranged(cast, starts_at=LATER)
    arranged(cast, starts_at=LATER + dt.timedelta(days=30), makeup_of=first)
    monkeypatch.setattr("ronglu.work.closings.is_closed", lambda *, plant, month: str(month) == "2026-04")
    with pytest.raises(Closed, match="2026-04 已关账"):
        gatherings.cancel(gathering=first, reason="炉子检修", **by(cast))
    assert set(Gathering.objects.values_list("state", flat=True)) == {"planned"}


def test_nothing_is_made_up_of_a_meeting_that_was_not_held(cast: Cast) -> None:
    first = arranged(cast)
    gatherings.cancel(gathering=Gathering.objects.get(pk=first.pk), reason="炉子检修", **by(cast))
    with pytest.raises(GatheringTrouble, match="正会没有召开"):
        arranged(cast, starts_at=LATER, makeup_of=first)
