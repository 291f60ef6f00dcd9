"""How the clock goes through rows whose look is due: in small transactions, beside another clock, around what fails."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, models, transaction
from django.db.models import F

from ronglu.store.models import TendFault, TendMark

log = logging.getLogger(__name__)

BATCH = 50
"""Rows a transaction: SQLite lets nobody else write while it lasts."""
OFTEN = 5
AGAIN = dt.timedelta(hours=1)
SKEW = dt.timedelta(days=1)
"""How far two clocks may stand apart; what lies further ahead was written while a clock stood wrong."""


class Unending(RuntimeError):
    """一次巡看中反复到期，不再往下看。"""


@dataclass
class Tended:
    """How many rows were looked at, people told, moved by the clock, and left for later because they failed."""

    looked: int = 0
    told: int = 0
    moved: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One kind of row. `due` are those to be looked at, the oldest first, by an indexed `next_at`; `look` goes through some,
    inside a transaction, and sets the next look of each; `label` names one to people.
    """

    name: str
    model: type[models.Model]
    due: models.QuerySet[Any]
    look: Callable[[list[Any]], None]
    label: Callable[[Any], str]


def go(turn: Turn, *, at: dt.datetime, found: Tended, batch: int = BATCH) -> Tended:
    """Until nothing is due. A row that fails is put off for an hour and kept in mind; the others go on."""
    often: Counter[int] = Counter()
    faulty = set(TendFault.objects.filter(key__startswith=f"{turn.name}:").values_list("key", flat=True))
    while True:
        try:
            pks = _look(turn, turn.due, often, batch)
        except OperationalError:
            raise  # the database is busy or gone: nobody's fault but the hour's
        except Exception:
            pks = list(turn.due.values_list("pk", flat=True)[:batch])
            pks = [pk for pk in pks if _alone(turn, pk, often, at=at, found=found)] or pks
        if not pks:
            return found
        found.looked += len(pks)
        if mended := faulty & {f"{turn.name}:{pk}" for pk in pks}:
            TendFault.objects.filter(key__in=mended, at__lt=at).delete()


def _look(turn: Turn, due: models.QuerySet[Any], often: Counter[int], batch: int) -> list[int]:
    """One transaction. Rows that another clock holds are left to it."""
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True, of=("self",))[:batch])
        often.update(row.pk for row in rows)
        if any(often[row.pk] > OFTEN for row in rows):
            raise Unending("一次巡看中反复到期")
        if rows:
            turn.look(rows)
    return [row.pk for row in rows]


def _alone(turn: Turn, pk: int, often: Counter[int], *, at: dt.datetime, found: Tended) -> bool:
    """A row by itself after its batch failed; False: it is this one that fails."""
    try:
        _look(turn, turn.due.filter(pk=pk), often, 1)
    except OperationalError:
        raise
    except Exception as why:
        log.exception("tending %s %s failed", turn.name, pk)
        _put_off(turn, pk, why, at=at)
        found.failed += 1
        return False
    return True


@transaction.atomic
def _put_off(turn: Turn, pk: int, why: Exception, *, at: dt.datetime) -> None:
    row = turn.model._default_manager.filter(pk=pk).first()
    if row is None:
        return
    turn.model._default_manager.filter(pk=pk).update(next_at=at + AGAIN)
    keep(key=f"{turn.name}:{pk}", label=turn.label(row), why=why, at=at)


def keep(*, key: str, label: str, why: Exception, at: dt.datetime) -> None:
    """Keeps in mind what failed, once however often; `ronglu check` tells it."""
    said = {"label": label[:120], "detail": f"{type(why).__name__}：{why}"[:300], "at": at}
    _, new = TendFault.objects.get_or_create(key=key, defaults=said)
    if not new:
        TendFault.objects.filter(key=key).update(times=F("times") + 1, **said)


def resting(key: str, *, at: dt.datetime) -> bool:
    """Whether it failed so lately that it is not yet tried again."""
    return TendFault.objects.filter(key=key, at__gt=at - AGAIN, at__lte=at + SKEW).exists()


def mended(key: str, *, at: dt.datetime) -> None:
    """It went well, unless it only rested."""
    TendFault.objects.filter(key=key).exclude(at__gt=at - AGAIN, at__lte=at + SKEW).delete()


@transaction.atomic
def daily(name: str, *, on: dt.date, at: dt.datetime, run: Callable[[], object]) -> bool:
    """Runs once for a day, together with its mark or not at all; of two clocks the second finds it done.

    A mark further ahead than two clocks may differ is from a machine whose clock stood wrong: it keeps nothing from its turn.
    """
    TendMark.objects.get_or_create(name=name, defaults={"on": dt.date.min, "at": at})
    mark = TendMark.objects.select_for_update().get(name=name)
    if on <= mark.on <= on + SKEW:
        return False
    run()
    TendMark.objects.filter(pk=mark.pk).update(on=on, at=at)
    return True


def came_round(name: str, *, at: dt.datetime) -> None:
    """Leaves the moment of the last pass for whoever asks whether the clock runs."""
    said = {"on": at.date(), "at": at}
    _, new = TendMark.objects.get_or_create(name=name, defaults=said)
    if not new:
        TendMark.objects.filter(name=name).update(**said)
