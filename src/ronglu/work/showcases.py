"""晒业绩: a crew's leader decides that his crew shows its board, which indicators, and when it no longer does; nobody else does."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble
from ronglu.store.models import Account, Showcase, ShowcaseState, Unit
from ronglu.work import audits

MOST = 6
"""A screen that is read in passing carries no more."""


class BadShowcase(LabourTrouble):
    """业绩不能这样晒。"""


@transaction.atomic
def show(
    *, unit: Unit, indicators: Sequence[str], known: Collection[str], by: Account, at: dt.datetime, words: str = ""
) -> Showcase:
    """Only a crew: there is no board of a person. What it showed before makes way for this."""
    unit = Unit.objects.select_for_update().select_related("plant").get(pk=unit.pk)
    if unit.kind != "crew":
        raise BadShowcase("只有横大班可以晒业绩，不晒个人，也不替别的单位晒")
    chosen = list(dict.fromkeys(indicators))
    if not 1 <= len(chosen) <= MOST:
        raise BadShowcase(f"请选 1 到 {MOST} 个指标，现选 {len(chosen)} 个")
    if unknown := [code for code in chosen if code not in known]:
        raise BadShowcase(f"本厂没有这些指标：{'、'.join(unknown)}")
    if len(words.strip()) > 40:
        raise BadShowcase(f"本班的话最多 40 字，现有 {len(words.strip())} 字")
    if before := Showcase.objects.filter(once=unit.pk).first():
        _revoked(before, by=by, at=at)
    row = Showcase.objects.create(
        unit=unit, indicators=chosen, words=words.strip(), shown_by=by, shown_at=at, once=unit.pk
    )
    _note("show", row, by=by, at=at)
    return row


@transaction.atomic
def revoke(*, showcase: Showcase, by: Account, at: dt.datetime) -> Showcase:
    """At once and without a reason: nobody has to explain why a board is gone."""
    row = Showcase.objects.select_for_update().select_related("unit__plant").get(pk=showcase.pk)
    if row.state != ShowcaseState.SHOWN:
        raise BadShowcase("这块板已经收回")
    _revoked(row, by=by, at=at)
    _note("revoke", row, by=by, at=at)
    return row


def _revoked(row: Showcase, *, by: Account, at: dt.datetime) -> None:
    row.state, row.once, row.revoked_by, row.revoked_at = ShowcaseState.REVOKED, None, by, at
    row.save(update_fields=["state", "once", "revoked_by", "revoked_at"])


def _note(verb: str, row: Showcase, *, by: Account, at: dt.datetime) -> None:
    detail = {"indicators": list(row.indicators)}
    audits.record(verb=f"showcases.{verb}", by=by, at=at, subject=row.unit.code, plant=row.unit.plant, detail=detail)
