"""A plan that the days have overtaken: the meeting was arranged otherwise meanwhile, or people left the body."""

import datetime as dt
from typing import Any

import pytest

from ronglu.store.models import Gathering, Membership
from ronglu.work import gatherings, meeting_plans
from ronglu.work.meeting_plans import BadPlan
from tests.cast import AT, Cast, cast
from tests.work.met import asked, mains, on_shift, room

__all__ = ["cast"]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def house(cast: Cast) -> Cast:
    return on_shift(cast)


def said(house: Cast, name: str, at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": house.account[name], "at": at}


def test_a_meeting_that_was_arranged_by_hand_since_is_not_held_twice(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1-甲", by="何组长")
    [one] = mains(row)
    other = one.starts_at + dt.timedelta(days=3)
    made = gatherings.arrange(
        body=house.body["QL-B1-甲"], kind="group_meeting", starts_at=other, ends_at=other + dt.timedelta(hours=1),
        **said(house, "何组长", AT + MINUTE),
    )  # fmt: skip
    with pytest.raises(BadPlan, match=f"已另外排定“党小组会”（{other:%m-%d %H:%M}）"):
        meeting_plans.accept(schedule=row, picks=[one.pk], **said(house, "何组长"))
    gatherings.cancel(gathering=made, reason="撞了培训", **said(house, "何组长"))
    meeting_plans.accept(schedule=row, picks=[one.pk], **said(house, "何组长"))


def test_a_group_meeting_that_its_leader_took_is_not_taken_again_from_the_plan_of_the_branch(house: Cast) -> None:
    room(house)
    branch, group = asked(house, "QL-B1"), asked(house, "QL-B1-甲", by="何组长")
    [own] = mains(group)
    same = next(one for one in mains(branch) if one.body_id == own.body_id and one.kind == "group_meeting")
    meeting_plans.accept(schedule=group, picks=[own.pk], **said(house, "何组长", AT + MINUTE))
    with pytest.raises(BadPlan, match="已另外排定“党小组会”"):
        meeting_plans.accept(schedule=branch, picks=[same.pk], **said(house, "王书记", AT + 2 * MINUTE))
    assert Gathering.objects.filter(kind="group_meeting", body=own.body).count() == 1


def test_several_meetings_of_one_kind_from_one_plan_do_not_stand_in_each_others_way(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1")
    picks = [one.pk for one in mains(row)]
    for pick in picks:
        meeting_plans.accept(schedule=row, picks=[pick], **said(house, "王书记", AT + MINUTE))
    assert Gathering.objects.filter(makeup_of=None).count() == len(picks)


def test_who_left_the_body_since_is_not_asked_to_the_make_up(house: Cast) -> None:
    room(house)
    row = asked(house, "QL-B1")
    main = next(one for one in mains(row) if one.kind == "theme_day")
    part = main.makeups.order_by("pk")[0]
    gone = part.people[0]
    Membership.objects.filter(person=gone).update(until_on=dt.date(2026, 4, 1))
    first, *again = meeting_plans.accept(schedule=row, picks=[main.pk], **said(house, "王书记"))
    assert not any(one.people.filter(person=gone).exists() for one in (first, *again))
    assert all(one.due == one.people.count() for one in again)
