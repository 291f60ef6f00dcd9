"""Scores from before or from elsewhere: brought in by one person, approved by another; only approved ones count anywhere."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.table import Taken
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Import, ImportedScore, Plant
from ronglu.work import audits, hands


class BadScore(OrgTrouble):
    """分数不能这样认可。"""


@dataclass(frozen=True, slots=True)
class Score:
    """`hundredths` of a point; of a body (party, fusion) or of a unit (admin), by key."""

    kind: str
    period: Period
    hundredths: int
    scheme: str = ""
    body: int | None = None
    unit: int | None = None

    @property
    def subject(self) -> str:
        return f"unit:{self.unit}" if self.body is None else f"body:{self.body}"


@transaction.atomic
def put(*, plant: Plant, scores: Iterable[Score], batch: Import, by: Account, at: dt.datetime) -> Taken:
    """What differs from what is there is written and waits for its approval; one that was approved stands beside it
    until then."""
    scores = list(scores)
    there = {(s.subject, s.kind, s.period): s for s in ImportedScore.objects.filter(plant=plant).order_by("number")}
    new, changed, fresh, waited = [], [], [], []
    for one in scores:
        row = there.get((one.subject, one.kind, str(one.period)))
        if row is not None and (row.value, row.scheme) == (one.hundredths, one.scheme):
            continue
        if row is None or row.approved_by_id is not None:
            made = ImportedScore(
                plant=plant, body_id=one.body, unit_id=one.unit, subject=one.subject, kind=one.kind,
                period=str(one.period), number=row.number + 1 if row else 1,
            )  # fmt: skip
            (changed if row else new).append(made)
            fresh.append(made)
            row = made
        else:
            changed.append(row)
            waited.append(row)
        row.value, row.scheme, row.batch = one.hundredths, one.scheme, batch
    ImportedScore.objects.bulk_create(fresh, batch_size=500)
    ImportedScore.objects.bulk_update(waited, ["value", "scheme", "batch"], batch_size=500)
    if new or changed:
        detail = {"new": len(new), "changed": len(changed), "batch": batch.pk}
        audits.record(verb="scores.put", by=by, at=at, subject=plant.code, plant=plant, detail=detail)
    return Taken(new=len(new), changed=len(changed), unchanged=len(scores) - len(new) - len(changed))


@transaction.atomic
def approve(*, batch: Import, by: Account, at: dt.datetime) -> int:
    """A second person's yes to all scores of one import that still wait; says how many."""
    hands.apart(
        by, batch.created_by, on=at.date(), trouble=BadScore, own=f"“{batch.file_name}”由您导入，须由另一人认可"
    )
    count = waiting(plant=batch.plant).filter(batch=batch).update(approved_by=by)
    if not count:
        raise BadScore(f"“{batch.file_name}”没有待认可的分数，可能已由他人认可或已被后来的导入更改")
    detail = {"file": batch.file_name, "scores": count}
    audits.record(verb="scores.approve", by=by, at=at, subject=f"import:{batch.pk}", plant=batch.plant, detail=detail)
    return count


@transaction.atomic
def reject(*, batch: Import, reason: str, by: Account, at: dt.datetime) -> int:
    """The scores of one import that wait are taken out again; what was approved before stays approved."""
    if not reason.strip():
        raise BadScore("请写明退回的原因")
    count, _ = waiting(plant=batch.plant).filter(batch=batch).delete()
    detail = {"file": batch.file_name, "scores": count, "reason": reason.strip()}
    audits.record(verb="scores.reject", by=by, at=at, subject=f"import:{batch.pk}", plant=batch.plant, detail=detail)
    return count


def waiting(*, plant: Plant) -> QuerySet[ImportedScore]:
    return ImportedScore.objects.filter(plant=plant, approved_by=None, batch__isnull=False)


def approved(*, plant: Plant, kind: str, subjects: Collection[str], period: Period) -> dict[str, int]:
    """Subject → hundredths of a point, for those that a second person approved."""
    found = ImportedScore.objects.filter(plant=plant, kind=kind, subject__in=subjects, period=str(period))
    return dict(found.exclude(approved_by=None).order_by("number").values_list("subject", "value"))
