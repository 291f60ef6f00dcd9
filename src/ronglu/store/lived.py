"""Party bodies as the regulations look at them, for the score and the findings alike: what each was when, its committee, its
meetings, the days when nobody could meet, the reasons accepted.

Every answer is that of its own day, never of the day somebody asks. What only a finding looks at (votes, talks, big items) is
added by the findings.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from ronglu.kernel.org.facts import COMMITTEE as SEATS
from ronglu.kernel.org.facts import DEPUTY, SECRETARY
from ronglu.kernel.org.kinds import COMMITTEE
from ronglu.kernel.org.tree import State, Tree
from ronglu.kernel.regulation.facts import BodyFacts, Days, FormerKind, Gathering
from ronglu.kernel.regulation.window import Window
from ronglu.store.models import Gathering as Held
from ronglu.store.models import GatheringState, Plant, Post
from ronglu.store.pauses import pauses
from ronglu.store.reasons import Reasons

ONE = dt.timedelta(days=1)
LECTURE = "lecture"
Secretaries = list[tuple[str, Days]]
"""书记 of one body, each with the days of his post."""


def bodies(
    *, plant: Plant, party: Tree, first: dt.date, last: dt.date, kept: Mapping[int, dt.date], why: Reasons,
    wanted: Collection[int] | None = None,
) -> Iterator[BodyFacts]:  # fmt: skip
    """One for each body that keeps its records here, with all that counts for a day from `first` to `last`.

    `kept`: since when each does. `wanted`: only these of them. The name is the newest by the last day.
    """
    lives: dict[int, list[State]] = defaultdict(list)
    for state in sorted(party.states, key=lambda one: one.span.from_on):
        lives[int(state.id)].append(state)
    met, spoke = gatherings(plant=plant, first=first, last=last), _secretaries(plant)
    lectures = [row for rows in met.values() for row in rows if row.kind == LECTURE]
    sat, away = _committees(plant), pauses(plant=plant, first=first, last=last)
    for key, since in kept.items():
        if key not in lives or (wanted is not None and key not in wanted):
            continue
        life, heads = lives[key], spoke.get(key, [])
        mine = [*met.get(key, ()), *(_elsewhere(key, heads, lectures) if life[-1].kind == COMMITTEE else ())]
        yield BodyFacts(
            id=key,
            name=next((one.name for one in reversed(life) if one.span.from_on <= last), life[0].name),
            kind=life[-1].kind,
            former=tuple(
                FormerKind(kind=one.kind, until_on=one.span.until_on) for one in life[:-1] if one.span.until_on
            ),
            from_on=life[0].span.from_on,
            until_on=life[-1].span.until_on,
            kept_from=since,
            committee=tuple(sat.get(key, ())),
            pauses=away.get(key, ()),
            reasons=why.get(f"body:{key}", {}),
            gatherings=tuple(_seen(one, heads) for one in mine),
        )


def gatherings(*, plant: Plant, first: dt.date, last: dt.date) -> dict[int, list[Held]]:
    """Closed meetings by body that count for one of these days. A make-up of one that fell through stands for it; any other is
    part of the meeting it makes up for and no meeting more."""
    rows = Held.objects.filter(plant=plant, state=GatheringState.CLOSED, team=None).filter(standing_on(first, last))
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows.select_related("makeup_of").order_by("starts_at", "pk"):
        found[row.body_id].append(row)
    return found


def standing_on(first: dt.date, last: dt.date) -> Q:
    """Meetings that count for one of these days (`day_of`)."""
    span = (dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last + ONE, dt.time.min))
    own = Q(makeup_of=None, starts_at__gte=span[0], starts_at__lt=span[1])
    lost = Q(makeup_of__state=GatheringState.CANCELLED)
    return own | lost & Q(makeup_of__starts_at__gte=span[0], makeup_of__starts_at__lt=span[1])


def day_of(row: Held) -> dt.date:
    """The day it counts for: a make-up of one that fell through counts where that one was due, in whatever month it was held."""
    return (row.makeup_of or row).starts_at.date()


def _elsewhere(body: int, secretaries: Secretaries, lectures: Iterable[Held]) -> Iterator[Held]:
    """党课 that the 书记 of a 党委 gave at a branch or anywhere else: R-LIFE-04 asks that he gives one, not where."""
    return (row for row in lectures if row.body_id != body and _speaker(row, secretaries))


def _seen(row: Held, secretaries: Secretaries) -> Gathering:
    """As its own row tells it; who voted is added by who looks at votes."""
    data = row.data
    return Gathering(
        id=row.pk,
        kind=row.kind,
        held_on=day_of(row),
        due=row.due,
        attended=row.present,
        convened_by=row.convened_as,
        speaker=_speaker(row, secretaries),
        steps=tuple(_list(data.get("steps"))),
        ratings={name: int(count) for name, count in (data.get("ratings") or {}).items() if str(count).isdigit()},
        rated_probationary=int(data.get("rated_probationary") or 0),
        grade=_text(data.get("grade")),
    )


def _speaker(row: Held, secretaries: Secretaries) -> str:
    """secretary where one of those named as speaker was 书记 of the body that day."""
    told, day = row.data.get("speaker") or "", Window.event(day_of(row))
    named = {str(one) for one in (told if isinstance(told, list) else [told])}
    return next((SECRETARY for who, days in secretaries if who in named and days.common(day)), "")


def _secretaries(plant: Plant) -> dict[int, Secretaries]:
    """书记 of each body with the days of his post, by key and by staff number."""
    told: dict[int, list[tuple[str, Days]]] = defaultdict(list)
    for row in Post.objects.filter(body__plant=plant, role=SECRETARY).select_related("person"):
        if row.body_id is not None:
            days = Days(row.from_on, row.until_on)
            told[row.body_id] += [(str(row.person_id), days), (row.person.staff_no, days)]
    return told


def _committees(plant: Plant) -> dict[int, list[Days]]:
    """The days on which a body had a committee: somebody sat on it beside 书记 and 副书记, who alone are none.

    A window in which it sat for one day at least is a window with a committee: the first thing a new one does is meet.
    """
    seats = set(SEATS) - {SECRETARY, DEPUTY}
    found: dict[int, list[Days]] = defaultdict(list)
    for body, *days in Post.objects.filter(body__plant=plant, role__in=seats).values_list(
        "body", "from_on", "until_on"
    ):
        found[body].append(Days(*days))
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
