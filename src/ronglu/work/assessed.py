"""Keeping the scores of persons and crews: a run is added, never overwritten; the newest of a month stands."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import transaction

from ronglu.kernel.rules.score import Score
from ronglu.kernel.rules.total import Total
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, AssessedResult, AssessedRun, AssessedTotal, Plant, SheetVersion
from ronglu.work import closings

DUTY, CREW = "duty", "crew"


class OneJudged(Protocol):
    """One subject as it was judged: see facts/others."""

    @property
    def subject(self) -> int: ...
    @property
    def items(self) -> tuple[tuple[Score, Mapping[str, Any]], ...]: ...
    @property
    def total(self) -> Total: ...


def in_force(*, plant: Plant, code: str, month: Period) -> Mapping[str, Any] | None:
    """The plant's own version of the sheet, where it published one."""
    found = SheetVersion.objects.filter(plant=plant, code=code, from_month__lte=month.yyyymm)
    version = found.order_by("-from_month", "-version").first()
    return version.declaration if version else None


def newest(*, plant: Plant, code: str, month: Period) -> AssessedRun | None:
    """The run that stands."""
    return AssessedRun.objects.filter(plant=plant, code=code, month=month.yyyymm).order_by("-number").first()


@transaction.atomic
def record(
    *, plant: Plant, code: str, month: Period, declaration: Mapping[str, Any], judged: Iterable[OneJudged], at: dt.datetime,
    by: Account | None = None,
) -> AssessedRun:  # fmt: skip
    """One computation of a month under the sheet as it stands; the same result as the last one adds nothing."""
    closings.refuse_closed(plant=plant, month=month)
    found, plain = list(judged), json.loads(json.dumps(declaration))
    digest = _digest(plain, found)
    last = newest(plant=plant, code=code, month=month)
    if last is not None and last.digest == digest:
        return last
    run = AssessedRun.objects.create(
        plant=plant, code=code, month=month.yyyymm, number=last.number + 1 if last else 1, declaration=plain, digest=digest,
        at=at, by=by,
    )  # fmt: skip
    AssessedResult.objects.bulk_create(
        [
            AssessedResult(
                run=run, **_whose(code, one.subject), item=score.item, state=score.state.value, points=score.full_h,
                won=score.won_h, share=score.share_ppb, basis=basis,
            )
            for one in found
            for score, basis in one.items
        ],
        batch_size=1000,
    )  # fmt: skip
    AssessedTotal.objects.bulk_create(
        [
            AssessedTotal(
                run=run, **_whose(code, one.subject), applicable=one.total.applicable_h, available=one.total.available_h,
                won=one.total.won_h, converted=one.total.converted_h,
            )
            for one in found
        ],
        batch_size=1000,
    )  # fmt: skip
    return run


def _whose(code: str, subject: int) -> dict[str, Any]:
    kind = "person" if code == DUTY else "unit"
    return {"subject": f"{kind}:{subject}", f"{kind}_id": subject}


def _digest(declaration: Mapping[str, Any], found: list[OneJudged]) -> str:
    rows = [
        [one.subject, score.item, score.state.value, score.full_h, score.won_h, score.share_ppb, basis]
        for one in found
        for score, basis in one.items
    ]
    return hashlib.sha256(json.dumps([declaration, rows], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
