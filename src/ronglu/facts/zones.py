"""Members with a zone as fact rows (C1): member-days of the calendar month with a zone over all member-days of the branch.

Membership and zones are dated, so a transfer or a hand-over in mid-month counts by its days (our reading, as for B5).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from ronglu.facts.spine import days
from ronglu.kernel.org.span import Span
from ronglu.store import history
from ronglu.store.homes import Homes
from ronglu.store.models import Plant, ZoneOwner

FACT = "zone_coverage"
Row = dict[str, Any]


def given_out(plant: Plant, last: dt.date) -> bool:
    """Whether the plant had given a zone to anybody by then: zones that only came in with a ledger are nobody's yet."""
    return ZoneOwner.objects.filter(zone__plant=plant, person__isnull=False, from_on__lte=last).exists()


def rows(*, plant: Plant, first: dt.date, last: dt.date) -> list[Row]:
    """Every branch with members; a plant that gave nobody a zone, or a month of which no day has gone by, has no row."""
    if last < first or not given_out(plant, last):
        return []
    homes, members, owned = Homes.of(plant), history.members(plant), _owned(plant, first, last)
    there: Counter[int] = Counter()
    with_zone: Counter[int] = Counter()
    for day in days(first, last):
        named = {person for person, span in owned if span.holds(day)}
        places = {stay.place for stay in members if stay.span.holds(day)}
        branch = {place: homes.of_body(place, day) for place in places}
        # a member of two groups of one branch counts once
        stood = {(branch[stay.place], stay.person) for stay in members if stay.span.holds(day)}
        there.update(one for one, _ in stood if one is not None)
        with_zone.update(one for one, person in stood if one is not None and person in named)
    fixed = {"item": "C1", "part": "coverage", "key": "all", "label": "有责任区的党员（人日）"}
    return [fixed | {"branch": branch, "num": with_zone[branch], "den": den} for branch, den in there.items()]


def _owned(plant: Plant, first: dt.date, last: dt.date) -> list[tuple[int, Span]]:
    """On which days each person answers for a zone that is not closed."""
    held = ZoneOwner.objects.filter(zone__plant=plant, person__isnull=False).within(first, last).select_related("zone")
    both = ((owner.person_id, history.span(owner).common(history.span(owner.zone))) for owner in held)
    return [(person, span) for person, span in both if span is not None]
