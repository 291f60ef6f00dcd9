"""意见与投诉: written from any page, without a name unless the writer gives it; answered in the open (AF-8, D6)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from ronglu.store.models import Account, Feedback, Plant
from ronglu.work import audits
from ronglu.work.scope import Refused, Scope

LONGEST = 2000


class FeedbackProblem(ValueError):
    """意见与投诉不成立。"""


@transaction.atomic
def write(*, text: str, on: dt.date, page: str = "", plant: Plant | None = None, by: Account | None = None) -> Feedback:
    """`by` only when the writer wants to be named. No line in the audit trail: it would name him after all."""
    text = text.strip()
    if not text:
        raise FeedbackProblem("请写下内容")
    if len(text) > LONGEST:
        raise FeedbackProblem(f"最多 {LONGEST} 字，现有 {len(text)} 字")
    return Feedback.objects.create(plant=plant, page=page[:200], text=text, account=by, written_on=on)


@transaction.atomic
def answer(*, feedback: Feedback, text: str, scope: Scope, by: Account, at: dt.datetime) -> None:
    """Said once and for all of the plant to read; a later answer replaces it, both stay in the trail."""
    if refusal := scope.may("feedback.answer", feedback.plant):
        raise Refused(refusal)
    if not text.strip():
        raise FeedbackProblem("请写下答复；不采纳也要说为什么")
    feedback.answer, feedback.answered_by, feedback.answered_on = text.strip(), by, at.date()
    feedback.save(update_fields=["answer", "answered_by", "answered_on"])
    audits.record(
        verb="feedback.answer",
        by=by,
        at=at,
        plant=feedback.plant,
        subject=f"feedback:{feedback.pk}",
        detail={"answer": feedback.answer[:500]},
    )


def visible(*, scope: Scope) -> QuerySet[Feedback]:
    """What is answered: to all of the plant. The rest: to those who answer, and to a writer who gave his name."""
    answered = Q(plant_id__in=scope.plant_ids) & ~Q(answer="")
    waiting = Q(plant_id__in=scope.reach("feedback.answer").plants)
    own = Q(account_id=scope.account_id) if scope.account_id else Q(pk__in=())
    return Feedback.objects.filter(answered | waiting | own).select_related("account__person", "plant")
