"""Party bodies as the regulations see them: what each held and how, its talks, its big items, and the days when nobody could meet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ronglu.kernel.org.facts import SEATS
from ronglu.kernel.org.kinds import GROUP
from ronglu.kernel.regulation.facts import BodyFacts, Days, Gathering, Matter, Talk, Vote
from ronglu.kernel.regulation.window import Window
from ronglu.store import history
from ronglu.store.models import Gathering as Held
from ronglu.store.models import MeetingHabit, MeetingVote, Membership, PlanStop, Post, TalkRecord
from ronglu.work.regulation_facts import Ground, Reasons

COMMITTEE_SEATS = tuple(seat for seat in SEATS if seat not in ("secretary", "deputy", "leader"))
Secretaries = Mapping[int, list[tuple[str, Days]]]
ONE = dt.timedelta(days=1)
ASSEMBLY, THEME_DAY = "assembly", "theme_day"


def bodies(found: Ground, why: Reasons) -> Iterator[BodyFacts]:
    """One for each body that is asked of anything."""
    held, votes = gatherings(found), _votes(found)
    seats, full, days, pauses = _seated(found), _full(found), _fixed_days(found), _pauses(found)
    talks, spoke = _talks(found), _secretaries(found)
    for key, since in found.begun.items():
        states = found.party.history(key)
        if not states or not found.wants(key):
            continue
        now = states[-1]
        mine = held.get(key, [])
        yield BodyFacts(
            id=key,
            name=now.name,
            kind=now.kind,
            from_on=states[0].span.from_on,
            until_on=now.span.until_on,
            kept_from=since,
            has_committee=now.kind == GROUP or key in seats,
            fixed_day=days.get(key),
            full_members=full.get(key, 0),
            pauses=tuple(pauses.get(key, ())),
            reasons=why.get(f"body:{key}", {}),
            gatherings=tuple(_seen(one, votes.get(one.pk, []), spoke) for one in mine),
            talks=tuple(talks.get(key, ())),
            matters=tuple(_matters(mine, votes)),
        )


def gatherings(found: Ground) -> dict[int, list[Held]]:
    """Those that were held and closed, by body. A make-up of one that never took place stands for it; any other is part of
    the meeting it makes up for and no meeting more.
    """
    rows = Held.objects.filter(plant=found.plant, state="closed", team=None).select_related("makeup_of")
    rows = rows.filter(starts_at__gte=dt.datetime.combine(found.first, dt.time.min))
    by_body: dict[int, list[Held]] = defaultdict(list)
    for row in rows if found.bodies is None else rows.filter(body__in=found.bodies):
        if row.makeup_of is None or row.makeup_of.state == "cancelled":
            by_body[row.body_id].append(row)
    return by_body


def day_of(row: Held) -> dt.date:
    """The day it counts for: a make-up of one that fell through counts where that one was due."""
    return (row.makeup_of or row).starts_at.date()


def _seen(row: Held, votes: list[MeetingVote], secretaries: Secretaries) -> Gathering:
    """With votes, those due and present are those who had one."""
    election = next((one for one in votes if one.kind == "election"), None)
    voted = election or (votes[0] if votes else None)
    data = row.data
    return Gathering(
        id=row.pk,
        kind=row.kind,
        held_on=day_of(row),
        due=voted.due if voted and row.kind == ASSEMBLY else row.due,
        attended=voted.voting if voted and row.kind == ASSEMBLY else row.present,
        convened_by=row.convened_as,
        speaker=_speaker(row, secretaries.get(row.body_id, [])),
        steps=tuple(_list(data.get("steps"))),
        votes=tuple(Vote(title=one.title, favour=one.favour, voting=one.voting) for one in votes if _stands(one)),
        election=election is not None,
        ratings={name: int(count) for name, count in (data.get("ratings") or {}).items() if str(count).isdigit()},
        rated_probationary=int(data.get("rated_probationary") or 0),
        grade=_text(data.get("grade")),
    )


def _speaker(row: Held, secretaries: list[tuple[str, Days]]) -> str:
    """secretary where the one named as speaker was 书记 of this body that day."""
    day = day_of(row)
    named = str(row.data.get("speaker") or "")
    return next(("secretary" for who, held in secretaries if who == named and held.common(Window.event(day))), "")


def _secretaries(found: Ground) -> Secretaries:
    """书记 of each body with the days of his post, by key and by staff number."""
    told: dict[int, list[tuple[str, Days]]] = defaultdict(list)
    for row in Post.objects.filter(body__plant=found.plant, role="secretary").select_related("person"):
        if row.body_id is not None:
            days = Days(row.from_on, row.until_on)
            told[row.body_id] += [(str(row.person_id), days), (row.person.staff_no, days)]
    return told


def _stands(vote: MeetingVote) -> bool:
    """A motion that enough people voted on and that simply fell is no breach of anything: it is not passed, and that is all."""
    return vote.kind == "decision" and (2 * vote.voting < vote.due or 2 * vote.favour > vote.due)


def _votes(found: Ground) -> dict[int, list[MeetingVote]]:
    """By gathering; what a body voted on again under the same name replaces the earlier vote."""
    rows = MeetingVote.objects.filter(gathering__plant=found.plant, gathering__state="closed")
    rows = rows.select_related("gathering", "discussed_in").order_by("gathering__starts_at", "no")
    last: dict[tuple[int, str, str], MeetingVote] = {}
    for row in rows if found.bodies is None else rows.filter(gathering__body__in=found.bodies):
        last[row.gathering.body_id, row.kind, row.title.strip()] = row
    by_gathering: dict[int, list[MeetingVote]] = defaultdict(list)
    for row in last.values():
        by_gathering[row.gathering_id].append(row)
    return by_gathering


def _matters(mine: Iterable[Held], votes: dict[int, list[MeetingVote]]) -> Iterator[Matter]:
    for row in mine:
        for vote in votes.get(row.pk, []) if row.kind == ASSEMBLY else ():
            if vote.kind == "decision":
                before = vote.discussed_in.starts_at.date() if vote.discussed_in else None
                yield Matter(id=vote.pk, title=vote.title, decided_on=day_of(row), discussed_on=before)


def _talks(found: Ground) -> dict[int, list[Talk]]:
    """谈心谈话: the day and between whom, nothing else is kept."""
    told: dict[int, list[Talk]] = defaultdict(list)
    rows = TalkRecord.objects.filter(body__plant=found.plant, kind="heart", held_on__gte=found.first)
    for body, day, pair in rows.values_list("body_id", "held_on", "pair"):
        told[body].append(Talk(held_on=day, pair=pair))
    return told


def _seated(found: Ground) -> frozenset[int]:
    """Bodies that have a committee: a seat beside 书记 and 副书记 is held."""
    rows = Post.objects.on(found.on).filter(body__plant=found.plant, role__in=COMMITTEE_SEATS)
    return frozenset(rows.values_list("body_id", flat=True))  # type: ignore[arg-type]


def _full(found: Ground) -> dict[int, int]:
    """正式党员 of each body with all below it."""
    rows = Membership.objects.on(found.on).filter(body__plant=found.plant, status="full")
    view, counts = found.view, defaultdict(set)
    for person, body in rows.values_list("person_id", "body_id"):
        for state in view.path(body) if body in view else ():
            counts[state.id].add(person)
    return {int(key): len(people) for key, people in counts.items()}


def _fixed_days(found: Ground) -> dict[int, int]:
    rows = MeetingHabit.objects.filter(body__plant=found.plant, kind=THEME_DAY).exclude(fixed_day=None)
    return dict(rows.values_list("body_id", "fixed_day"))  # type: ignore[arg-type]


def _pauses(found: Ground) -> dict[int, list[Days]]:
    """Days on which all that a body stands on stood still by an approved plan: 大修, 停产."""
    rows = list(PlanStop.objects.approved().filter(unit__plant=found.plant).within(found.first, found.on))
    if not rows:
        return {}
    view = history.unit_tree(found.plant).at(found.on)
    still: dict[int, set[dt.date]] = defaultdict(set)
    for row in rows:
        still[row.unit_id].update(_days(row, found))
    told: dict[int, set[dt.date]] = {}
    for link in history.links(found.plant):
        if link.span.holds(found.on) and link.unit in view:
            days = set().union(*(still.get(int(state.id), set()) for state in view.path(link.unit)))
            told[int(link.body)] = told.get(int(link.body), days) & days
    return {body: [Days(day, day + ONE) for day in sorted(days)] for body, days in told.items()}


def _days(row: PlanStop, found: Ground) -> Iterator[dt.date]:
    """A stop without an end has come as far as the day looked at, and reaches to the end of that year."""
    day, last = max(row.from_on, found.first), row.last_on or dt.date(found.on.year, 12, 31)
    while day <= last:
        yield day
        day += ONE


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
