"""Keeping scores: a run is added, never overwritten; the newest one stands."""

import datetime as dt
import hashlib
import json

from django.db import transaction

from ronglu.kernel.rules.outcome import Outcome
from ronglu.kernel.time.period import Period
from ronglu.store.bulk import insert
from ronglu.store.models import Account, Plant, Result, Run, SheetVersion, Total
from ronglu.work import closings, runs


@transaction.atomic
def record(
    *,
    plant: Plant,
    sheet: SheetVersion,
    outcome: Outcome,
    at: dt.datetime,
    by: Account | None = None,
    cause: str = "",
) -> Run:
    """Stores one computation of a month; the same result as the last run adds nothing and gives that run back.

    A closed month takes no run any more (Closed): it is re-valued by an adjustment.
    """
    month = Period.from_yyyymm(outcome.month)
    closings.refuse_closed(plant=plant, month=month)
    digest = digest_of(outcome)
    last = runs.newest(plant=plant, month=month)
    if last and last.digest == digest and last.sheet_id == sheet.pk:
        return last
    run = Run.objects.create(
        plant=plant,
        sheet=sheet,
        month=outcome.month,
        number=last.number + 1 if last else 1,
        at=at,
        by=by,
        partitions=dict(outcome.partitions),
        digest=digest,
        cause=cause,
    )
    insert(
        Result,
        ("run", "body", "item", "state", "points", "won", "share", "covered", "expected", "basis"),
        (
            (run.pk, r.body, r.item, r.state, r.points, r.won, r.share, r.covered, r.expected, json.dumps(r.basis))
            for r in outcome.results
        ),
    )
    Total.objects.bulk_create(
        [
            Total(
                run=run,
                body_id=t.body,
                scale=t.scale,
                applicable=t.applicable,
                available=t.available,
                won=t.won,
                converted=t.converted,
                grade=t.grade,
                vetoed=t.vetoed,
            )
            for t in outcome.totals
        ],
        batch_size=2000,
    )
    return run


def digest_of(outcome: Outcome) -> str:
    """SHA-256 over every figure of the outcome as text, partitions included."""
    rows = [
        [r.body, r.item, r.state, r.points, r.won, r.share, r.covered, r.expected, r.basis] for r in outcome.results
    ]
    totals = [
        [t.body, t.scale, t.applicable, t.available, t.won, t.converted, t.grade, t.vetoed] for t in outcome.totals
    ]
    text = json.dumps([rows, totals, sorted(outcome.partitions.items())], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
