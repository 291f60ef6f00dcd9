"""问一问: a question to somebody, or to whoever knows; answered, and the asker says whether it helped.

Only the two of them read it. Nothing here goes to the audit trail: a line there would tell a third person who asked whom,
and lines can be counted. For the same reason no function of this file counts, sorts or groups by person.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.store.models import Account, HelpRequest, Person, Plant
from ronglu.work.scope import Scope


class BadHelp(LabourTrouble):
    """问一问不能这样办。"""


@transaction.atomic
def ask(
    *, plant: Plant, topic: str, question: str, by: Account, at: dt.datetime, asked: Person | None = None
) -> HelpRequest:
    """Without `asked` it goes to the Party members of the plant, who see the question but not who asks."""
    asker = _person(by)
    if asked is not None and asked.plant_id != plant.pk:
        raise BadHelp("问的人不在本厂，请核对工号")
    if asked == asker:
        raise BadHelp("不用问自己；不知道问谁就把“问谁”空着")
    return HelpRequest.objects.create(
        plant=plant,
        asker=asker,
        asked=asked,
        topic=written(topic, what="关于什么", longest=80),
        question=written(question, what="问题"),
        asked_at=at,
    )


@transaction.atomic
def answer(*, asking: HelpRequest, answer: str, by: Account, at: dt.datetime) -> HelpRequest:
    """By the one who was asked; who answers an open question takes it, and the others no longer see it."""
    person = _person(by)
    if person.pk == asking.asker_id:
        raise BadHelp("自己问的，不能自己回答")
    if asking.asked_id not in (None, person.pk):
        raise BadHelp("这个问题不是问您的")
    rows = HelpRequest.objects.filter(pk=asking.pk, state="open")
    return _step(rows, asking, answer=written(answer, what="回答"), asked=person, answered_at=at, state="answered")


@transaction.atomic
def settle(*, asking: HelpRequest, helped: bool, by: Account, at: dt.datetime) -> HelpRequest:
    """The asker alone says whether it helped; nobody else reads that, so nobody can make a score of it."""
    if _person(by).pk != asking.asker_id:
        raise BadHelp("帮没帮上，由提问的人说")
    rows = HelpRequest.objects.filter(pk=asking.pk, state="answered")
    return _step(rows, asking, state="helped" if helped else "not_helped", closed_at=at)


def mine(*, scope: Scope) -> QuerySet[HelpRequest]:
    """What I asked and what I was asked. Without a person there is nothing."""
    own = Q(asker_id=scope.person_id) | Q(asked_id=scope.person_id)
    rows = HelpRequest.objects.filter(own) if scope.person_id else HelpRequest.objects.none()
    return rows.select_related("asker", "asked", "plant")


def waiting(*, scope: Scope) -> QuerySet[HelpRequest]:
    """Questions to whoever knows that nobody has taken yet: for the Party members of the plant, not for the asker."""
    plants = scope.reach("help.answer").plants
    rows = HelpRequest.objects.filter(plant_id__in=plants, asked=None, state="open")
    return rows.exclude(asker_id=scope.person_id).select_related("plant")


def asked_me(*, scope: Scope) -> bool:
    """Whether somebody waits for my answer: that there is one, never how many."""
    return scope.person_id is not None and HelpRequest.objects.filter(asked_id=scope.person_id, state="open").exists()


def _person(account: Account) -> Person:
    if account.person is None:
        raise BadHelp("这个账号没有对应的人员，不能问，也不能答")
    return account.person


def _step(rows: QuerySet[HelpRequest], asking: HelpRequest, **changes: Any) -> HelpRequest:
    if not rows.update(**changes):
        asking.refresh_from_db()
        raise BadHelp(f"这个问题{asking.get_state_display()}，不能再办这一步")
    asking.refresh_from_db()
    return asking
