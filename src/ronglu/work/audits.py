"""The audit trail: one line a write or a refusal that matters. It is only ever added to; nothing here changes or removes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from ronglu.store.models import Account, AuditEntry, Plant
from ronglu.work.scope import Refusal, Scope, Subject

# refusals that are written down: someone tried to see what belongs to a person (07 §7.1)
WATCHED = frozenset({"scores_of_persons.see", "membership.see", "accounts.manage", "permissions.manage", "audit.read"})


def record(
    *,
    verb: str,
    by: Account | None,
    at: dt.datetime,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    outcome: str = "ok",
    plant: Plant | None = None,
) -> AuditEntry:
    """Part of the caller's transaction: what was not done is not written down as done. Never put a secret in `detail`."""
    return AuditEntry.objects.create(
        at=at, account=by, plant=plant, verb=verb, subject=subject[:200], detail=dict(detail or {}), outcome=outcome
    )


def refused(*, refusal: Refusal, by: Account, at: dt.datetime, subject: str = "") -> None:
    """Writes down a refusal, if it is one of those that are watched."""
    if refusal.verb in WATCHED:
        record(verb=refusal.verb, by=by, at=at, subject=subject, detail={"reason": refusal.reason}, outcome="refused")


def check(*, scope: Scope, verb: str, by: Account, at: dt.datetime, subject: Subject = None) -> Refusal | None:
    """`scope.may`, and a line in the trail when the answer is no and the verb is watched."""
    refusal = scope.may(verb, subject)
    if refusal is not None:
        named = "" if subject is None else f"{type(subject).__name__.lower()}:{subject.pk}"
        refused(refusal=refusal, by=by, at=at, subject=named)
    return refusal


def entries(*, verb: str = "", account: str = "", since: dt.date | None = None) -> QuerySet[AuditEntry]:
    """Newest first; filters of the audit page. Only for a reader with audit.read."""
    found = AuditEntry.objects.select_related("account__person", "plant")
    if verb:
        found = found.filter(verb=verb)
    if account:
        found = found.filter(account__staff_no=account)
    if since:
        found = found.filter(at__gte=dt.datetime.combine(since, dt.time.min))
    return found
