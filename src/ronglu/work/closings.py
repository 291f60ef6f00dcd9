"""Closing a month: proposed by one, closed by another, once; from then on its score only changes by a signed adjustment."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from ronglu.kernel.loops.loop import OVER
from ronglu.kernel.rules.state import State
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Closing, Plant, Result, Review, Ruling, Run
from ronglu.store.values import calendar_of
from ronglu.work import appeals, audits, hands, partitions, runs, seals
from ronglu.work.queries import agreed

PROPOSED, CLOSED, WITHDRAWN = "proposed", "closed", "withdrawn"
NAMED = 3
"""Reviews that are named; the rest is counted."""


class ClosingProblem(ValueError):
    """这个月现在不能关账。"""


class Closed(ValueError):
    """这个月已经关账。"""


def of(*, plant: Plant, month: Period) -> Closing | None:
    found = Closing.objects.filter(plant=plant, month=month.yyyymm)
    return found.select_related("run__sheet", "seal", "proposed_by__person", "closed_by__person").first()


def is_closed(*, plant: Plant, month: Period) -> bool:
    return Closing.objects.filter(plant=plant, month=month.yyyymm, state=CLOSED).exists()


def closed_on(*, plant: Plant, months: Iterable[Period]) -> dict[Period, dt.date]:
    """The day on which each of these months was closed; those that stand open are not there."""
    rows = Closing.objects.filter(plant=plant, state=CLOSED, month__in=[one.yyyymm for one in months])
    return {Period.from_yyyymm(month): at.date() for month, at in rows.values_list("month", "closed_at") if at}


def hold(plant: Plant) -> None:
    """Until the end of the caller's transaction no month of the plant is closed: what the caller writes is sealed with its
    month, or meets the closed one. Readers, and rows that only name the plant, go on."""
    Plant.objects.select_for_update(no_key=True).get(pk=plant.pk)


def refuse_closed(*, plant: Plant, month: Period) -> None:
    """For every verb that would move the score of a month; inside its transaction."""
    hold(plant)
    if is_closed(plant=plant, month=month):
        raise Closed(f"{month} 已关账：得分不再改动。确有差错的，更正原始记录后走“关账后调整”，或由申诉改判")


def blockers(*, plant: Plant, month: Period, on: dt.date) -> list[str]:
    """Everything that still stands against closing the month, in words; each says what would clear it."""
    run = runs.newest(plant=plant, month=month)
    if run is None:
        return [f"{month} 还没有计过分：请先计分"]
    found = []
    # production and the life of the branches each have a month of this name; both are over
    last = max(month.last, calendar_of(plant).days_of(month)[1])
    if on <= last:
        found.append(f"{month} 还没有过完（到 {last}）")
    if partitions.moved_on(run) or agreed.outdated(run):
        found.append(f"第 {run.number} 次计分之后记录又有变动：请重新计分")
    found += _waiting(run)
    found += _unsigned(plant, month)
    found += _reviewed(plant, month)
    found += _earlier(plant, month)
    return found


@transaction.atomic
def propose(*, plant: Plant, month: Period, by: Account, on: dt.date, at: dt.datetime) -> Closing:
    """Asks for the close of the run that stands; whoever proposes is not the one who closes."""
    refuse_closed(plant=plant, month=month)
    _refuse(month, blockers(plant=plant, month=month, on=on))
    run = runs.newest(plant=plant, month=month)
    assert run is not None
    closing, _ = Closing.objects.update_or_create(
        plant=plant, month=month.yyyymm,
        defaults={"state": PROPOSED, "run": run, "proposed_by": by, "proposed_at": at},
    )  # fmt: skip
    _note("month.propose", closing, by, at, run=run.number)
    return closing


@transaction.atomic
def withdraw(*, closing: Closing, reason: str, by: Account, at: dt.datetime) -> None:
    if not reason.strip():
        raise ClosingProblem("请写明为什么撤回")
    if not Closing.objects.filter(pk=closing.pk, state=PROPOSED).update(state=WITHDRAWN):
        raise ClosingProblem("只有待复核的关账可以撤回")
    _note("month.withdraw", closing, by, at, reason=reason.strip())


def refuse_hand(*, closing: Closing, by: Account, on: dt.date) -> None:
    """What `close` would refuse, asked before the work is queued."""
    month = Period.from_yyyymm(closing.month)
    if closing.state == CLOSED:
        raise Closed(_already(closing))
    if closing.state != PROPOSED:
        raise ClosingProblem(f"{month} 还没有人提请关账")
    hands.apart(
        by, closing.proposed_by, on=on, trouble=ClosingProblem, own="提请的人不能自己复核关账，请由另一人核对后关账"
    )
    _refuse(month, blockers(plant=closing.plant, month=month, on=on))
    newest = runs.newest(plant=closing.plant, month=month)
    if newest is None or newest.pk != closing.run_id:
        raise ClosingProblem("提请之后又计过一次分：请撤回后就新的结果重新提请")


@transaction.atomic
def close(
    *, closing: Closing, files: Mapping[str, str], by: Account, on: dt.date, at: dt.datetime
) -> Closing:  # fmt: skip
    """Closes and seals. Of two who close the same month exactly one wins; the other hears who did.

    `files` are the archived files of the month, path below its folder → digest by the plant's algorithm.
    """
    hold(closing.plant)  # closings of a plant follow one another: the chain has one next number
    closing = Closing.objects.select_related("run", "plant", "proposed_by", "closed_by__person").get(pk=closing.pk)
    refuse_hand(closing=closing, by=by, on=on)
    if not Closing.objects.filter(pk=closing.pk, state=PROPOSED).update(state=CLOSED, closed_by=by, closed_at=at):
        raise Closed(_already(Closing.objects.select_related("closed_by__person").get(pk=closing.pk)))
    closing.state, closing.closed_by, closing.closed_at = CLOSED, by, at
    algorithm = algorithm_of(closing.plant)
    manifest = seals.of_closing(closing, files=files, algorithm=algorithm)
    closing.seal = seals.append(
        plant=closing.plant, kind=seals.MONTH, month=closing.month, manifest=manifest, algorithm=algorithm
    )
    closing.save(update_fields=["seal"])
    _note("month.close", closing, by, at, run=closing.run.number, digest=closing.seal.digest)
    return closing


def algorithm_of(plant: Plant) -> str:
    """⚙ SHA-256 unless the plant asks for SM3."""
    return str(plant.settings.get("seal", "sha256"))


def reviewed_since(plant: Plant) -> Period | None:
    """⚙ The first month whose branches are reviewed (work/reviews); None where the plant does without."""
    begun = plant.settings.get("review", "off")
    return None if begun == "off" else Period.parse(begun)


def _waiting(run: Run) -> list[str]:
    found = Result.objects.filter(run=run, state=State.AWAITING_REVIEW.value).order_by("item")
    items = sorted(set(found.values_list("item", flat=True)))
    return [f"{'、'.join(items)} 还有 {len(found)} 处待评：请评审人先评完"] if items else []


def _reviewed(plant: Plant, month: Period) -> list[str]:
    """In a plant that reviews its months: every branch is past the days of appeal."""
    begun = reviewed_since(plant)
    if begun is None or month < begun:
        return []
    rows = Review.objects.filter(body__plant=plant, kind="monthly", period=str(month))
    if not rows.exists():
        return [f"{month} 的月审核还没有发起（月末之后由系统发起）"]
    left = [one.case for one in rows.exclude(case__phase__in=OVER).select_related("case").order_by("case__number")]
    if not left:
        return []
    appealed = sorted({number for numbers in appeals.holding(left).values() for number in numbers})
    why = f"；申诉 {'、'.join(appealed)} 还没有裁定" if appealed else ""
    named = "、".join(one.number for one in left[:NAMED]) + ("等" if len(left) > NAMED else "")
    return [f"{month} 还有 {len(left)} 个支部的月审核没有过申诉期（{named}）{why}"]


def _unsigned(plant: Plant, month: Period) -> list[str]:
    """A ruling is signed or withdrawn before the close, since its row is sealed with the month."""
    count = Ruling.objects.filter(body__plant=plant, month=month.yyyymm, state="entered").count()
    return [f"有 {count} 条申诉改判还没有签认：请签认或撤回"] if count else []


def _earlier(plant: Plant, month: Period) -> list[str]:
    """Once a month is closed, the next ones follow in order; before the first one a plant may begin anywhere."""
    last = Closing.objects.filter(plant=plant, state=CLOSED, month__lt=month.yyyymm).order_by("-month").first()
    if last is None:
        later = Closing.objects.filter(plant=plant, state=CLOSED, month__gt=month.yyyymm).order_by("month").first()
        return [f"{Period.from_yyyymm(later.month)} 已经关账，更早的月份不能再关"] if later else []
    between = Run.objects.filter(plant=plant, month__gt=last.month, month__lt=month.yyyymm)
    missing = sorted(set(between.values_list("month", flat=True)))
    return [f"{Period.from_yyyymm(missing[0])} 还没有关账：请按月份先后关账"] if missing else []


def _already(closing: Closing) -> str:
    by = closing.closed_by
    who = (by.person.name if by.person else str(by)) if by else ""
    when = f"{closing.closed_at:%Y-%m-%d %H:%M}" if closing.closed_at else ""
    return f"{Period.from_yyyymm(closing.month)} 已由{who}于 {when} 关账"


def _refuse(month: Period, found: list[str]) -> None:
    if found:
        raise ClosingProblem(f"{month} 现在不能关账：" + "；".join(found))


def _note(verb: str, closing: Closing, by: Account, at: dt.datetime, **detail: object) -> None:
    subject = str(Period.from_yyyymm(closing.month))
    audits.record(verb=verb, by=by, at=at, plant=closing.plant, subject=subject, detail=detail)
