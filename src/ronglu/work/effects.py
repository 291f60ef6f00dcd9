"""成效判断: a question is registered, asked of the worker once its days are over, and answered by the worker alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from ronglu.kernel.measure import effect as rules
from ronglu.kernel.measure.effect import EffectTrouble, Word
from ronglu.kernel.measure.indicator import Indicator
from ronglu.store.history import unit_tree
from ronglu.store.models import Account, Effect, EffectState, IndicatorRow, Job, PlanStop, Plant, Unit
from ronglu.work import audits, effect_floors, jobs

JOB = "effect"
ONE = dt.timedelta(days=1)
State = EffectState


@transaction.atomic
def register(
    *,
    unit: Unit,
    indicator: Indicator,
    usual: rules.EffectRules,
    title: str,
    from_on: dt.date,
    until_on: dt.date,
    by: Account,
    at: dt.datetime,
    kind: str = "plain",
    subject: str = "",
    controls: Sequence[Unit] = (),
    covariates: Sequence[str] = (),
    weekday: str = "no",
    smallest: str = "",
) -> Effect:
    """`until_on` is the day after the last. Asked at once where that day has come. `usual`: the share of the usual level
    that is worth speaking of where nobody said otherwise."""
    rules.check(indicator, from_on=from_on, until_on=until_on)
    if not title.strip():
        raise EffectTrouble("请写明做了什么")
    floor = effect_floors.frozen(
        plant=unit.plant, indicator=indicator.code, own=smallest, usual=usual, begins=from_on, at=at
    )
    if indicator.code in covariates:
        raise EffectTrouble(f"{indicator.name}是要判断的指标，不能又拿来一并考虑")
    _check_controls(unit, indicator, controls, from_on, until_on)
    try:
        with transaction.atomic():
            row = Effect.objects.create(
                plant=unit.plant, unit=unit, indicator=indicator.code, title=title.strip(), kind=kind, subject=subject,
                from_on=from_on, until_on=until_on, controls=[one.pk for one in controls], covariates=list(covariates),
                weekday=weekday, smallest=floor.text, smallest_from=floor.origin, registered_by=by, registered_at=at,
            )  # fmt: skip
    except IntegrityError as trouble:
        raise EffectTrouble(f"“{title.strip()}”在这条产线、这个指标、这段时间已经登记过") from trouble
    _note("register", row, by=by, at=at, window=[str(from_on), str(until_on)], beforehand=row.beforehand)
    if until_on <= at.date():
        ask(effect=row, by=by, at=at)
    return row


@transaction.atomic
def ask(*, effect: Effect, by: Account | None, at: dt.datetime) -> Job:
    """Once the days are over; again where readings were corrected or came late since."""
    if effect.until_on > at.date():
        raise EffectTrouble(f"要到 {effect.until_on} 以后才能判：这段时间还没有过完")
    asleep = (State.REGISTERED, State.JUDGED, State.FAILED, *((State.QUEUED,) if lost(effect) else ()))
    if not _move(effect, asleep, State.QUEUED):
        raise EffectTrouble(f"“{effect.title}”正在判，请稍等")
    return jobs.enqueue(
        kind=JOB, label=f"判成效：{effect.title}", plant=effect.plant, args={"effect": effect.pk}, by=by, at=at
    )


def lost(effect: Effect) -> bool:
    """Whether it waits for an answer that nobody is reckoning any more: its worker died over it, or was told to stop."""
    at_work = Job.objects.filter(kind=JOB, args__effect=effect.pk, state__in=jobs.UNDER_WAY)
    return effect.state == State.QUEUED and not at_work.exists()


@transaction.atomic
def answer(*, effect: Effect, word: Word, result: dict[str, Any], by: Account | None, at: dt.datetime) -> None:
    """The worker's finding; the one before it stays in the trail as its word."""
    before = effect.word
    if not _move(effect, (State.QUEUED,), State.JUDGED, word=word.value, result=result, judged_at=at):
        raise EffectTrouble(f"“{effect.title}”没有在判，不能写结论")
    _note("answer", effect, by=by, at=at, word=word.value, before=before)


@transaction.atomic
def fail(*, effect: Effect, at: dt.datetime) -> None:
    """The reason stands beside the job."""
    _move(effect, (State.QUEUED,), State.FAILED)
    _note("fail", effect, by=None, at=at)


def ask_due(*, plant: Plant, through: dt.date, at: dt.datetime) -> list[Effect]:
    """Registered beforehand, over by now, its line reported as far as its last day, and nothing of it waits for an audit."""
    due = Effect.objects.filter(plant=plant, state=State.REGISTERED, until_on__lte=through + ONE)
    asked = [one for one in due.filter(until_on__lte=at.date()) if _reported(one)]
    for one in asked:
        ask(effect=one, by=None, at=at)
    return asked


def stopped(unit: Unit) -> list[tuple[dt.date, dt.date]]:
    """Planned stops, half-open; of an open one the end lies far ahead."""
    rows = PlanStop.objects.filter(unit=unit).approved()  # type: ignore[attr-defined]
    return [(row.from_on, row.until_on or dt.date.max) for row in rows]


def smallest_of(effect: Effect, *, usual: Iterable[Decimal], rules_of: rules.EffectRules, decimals: int) -> Decimal:
    """What was frozen at registration: an amount, or a share of the usual level. `rules_of` only where nothing was frozen."""
    share = rules.share_of(effect.smallest)
    if effect.smallest and share is None:
        return Decimal(effect.smallest)
    known = list(usual)
    level = sum(known, Decimal(0)) / len(known) if known else Decimal(0)
    return (rules_of if share is None else share).smallest(level, decimals=decimals)


def _reported(effect: Effect) -> bool:
    days = IndicatorRow.objects.filter(plant=effect.plant, unit=effect.unit_id, grain="day")
    waits = days.filter(
        indicator=effect.indicator, period__gte=str(effect.from_on), period__lt=str(effect.until_on), pending__gt=0
    )
    return days.filter(period__gte=str(effect.until_on - ONE)).exclude(value="").exists() and not waits.exists()


def _check_controls(
    unit: Unit, indicator: Indicator, controls: Sequence[Unit], from_on: dt.date, until_on: dt.date
) -> None:
    """A line at which something was done to the same indicator in these days mirrors that, too."""
    for one in controls:
        if one.pk == unit.pk or one.plant_id != unit.plant_id:
            raise EffectTrouble("对照产线应是本厂另一条没有做这件事的产线")
    busy = Effect.objects.filter(
        unit__in=controls, indicator=indicator.code, from_on__lt=until_on, until_on__gt=from_on
    )
    if (other := busy.order_by("from_on").first()) is not None:
        name = unit_tree(unit.plant).at(other.from_on).nodes[other.unit_id].name
        span = f"{other.from_on} 至 {other.until_on - ONE}"
        raise EffectTrouble(f"{name}在 {span} 也登记了对{indicator.name}做的事，不能作对照，请换一条")


def _move(effect: Effect, states: tuple[str, ...], to: str, **changes: Any) -> bool:
    """Compare and set: of two who ask at once, one asks."""
    done = Effect.objects.filter(pk=effect.pk, state__in=states).update(state=to, **changes)
    effect.refresh_from_db()
    return bool(done)


def _note(verb: str, effect: Effect, *, by: Account | None, at: dt.datetime, **detail: Any) -> None:
    subject = f"{effect.unit.code} {effect.indicator} {effect.title}"
    audits.record(verb=f"effects.{verb}", by=by, at=at, subject=subject, plant=effect.plant, detail=detail)
