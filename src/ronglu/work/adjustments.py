"""After the close: a correction or a ruling re-values a month as a signed adjustment beside it, agreed by a second person."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.rules.outcome import Outcome, ScaleTotal, Scored
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    Account,
    Adjustment,
    AdjustmentLine,
    AdjustmentTotal,
    Closing,
    Plant,
    Result,
    Total,
)
from ronglu.work import audits, hands, partitions, seals
from ronglu.work.closings import CLOSED, algorithm_of
from ronglu.work.queries import agreed

PROPOSED, APPROVED, REJECTED = "proposed", agreed.APPROVED, "rejected"
Stands = tuple[str, int | None]
Spot = agreed.Spot


class AdjustmentProblem(ValueError):
    """调整不成立。"""


@transaction.atomic
def propose(
    *, closing: Closing, outcome: Outcome, cause: str, by: Account | None, at: dt.datetime
) -> Adjustment | None:  # fmt: skip
    """What the month would be worth by what is known now, against what stands; None where nothing moves.

    A proposal that nobody decided yet is replaced. `by` is None where the system computed it by itself. A reckoning that
    moved nothing is kept too, so that nobody asks for it again.
    """
    if closing.state != CLOSED:
        raise AdjustmentProblem(f"{Period.from_yyyymm(closing.month)} 还没有关账：直接重新计分就行")
    Plant.objects.select_for_update().get(pk=closing.plant_id)
    before, totals = standing(closing), standing_totals(closing)
    moved = [one for one in outcome.results if before.get((one.body, one.item)) != (one.state, one.won)]
    shifted = [one for one in outcome.totals if totals.get((one.body, one.scale)) != one]
    closing.adjustments.filter(state=PROPOSED).update(
        state=REJECTED, why="又重算了一次，以新的为准", decided_at=at
    )  # fmt: skip
    number = (closing.adjustments.aggregate(n=Max("number"))["n"] or 0) + 1
    what = {
        "closing": closing,
        "number": number,
        "proposed_by": by,
        "proposed_at": at,
        "partitions": dict(outcome.partitions),
    }
    if not moved and not shifted:
        Adjustment.objects.create(
            **what, state=REJECTED, cause=cause.strip()[:300], why="重算后没有变化", decided_at=at
        )
        return None
    made = Adjustment.objects.create(**what, state=PROPOSED, cause=cause.strip()[:300] or "更正")
    AdjustmentLine.objects.bulk_create(_line(made, r, before.get((r.body, r.item), ("", None))) for r in moved)
    AdjustmentTotal.objects.bulk_create(_total(made, t, totals.get((t.body, t.scale))) for t in shifted)
    _note("adjustments.propose", made, by, at, cause=made.cause, items=len(moved))
    return made


def behind(closing: Closing) -> bool:
    """Whether what a closed month rests on moved since the close, or since it was reckoned again after it: its records, or
    the scores of earlier months that it carries along."""
    last = closing.adjustments.order_by("-number").first()
    known = last.partitions if last else closing.run.partitions
    if partitions.moved(plant=closing.plant_id, month=closing.month, known=known):
        return True
    since = agreed.outdated(closing.run)
    return since is not None and (last is None or since > last.proposed_at)


@transaction.atomic
def approve(*, adjustment: Adjustment, by: Account, at: dt.datetime, why: str = "") -> Adjustment:
    """From now on the month stands as adjusted; sealed into the chain. Never by the one who asked for it."""
    Plant.objects.select_for_update().get(pk=adjustment.closing.plant_id)
    _refuse_own(adjustment, by, at.date())
    _decide(adjustment, APPROVED, why, by, at)
    algorithm = algorithm_of(adjustment.closing.plant)
    adjustment.seal = seals.append(
        plant=adjustment.closing.plant, kind=seals.ADJUSTMENT, month=adjustment.closing.month, algorithm=algorithm,
        manifest=seals.of_adjustment(adjustment, algorithm=algorithm),
    )  # fmt: skip
    adjustment.save(update_fields=["seal"])
    _note("adjustments.approve", adjustment, by, at, digest=adjustment.seal.digest)
    return adjustment


@transaction.atomic
def reject(*, adjustment: Adjustment, why: str, by: Account, at: dt.datetime) -> None:
    if not why.strip():
        raise AdjustmentProblem("请写明为什么不采纳")
    _refuse_own(adjustment, by, at.date())
    _decide(adjustment, REJECTED, why, by, at)
    _note("adjustments.reject", adjustment, by, at, why=why.strip())


def standing(closing: Closing) -> dict[Spot, Stands]:
    """(branch, item) → state and points in hundredths as they stand: the close, then every approved adjustment in order."""
    rows = Result.objects.filter(run=closing.run_id).values_list("body_id", "item", "state", "won")
    found: dict[Spot, Stands] = {(body, item): (state, won) for body, item, state, won in rows}
    return found | {spot: (one.state, one.won) for spot, one in agreed.of_run(closing.run_id).items()}


def standing_totals(closing: Closing) -> dict[Spot, ScaleTotal]:
    """(branch, scale) → the total as it stands."""
    found = {(one.body_id, one.scale): _as_total(one) for one in Total.objects.filter(run=closing.run_id)}
    return found | {spot: _as_total(one) for spot, one in agreed.totals_of_run(closing.run_id).items()}


def listed(*, plant: Plant) -> list[Adjustment]:
    found = Adjustment.objects.filter(closing__plant=plant).exclude(state=REJECTED, decided_by=None)
    return list(
        found.select_related("closing", "seal", "proposed_by__person", "decided_by__person").order_by(
            "-closing__month", "-number"
        )
    )


def _line(made: Adjustment, one: Scored, before: Stands) -> AdjustmentLine:
    state, won = before
    return AdjustmentLine(
        adjustment=made, body_id=one.body, item=one.item, state_before=state, state_after=one.state, before=won,
        after=one.won, share=one.share, basis=dict(one.basis),
    )  # fmt: skip


def _total(made: Adjustment, one: ScaleTotal, old: ScaleTotal | None) -> AdjustmentTotal:
    return AdjustmentTotal(
        adjustment=made, body_id=one.body, scale=one.scale, applicable=one.applicable, available=one.available, won=one.won,
        before=old.converted if old else None, converted=one.converted, grade_before=old.grade if old else "",
        grade=one.grade, vetoed=one.vetoed,
    )  # fmt: skip


def _as_total(one: Total | AdjustmentTotal) -> ScaleTotal:
    return ScaleTotal(
        body=one.body_id, scale=one.scale, applicable=one.applicable, available=one.available, won=one.won,
        converted=one.converted, grade=one.grade, vetoed=one.vetoed,
    )  # fmt: skip


def _refuse_own(adjustment: Adjustment, by: Account, on: dt.date) -> None:
    hands.apart(
        by, adjustment.proposed_by, on=on, trouble=AdjustmentProblem, own="提出重算的人不能自己复核，请由另一人决定"
    )


def _decide(adjustment: Adjustment, state: str, why: str, by: Account, at: dt.datetime) -> None:
    done = Adjustment.objects.filter(pk=adjustment.pk, state=PROPOSED).update(
        state=state, why=why.strip()[:300], decided_by=by, decided_at=at
    )
    if not done:
        raise AdjustmentProblem("这次调整已经处理过，或已被新的重算取代，请刷新")
    adjustment.refresh_from_db()


def _note(verb: str, adjustment: Adjustment, by: Account | None, at: dt.datetime, **detail: object) -> None:
    month = Period.from_yyyymm(adjustment.closing.month)
    subject = f"{month} 第 {adjustment.number} 次"
    audits.record(verb=verb, by=by, at=at, plant=adjustment.closing.plant, subject=subject, detail=detail)
