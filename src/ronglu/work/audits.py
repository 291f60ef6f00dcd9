"""The audit trail: one line a write or a refusal that matters. It is only ever added to; nothing here changes or removes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ronglu.store.models import Account, AuditEntry, Plant
from ronglu.work.scope import Refusal, Scope, Subject

# refusals that are written down: someone tried to see what belongs to a person (07 §7.1)
WATCHED = frozenset(
    {
        "scores_of_persons.see",
        "coefficients.see",
        "membership.see",
        "accounts.manage",
        "permissions.manage",
        "audit.read",
    }
)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of the audit page; `account` is a number, or part of a person's or an account's name; both days included."""

    noun: str = ""
    verb: str = ""
    account: str = ""
    plant: str = ""
    outcome: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def entries(wanted: Wanted) -> QuerySet[AuditEntry]:
    """Newest first. Only for a reader with audit.read."""
    found = AuditEntry.objects.select_related("account__person", "plant")
    exact = {"verb": wanted.verb, "outcome": wanted.outcome, "plant__code": wanted.plant}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.noun:
        found = found.filter(verb__startswith=f"{wanted.noun}.")
    if wanted.account:
        named = Q(account__person__name__icontains=wanted.account) | Q(account__label__icontains=wanted.account)
        found = found.filter(Q(account__staff_no=wanted.account) | named)
    if wanted.since:
        found = found.filter(at__gte=dt.datetime.combine(wanted.since, dt.time.min))
    if wanted.until:
        found = found.filter(at__lt=dt.datetime.combine(wanted.until + dt.timedelta(days=1), dt.time.min))
    return found
