"""值得一提的变化: set by a plant for days to come, and frozen into a question when it is registered."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from ronglu.kernel.labour import number, written
from ronglu.kernel.measure.effect import EffectRules, EffectTrouble, better
from ronglu.kernel.measure.indicator import Indicator
from ronglu.store.models import Account, EffectFloor, Plant
from ronglu.work import audits

WHAT = "值得一提的变化"


@dataclass(frozen=True, slots=True)
class Frozen:
    """As it is kept with a question: an amount or a share (2%), and who said so."""

    text: str
    origin: str


@transaction.atomic
def put(
    *, plant: Plant, indicator: Indicator, change: str, from_on: dt.date, reason: str, by: Account, at: dt.datetime
) -> EffectFloor:
    """From tomorrow at the earliest: what is set today moves no question that has already begun."""
    better(indicator)
    least = _positive(change)
    if least is None:
        raise EffectTrouble(f"请写{WHAT}，按指标的单位")
    if from_on <= at.date():
        raise EffectTrouble(f"只能从明天或以后起用：{from_on} 已到，已经开始的事按原来的判")
    said = written(reason, what="依据", longest=200)
    rows = EffectFloor.objects.select_for_update().filter(plant=plant, indicator=indicator.code)
    # what was to begin later is replaced: it never held
    rows.filter(from_on__gte=from_on).delete()
    before = rows.on(from_on).first()  # type: ignore[attr-defined]
    if before is not None:
        before.until_on = from_on
        before.save(update_fields=["until_on"])
    row = EffectFloor.objects.create(
        plant=plant, indicator=indicator.code, change=f"{least:f}", from_on=from_on, reason=said, set_by=by, set_at=at
    )
    detail = {
        "indicator": indicator.code,
        "change": row.change,
        "from": str(from_on),
        "before": before.change if before else "",
    }
    audits.record(verb="effects.floor", by=by, at=at, subject=indicator.code, plant=plant, detail=detail)
    return row


def frozen(*, plant: Plant, indicator: str, own: str, usual: EffectRules, begins: dt.date, at: dt.datetime) -> Frozen:
    """The value that held when the question was registered, or when its window began if that was earlier.

    Who registers beforehand may say his own; afterwards nobody may, or he would choose it by what came out.
    """
    least = _positive(own)
    if least is not None:
        if at.date() >= begins:
            raise EffectTrouble(f"事后选定的不能另写{WHAT}：空着，用厂里那时候的规定")
        return Frozen(f"{least:f}", "own")
    row = EffectFloor.objects.on(min(begins, at.date())).filter(plant=plant, indicator=indicator).first()
    return Frozen(row.change, "plant") if row else Frozen(usual.text, "usual")


def listed(plant: Plant) -> list[EffectFloor]:
    """By indicator, the newest first."""
    return list(EffectFloor.objects.filter(plant=plant))


def _positive(text: str) -> Decimal | None:
    least = number(text, what=WHAT)
    if least is not None and least <= 0:
        raise EffectTrouble(f"{WHAT}应大于 0；不知道就空着，用厂里的默认")
    return least
