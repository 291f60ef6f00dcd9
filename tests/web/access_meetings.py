"""Who may open the pages of venues and of the plan of meetings: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.store.models import Booking, MeetingProposal, MeetingSchedule, Venue
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule

# in their own units or bodies, not over the plant
ELSEWHERE = {"邻厂书记"}


def _venue(cast: Cast) -> Venue:
    found, _ = Venue.objects.get_or_create(plant=cast.plant, code="CD-90", defaults={"name": "活动室", "seats": 20})
    return found


def _booking(cast: Cast) -> dict[str, Any]:
    day = dt.datetime(2099, 3, 13, 9)
    row, _ = Booking.objects.get_or_create(
        venue=_venue(cast), title="读书会", starts_at=day, ends_at=day + dt.timedelta(hours=1),
        by=cast.account["李班长"], defaults={"at": AT},
    )  # fmt: skip
    return {"pk": row.pk}


def _at(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"pk": _venue(cast).pk} | more


def _schedule(cast: Cast) -> MeetingSchedule:
    month, body = Period.parse("2026-04"), cast.body["QL-B1"]
    row, _ = MeetingSchedule.objects.get_or_create(
        plant=cast.plant,
        body=body,
        month=month.yyyymm,
        by=cast.account["王书记"],
        defaults={"at": AT, "state": "ready"},
    )
    return row


def _proposal(cast: Cast) -> dict[str, Any]:
    row, _ = MeetingProposal.objects.get_or_create(
        schedule=_schedule(cast), body=cast.body["QL-B1"], kind="committee",
        defaults={"basis": "规定", "first_on": AT.date(), "last_on": AT.date()},
    )  # fmt: skip
    return {"pk": row.pk}


def _body(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"pk": cast.body["QL-B1"].pk} | more


# 何组长 plans for his group, not for the branch above it
BELOW = {"何组长", *ELSEWHERE}

MEETINGS: dict[str, Rule] = {
    "venues": Rule("venues.see"),
    "venue": Rule("venues.see", kwargs=_at, blind=BESIDE),
    "venue_new": Rule("venues.edit"),
    "venue_book": Rule("venues.book", kwargs=_at, blind=BESIDE),
    "venue_deed": Rule("venues.edit", kwargs=lambda cast: _at(cast, deed="edit"), blind={"王书记", *BESIDE}),
    "booking_give_up": Rule(
        "venues.book", kwargs=_booking, blind={"王书记", "何组长", "高书记", *BESIDE}
    ),
    "meeting_plans": Rule("meetings.plan"),
    "meetings_ask": Rule("meetings.plan", ok=405),
    "meetings_row": Rule("meetings.plan", ok=204, kwargs=lambda cast: {"pk": _schedule(cast).pk}, blind=BELOW),
    "meetings_cancel": Rule("meetings.plan", ok=405, kwargs=lambda cast: {"pk": _schedule(cast).pk}),
    "meetings_accept": Rule("meetings.plan", ok=405, kwargs=lambda cast: {"pk": _schedule(cast).pk}),
    "meetings_drop": Rule("meetings.plan", ok=405, kwargs=_proposal),
    "meeting_habits": Rule("meetings.plan", kwargs=_body, blind=BELOW),
    "meeting_habit": Rule("meetings.plan", kwargs=lambda cast: _body(cast, kind="committee"), blind=BELOW),
    "meetings_mine": Rule("home.see"),
    "meetings_body": Rule("meetings.plan", kwargs=_body, blind=BELOW),
}  # fmt: skip
