"""不在岗 written down: days of one person, by himself or by who leads him; gone a month after they are over. The kind is never asked.

The trail says that somebody wrote such days, not whose and not which: it outlives them.
"""

import datetime as dt

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Away, MeetingProposal, Person, Plant
from ronglu.work import audits
from ronglu.work.scope import Scope

ENTER = "aways.enter"
LONGEST = 366
KEPT = dt.timedelta(days=31)
"""So long after its last day a row is there, then it is deleted."""
ONE = dt.timedelta(days=1)


class BadAway(OrgTrouble):
    """不在岗的日子不能这样登记。"""


@transaction.atomic
def enter(
    *, person: Person, first_on: dt.date, last_on: dt.date, scope: Scope, by: Account, at: dt.datetime
) -> Away:  # fmt: skip
    """Both days belong to it. Days that touch what is written already are put together with it."""
    _may(person, scope)
    if last_on < first_on:
        raise BadAway(f"末日 {last_on} 早于首日 {first_on}，请核对")
    if last_on < at.date():
        raise BadAway(f"{last_on} 已经过去，排会用不上，不用登记")
    if (last_on - first_on).days >= LONGEST:
        raise BadAway(f"{first_on} 至 {last_on} 超过一年，请分段登记，或在组织里办调动")
    Person.objects.select_for_update().get(pk=person.pk)
    until = last_on + ONE
    rows = list(Away.objects.filter(person=person, from_on__lte=until, until_on__gte=first_on))
    first_on = min([first_on, *(one.from_on for one in rows)])
    until = max([until, *(one.until_on for one in rows if one.until_on)])
    Away.objects.filter(pk__in=[one.pk for one in rows]).delete()
    row = Away.objects.create(person=person, from_on=first_on, until_on=until, by=by, at=at)
    _note("enter", person.plant, by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, away: Away, scope: Scope, by: Account, at: dt.datetime) -> None:
    """He is there after all, or it was written wrongly: nothing of it stays."""
    _may(away.person, scope)
    Away.objects.filter(pk=away.pk).delete()
    _note("withdraw", away.person.plant, by=by, at=at)


@transaction.atomic
def clear(*, plant: Plant, on: dt.date) -> int:
    """What ended a month ago is deleted; from old proposals goes who was expected, so that nobody reads it off them."""
    gone, _ = Away.objects.filter(person__plant=plant, until_on__lte=on - KEPT).delete()
    before = dt.datetime.combine(on - KEPT, dt.time.min)
    MeetingProposal.objects.filter(schedule__plant=plant, ends_at__lte=before).exclude(people=[]).update(people=[])
    return gone


def _may(person: Person, scope: Scope) -> None:
    if not scope.people(ENTER).filter(pk=person.pk).exists():
        raise BadAway(f"不在岗由本人、班长、党小组长或支部委员登记，{person.name}不在您的范围内")


def _note(verb: str, plant: Plant, *, by: Account, at: dt.datetime) -> None:
    audits.record(verb=f"aways.{verb}", by=by, at=at, subject=plant.code, plant=plant)
