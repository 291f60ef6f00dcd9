"""横班联系 as read: whose pairs a reader sees, whose words he may read, whether the rosters let the two meet in a week."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ronglu.kernel.time.period import Period
from ronglu.store.models import Contact, ContactNote, ContactState, Engagement, Membership, Post, ShiftRow, Substitution
from ronglu.work.presence import Span
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

SEE = "contacts.see"
ONE = dt.timedelta(days=1)
FRIDAY = 4
BRANCHES = ("branch", "joint")


@dataclass(frozen=True, slots=True)
class Week:
    """One pair in one week. `meets` is the first moment both are at the plant; `rostered`: the rosters say so of both."""

    contact: Contact
    week: str
    notes: tuple[ContactNote, ...]
    meets: dt.datetime | None
    rostered: bool

    @property
    def state(self) -> str:
        """noted, reason given, apart by the rosters, or open."""
        if any(one.kind == "note" for one in self.notes):
            return "noted"
        if self.notes:
            return "reason"
        return "apart" if self.rostered and self.meets is None else "open"


@dataclass(frozen=True, slots=True)
class Tally:
    """How complete a week is: a fact about the pairs as a whole, never of a person, never a point."""

    pairs: int
    noted: int
    apart: int
    reason: int
    open: int


def visible(scope: Scope) -> QuerySet[Contact]:
    """One's own, and those of the members one looks after."""
    people = scope.people(SEE).values("pk")
    rows = Contact.objects.filter(Q(one__in=people) | Q(other__in=people))
    return rows.select_related("plant", "one", "other").order_by("pk")


def standing(rows: QuerySet[Contact], week: Period) -> QuerySet[Contact]:
    """Pairs that held on a day of the week."""
    return rows.filter(from_on__lte=week.last).filter(Q(until_on=None) | Q(until_on__gt=week.first))


def mine(rows: Iterable[Contact], scope: Scope) -> list[Contact]:
    return [one for one in rows if scope.person_id in (one.one_id, one.other_id)]


def partner(contact: Contact, scope: Scope) -> str:
    return contact.other.name if scope.person_id == contact.one_id else contact.one.name


def agreed(contact: Contact, scope: Scope) -> bool:
    """Whether this reader has said yes already."""
    return bool(contact.one_agreed_at if scope.person_id == contact.one_id else contact.other_agreed_at)


def readers(contacts: Sequence[Contact], scope: Scope, places: Places) -> set[int]:
    """Pairs whose words this reader may read: his own, and those of members of a branch of which he is the secretary."""
    own = {one.pk for one in contacts if scope.person_id in (one.one_id, one.other_id)}
    seats = Post.objects.on(places.on).filter(person__in=scope.hands, role="secretary", body__isnull=False)  # type: ignore[attr-defined]
    led, view = set(seats.values_list("body_id", flat=True)), places.party.at(places.on)
    if not led:
        return own
    people = {key for one in contacts for key in (one.one_id, one.other_id)}
    rows = Membership.objects.on(places.on).filter(person__in=people)  # type: ignore[attr-defined]
    near = {person: view.nearest(body, *BRANCHES) for person, body in rows.values_list("person_id", "body_id")}
    his = {person for person, branch in near.items() if branch is not None and branch.id in led}
    return own | {one.pk for one in contacts if his & {one.one_id, one.other_id}}


def weeks_of(contacts: Sequence[Contact], weeks: Sequence[Period]) -> dict[tuple[int, str], Week]:
    """Each pair in each week: five queries, however many pairs and weeks."""
    names = [str(one) for one in weeks]
    rows = ContactNote.objects.filter(contact__in=[one.pk for one in contacts], week__in=names)
    noted: dict[tuple[int, str], list[ContactNote]] = defaultdict(list)
    for row in rows.select_related("by__person", "case").order_by("at"):
        noted[row.contact_id, row.week].append(row)
    people = {key for one in contacts for key in (one.one_id, one.other_id)}
    spans = _spans(people, weeks[0].first, weeks[-1].last) if weeks else {}
    found = {}
    for contact in contacts:
        one, other = spans.get(contact.one_id), spans.get(contact.other_id)
        for week in weeks:
            key = contact.pk, str(week)
            met = meeting(one or (), other or (), week)
            found[key] = Week(contact, str(week), tuple(noted[key]), met, one is not None and other is not None)
    return found


def meeting(one: Iterable[Span], other: Iterable[Span], week: Period) -> dt.datetime | None:
    """The first moment of the week at which one comes as the other goes, or both are on shift."""
    begins, ends = (dt.datetime.combine(day, dt.time.min) for day in (week.first, week.last + ONE))
    theirs = list(other)
    touching = (
        max(a.starts_at, b.starts_at, begins)
        for a in one
        for b in theirs
        if max(a.starts_at, b.starts_at, begins) <= min(a.ends_at, b.ends_at)
    )
    return min((moment for moment in touching if moment < ends), default=None)


def tally(weeks: Iterable[Week]) -> Tally:
    count = Counter(one.state for one in weeks)
    return Tally(count.total(), count["noted"], count["apart"], count["reason"], count["open"])


def waiting(scope: Scope) -> tuple[int, int]:
    """Pairs that ask for this reader's yes, and, from Friday on, his pairs of which the week has nothing and could."""
    if scope.person_id is None:
        return 0, 0
    own = Contact.objects.filter(Q(one=scope.person_id) | Q(other=scope.person_id)).select_related("one", "other")
    asked = [one for one in own.filter(state=ContactState.PROPOSED) if not agreed(one, scope)]
    if scope.on.weekday() < FRIDAY:
        return len(asked), 0
    week = Period.week(scope.on)
    pairs = list(own.filter(state=ContactState.STANDING))
    weeks = weeks_of(pairs, [week]) if pairs else {}
    return len(asked), sum(one.state == "open" for one in weeks.values())


def _spans(people: set[int], first: dt.date, last: dt.date) -> Mapping[int, list[Span]]:
    """Shifts of each person by the roster of his crew, with stand-ins; whose crew stands on no roster is not there."""
    rows = Engagement.objects.within(first, last).filter(person__in=people, unit__kind="crew")  # type: ignore[attr-defined]
    stays = list(rows)
    near = Q(day__range=(first - ONE, last + ONE))
    swaps = list(Substitution.objects.filter(near, Q(absent__in=people) | Q(standin__in=people)))
    shifts = ShiftRow.objects.filter(
        near, Q(crew__in={one.unit_id for one in stays}) | Q(unit__in={one.unit_id for one in swaps})
    )
    of_crew: dict[int, list[ShiftRow]] = defaultdict(list)
    by_key = {}
    for shift in shifts:
        of_crew[shift.crew_id or 0].append(shift)
        by_key[shift.unit_id, shift.day, shift.shift_no] = shift
    keys: dict[int, set[tuple[int, dt.date, int]]] = {one.person_id: set() for one in stays if of_crew[one.unit_id]}
    for stay in stays:
        keys.get(stay.person_id, set()).update(
            (one.unit_id, one.day, one.shift_no) for one in of_crew[stay.unit_id] if stay.holds(one.day)
        )
    for swap in swaps:
        key = swap.unit_id, swap.day, swap.shift_no
        keys.get(swap.absent_id, set()).discard(key)
        if swap.standin_id in people and key in by_key:
            keys.setdefault(swap.standin_id, set()).add(key)
    return {
        person: [Span(by_key[key].starts_at, by_key[key].ends_at) for key in sorted(mine)]
        for person, mine in keys.items()
    }
