"""学时 of persons for the check of R-EDU-01 to 05: from closed meetings and recorded training, counted in their own year.

For the check alone: no list is ordered by it, and no score reads it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from ronglu.kernel.gathering.education import hours_of
from ronglu.kernel.org.facts import COMMITTEE
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.facts import Study
from ronglu.store.models import GatheringPerson, GatheringState, Membership, Plant, Post, Training
from ronglu.store.rulebook import regulations
from ronglu.work.scope import Scope

MEMBER, SEATED, NOTE = "R-EDU-01", "R-EDU-02", "R-EDU-05"
HOURS, RECORD = "study.hours", "trainings.record"
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rates:
    """学时 of an hour, half a day and a day."""

    hour: Decimal = Decimal(1)
    half_day: Decimal = Decimal(4)
    day: Decimal = Decimal(8)

    @classmethod
    def of(cls, book: RuleBook, on: dt.date) -> "Rates":
        rule = book.get(NOTE, on=on)
        return cls(*(Decimal(rule.number(name)) for name in ("hour", "half_day", "day"))) if rule else cls()


@dataclass(frozen=True, slots=True)
class Spell:
    """One entry of a person's year: what it was, how many hours, and whether it was training."""

    title: str
    study: Study


def spells(
    *, people: Collection[int], first: dt.date, last: dt.date, kinds: Collection[str], book: RuleBook
) -> dict[int, list[Spell]]:
    """`kinds`: the meetings that count as study time. Whoever came counts, also to a make-up session; two queries.

    Hours are worth what the rules of their own day say: a conversion changed this year leaves last year as it was.
    A training counts on its first day and lies in one year as a whole, so nothing is carried over.
    """
    found: dict[int, list[Spell]] = defaultdict(list)
    rates_on = cache(lambda day: Rates.of(book, day))
    for one in _attended(people, first, last, kinds):
        meeting = one.gathering
        rates = rates_on(meeting.starts_at.date())
        hours = hours_of(meeting.starts_at, meeting.ends_at, hour=rates.hour, day=rates.day)
        found[one.person_id].append(Spell(meeting.title, Study(held_on=meeting.starts_at.date(), hours=hours)))
    taken = Training.people.through.objects.filter(
        person__in=people, training__state="valid", training__first_on__range=(first, last)
    )
    for row in taken.select_related("training").order_by("training__first_on", "training"):
        training = row.training
        rates = rates_on(training.first_on)
        days, rest = divmod(training.half_days, 2)
        study = Study(
            held_on=training.first_on,
            hours=days * rates.day + rest * rates.half_day,
            training=True,
            rotation=training.rotation,
        )
        found[row.person_id].append(Spell(training.title, study))
    return {person: sorted(rows, key=lambda one: one.study.held_on) for person, rows in found.items()}


def study_of(
    *, people: Collection[int], first: dt.date, last: dt.date, kinds: Collection[str], book: RuleBook
) -> dict[int, tuple[Study, ...]]:
    """As the regulations look at a person."""
    found = spells(people=people, first=first, last=last, kinds=kinds, book=book)
    return {person: tuple(one.study for one in rows) for person, rows in found.items()}


def total(rows: Iterable[Spell]) -> Decimal:
    return sum((one.study.hours for one in rows), Decimal(0)).normalize()


def _attended(
    people: Collection[int], first: dt.date, last: dt.date, kinds: Collection[str]
) -> Iterable[GatheringPerson]:
    """Who came to a make-up session is listed there; his mark at the main meeting would count the same time twice."""
    begins, after = dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last + ONE, dt.time.min)
    rows = GatheringPerson.objects.filter(
        person__in=people, mark="present", gathering__state=GatheringState.CLOSED, gathering__kind__in=kinds,
        gathering__starts_at__gte=begins, gathering__starts_at__lt=after,
    )  # fmt: skip
    return rows.select_related("gathering").order_by("gathering__starts_at", "pk")


@dataclass(frozen=True, slots=True)
class Person:
    """One person's year so far against what the rule asks of him by its end."""

    name: str
    total: Decimal
    asked: Decimal
    spells: tuple[Spell, ...] = ()

    @property
    def short(self) -> Decimal:
        return max(Decimal(0), self.asked - self.total)


@dataclass(frozen=True, slots=True)
class Year:
    """`own`: one's own. `members` and `short` of the bodies one looks after: how many, and who has not got there yet."""

    own: Person | None
    members: int
    reached: int
    short: tuple[Person, ...]
    basis: tuple[str, ...]


def year(*, scope: Scope, plant: Plant, on: dt.date, kinds: Collection[str]) -> Year:
    """The calendar year up to the day; the same number of queries for one member as for a hundred."""
    book = regulations(plant)
    bodies = scope.reach(HOURS).bodies
    rows = Membership.objects.on(on).filter(person__plant=plant)
    rows = rows.filter(Q(body__in=bodies) | Q(person=scope.person_id)).select_related("person")
    rows = rows.order_by("body__position", "person__staff_no")
    people = {row.person_id: row.person.name for row in rows}
    seated = Post.objects.on(on).filter(person__in=people, role__in=COMMITTEE, body__isnull=False)
    seats = set(seated.values_list("person", flat=True))
    first = on.replace(month=1, day=1)
    found = spells(people=people, first=first, last=on, kinds=kinds, book=book)
    asked = {seat: _asked(book, rule, on) for seat, rule in ((False, MEMBER), (True, SEATED))}
    told = {
        key: Person(name, total(found.get(key, ())), asked[key in seats], tuple(found.get(key, ())))
        for key, name in people.items()
    }
    own = told.get(scope.person_id or 0)
    mine = [told[row.person_id] for row in rows if row.body_id in bodies]
    basis = [rule.label for rule in (book.get(name, on=on) for name in (MEMBER, SEATED, NOTE)) if rule]
    return Year(
        own, len(mine), sum(not one.short for one in mine), tuple(one for one in mine if one.short), tuple(basis)
    )


def trainings(*, plant: Plant, scope: Scope) -> QuerySet[Training]:
    """Those in which somebody took part whom the reader looks after; `own` where he may strike it."""
    rows = Training.objects.filter(plant=plant, people__in=scope.people(RECORD)).distinct()
    own = ExpressionWrapper(_own(scope), output_field=BooleanField())
    counted = rows.annotate(count=Count("people", distinct=True), own=own)
    return counted.select_related("by__person").order_by("-first_on", "-pk")


def training_of(*, scope: Scope, pk: int) -> Training | None:
    """One that the reader may strike."""
    rows = Training.objects.filter(_own(scope), pk=pk, people__in=scope.people(RECORD))
    return rows.distinct().select_related("plant").first()


def _own(scope: Scope) -> Q:
    """Recorded by the reader, or of people he looks after alone: nobody takes hours from another branch's members."""
    taken = Training.people.through.objects.filter(training=OuterRef("pk"))
    return Q(by=scope.account_id) | ~Exists(taken.exclude(person__in=scope.people(RECORD).values("pk")))


def _asked(book: RuleBook, name: str, on: dt.date) -> Decimal:
    rule = book.get(name, on=on)
    return Decimal(rule.number("hours")) if rule else Decimal(0)
