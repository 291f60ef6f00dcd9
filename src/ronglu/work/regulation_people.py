"""Members as the regulations see them: posts, stages of membership, hours of study and life in their own body; completeness, never points."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator

from ronglu.kernel.org.facts import COMMITTEE
from ronglu.kernel.org.kinds import BRANCHES, GROUP
from ronglu.kernel.org.span import Span, merge
from ronglu.kernel.regulation.facts import PersonFacts, Post, Study
from ronglu.store.history import span
from ronglu.store.models import GatheringPerson, Membership
from ronglu.store.models import Post as Seat
from ronglu.store.pauses import pauses
from ronglu.store.reasons import Reasons
from ronglu.store.rulebook import regulations
from ronglu.work import guides
from ronglu.work.queries.study_hours import study_of
from ronglu.work.regulation_facts import Ground

LEADERS = ("plant_head", "workshop_head")
"""领导干部: heads of the plant and its workshops, and who sits on a 党委 or 总支."""
CAME = ("present", "makeup")


def people(found: Ground, why: Reasons) -> Iterator[PersonFacts]:
    """One for each member of a body whose records are kept here."""
    stays: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(body__plant=found.plant).select_related("person").order_by("from_on"):
        stays[row.person_id].append(row)
    wanted = {
        key: rows for key, rows in stays.items() if found.wants(rows[-1].body_id) and found.since(rows[-1].body_id)
    }
    posts, study = posts_of(found), _study(found, wanted.keys())
    lived = _own_life(found, {key: {row.body_id for row in rows} for key, rows in wanted.items()})
    away = pauses(plant=found.plant, first=found.first, last=found.last)
    for key, rows in wanted.items():
        last = rows[-1]
        yield PersonFacts(
            id=key,
            name=last.person.name,
            from_on=rows[0].from_on,
            until_on=last.until_on,
            kept_from=found.since(last.body_id),
            reasons=why.get(f"person:{key}", {}),
            # days on which his own body could not meet; why and how long a person was away is not kept
            pauses=away.get(last.body_id, ()),
            posts=tuple(posts.get(key, ())),
            probation_from=next((row.from_on for row in rows if row.status == "probationary"), None),
            full_from=_made_full(rows),
            study=tuple(study.get(key, ())),
            own_life=tuple(lived.get(key, ())),
        )


def _made_full(rows: list[Membership]) -> dt.date | None:
    """转正: only of those whose 预备期 stands here too."""
    if rows[0].status != "probationary":
        return None
    return next((row.from_on for row in rows if row.status == "full"), None)


def posts_of(found: Ground) -> dict[int, list[Post]]:
    """书记, 班子成员 and 领导干部; the leader of a 党小组 is none of these. Elected again to his seat he goes on in it."""
    kinds = {state.id: state.kind for state in found.party.states}
    seats: dict[tuple[int, str, str, int | None, int | None], list[Span]] = defaultdict(list)
    for row in Seat.objects.filter(person__plant=found.plant):
        for role in _roles(row, kinds.get(row.body_id, "") if row.body_id else ""):
            seats[row.person_id, role, row.role, row.body_id, row.unit_id].append(span(row))
    told: dict[int, list[Post]] = defaultdict(list)
    for (person, role, *_seat), spans in seats.items():
        told[person] += [Post(role=role, from_on=one.from_on, until_on=one.until_on) for one in merge(spans)]
    return told


def _roles(row: Seat, kind: str) -> Iterator[str]:
    if row.role in LEADERS:
        yield "leader"
    if not kind or row.role not in COMMITTEE:
        return
    if row.role == "secretary":
        yield "secretary"
    yield "committee"
    if kind in ("committee", "general"):
        yield "leader"


def _study(found: Ground, people: Collection[int]) -> dict[int, tuple[Study, ...]]:
    """Hours as the queries of study time count them, of the kinds of meetings whose guide says so."""
    kinds = [kind for kind, guide in guides.in_force(plant=found.plant, on=found.on).items() if guide.hours]
    return study_of(people=people, first=found.first, last=found.on, kinds=kinds, book=regulations(found.plant))


def _own_life(found: Ground, bodies: dict[int, set[int]]) -> dict[int, list[dt.date]]:
    """Days on which somebody was at a meeting of his own branch or group: one of the 党委 above it is none."""
    rows = GatheringPerson.objects.filter(gathering__plant=found.plant, gathering__state="closed", mark__in=CAME)
    rows = rows.filter(gathering__starts_at__gte=_midnight(found.first), gathering__team=None)
    view, told = found.view, defaultdict(list)
    above = {
        key: {one.id for one in view.path(key) if one.kind in (*BRANCHES, GROUP)}
        for key in set().union(*bodies.values())
    }
    for person, body, starts in rows.values_list("person", "gathering__body", "gathering__starts_at"):
        own = bodies.get(person, set())
        if body in own or any(body in above[key] for key in own):
            told[person].append(starts.date())
    return told


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)
