"""Who may open minutes, the 支部手册 and the 台账: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.store.models import CalendarRow, Gathering
from tests.cast import Cast
from tests.facts.gathered import gathering
from tests.web.access_rule import STAFF, Rule
from tests.web.branch_month import calendar

# the members of the branch and of its groups, and who looks after it or the plant
READERS = {"李班长", "何组长", "王书记", "马主任", "孙干事", "高书记"}


def _branch(cast: Cast) -> dict[str, Any]:
    if not CalendarRow.objects.filter(plant=cast.plant).exists():
        calendar(cast)
    return {"code": "QL-B1"}


def _meeting(cast: Cast) -> dict[str, Any]:
    found = Gathering.objects.filter(body=cast.body["QL-B1"], state="closed").first()
    return {"pk": (found or gathering(cast, "QL-B1", "committee", dt.date(2026, 3, 9))).pk}


HANDBOOK: dict[str, Rule] = {
    "handbooks": Rule("meetings.see"),
    "handbook": Rule("meetings.see", kwargs=_branch, blind=STAFF - READERS),
    "inspection_book": Rule("meetings.see", kwargs=_branch, blind=STAFF - READERS),
    "minutes": Rule("meetings.see", kwargs=_meeting, blind=STAFF - READERS),
    "minutes_word": Rule("meetings.see", kwargs=_meeting, blind=STAFF - READERS),
}
