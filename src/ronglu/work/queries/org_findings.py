"""Findings of the organisation rules as a reader may see them: the rule's words, its source and standing, what clears it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from ronglu.kernel.org.checks import unchecked
from ronglu.kernel.regulation.finding import NOTE
from ronglu.kernel.regulation.rule import Rule, Threshold
from ronglu.store.models import Body, Finding, Plant, Unit
from ronglu.work.findings import EDITED, rulebook
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

OWN = frozenset({"M", "D"})
"""Marks of values that are ours, never a superior's."""
PERSONAL = ":age:"
"""A finding on one person's years in the Party is for those who may see membership."""
COUNTED_AFTER = 30


@dataclass(frozen=True, slots=True)
class Shown:
    id: int
    rule: str
    label: str
    severity: str
    """MUST, NORM, LOCAL or NOTE."""
    default: bool
    """The rule stands on our own value: 系统默认."""
    source: str
    body: tuple[str, str] | None
    """Code and name of the party body, or of the unit."""
    unit: tuple[str, str] | None
    detail: str
    """What follows the name."""
    clear_by: str
    reason: str
    opened_on: dt.date
    days: int
    counts: bool
    """Old enough, and without a reason, to cost the branch a point (B7)."""
    reasoned: bool
    """A reason may be given instead of clearing it."""

    @property
    def name(self) -> str:
        return (self.body or self.unit or ("", ""))[1]


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as the page of rules tells it."""

    rule: Rule
    default: bool
    thresholds: tuple[tuple[Threshold, bool], ...]
    """Each number with whether it is ours (系统默认)."""
    edited_from: dt.date | None
    checked: bool
    open: int


def visible(*, scope: Scope, plant: Plant, on: dt.date) -> QuerySet[Finding]:
    """Findings that stood on a day, on bodies and units whose sheet the reader may see."""
    bodies, units = scope.bodies("sheet.see"), scope.units("sheet.see")
    rows = Finding.objects.filter(plant=plant, opened_on__lte=on).exclude(cleared_on__lte=on)
    rows = rows.filter(
        Q(body__in=bodies) | Q(body=None, unit__in=units) | Q(body=None, unit=None, plant__in=_whole(scope))
    )
    return rows.exclude(Q(subject__contains=PERSONAL) & ~Q(body__in=scope.bodies("membership.see")))


def _whole(scope: Scope) -> QuerySet[Plant]:
    reach = scope.reach("sheet.see")
    return Plant.objects.all() if reach.everywhere else Plant.objects.filter(pk__in=reach.plants)


def open_finding(pk: int) -> Finding | None:
    return Finding.objects.select_related("plant", "body", "unit").filter(pk=pk, cleared_on=None).first()


def at_places(rows: QuerySet[Finding], *, bodies: Iterable[Body] = (), units: Iterable[Unit] = ()) -> QuerySet[Finding]:
    return rows.filter(Q(body__in=list(bodies)) | Q(unit__in=list(units)))


def ordered(rows: QuerySet[Finding], *, by_age: bool = False) -> QuerySet[Finding]:
    """What must be put right first, then the oldest; or the oldest of all first."""
    order = ("opened_on", "severity") if by_age else ("severity", "opened_on")
    return rows.select_related("body", "unit").order_by(*order, "rule", "pk")


def shown(rows: Iterable[Finding], *, places: Places, on: dt.date) -> list[Shown]:
    """Two trees for the names, whatever the number of findings."""
    rules = {rule.id: rule for rule in rulebook(places.plant).at(on)}
    return [_shown(row, rules.get(row.rule), places, on) for row in rows]


def _shown(row: Finding, rule: Rule | None, places: Places, on: dt.date) -> Shown:
    days = (on - row.opened_on).days
    body = (row.body.code, places.body_name(row.body_id)) if row.body else None
    unit = (row.unit.code, places.unit_name(row.unit_id)) if row.unit else None
    named = (body or unit or ("", ""))[1]
    return Shown(
        id=row.pk,
        rule=row.rule,
        label=rule.label if rule else row.rule,
        severity=row.severity,
        default=rule is not None and is_ours(rule.source.status),
        source=rule.source.text if rule else "",
        body=body,
        unit=unit,
        detail=row.detail.removeprefix(named),
        clear_by=row.clear_by,
        reason=row.reason,
        opened_on=row.opened_on,
        days=days,
        counts=days > COUNTED_AFTER and not row.reason and row.severity != NOTE,
        reasoned=row.severity == "NORM",
    )


def is_ours(status: str) -> bool:
    """V/D is part text, part ours: the text is named, the number is marked on its own."""
    return set(status.split("/")) <= OWN


def told(*, plant: Plant, on: dt.date, rows: QuerySet[Finding]) -> list[Told]:
    """The rules in force with their numbers, and how many findings of each the reader sees."""
    book = rulebook(plant)
    silent = set(unchecked(book, on=on))
    counts = dict(rows.values_list("rule").annotate(n=Count("pk")).values_list("rule", "n"))
    edits = [row for row in plant.settings.get(EDITED, []) if "values" in row and row["from_on"] <= str(on)]
    edited = {row["rule"]: dt.date.fromisoformat(row["from_on"]) for row in sorted(edits, key=lambda r: r["from_on"])}
    return [
        Told(
            rule=rule,
            default=is_ours(rule.source.status),
            thresholds=tuple((one, is_ours(one.status)) for one in rule.thresholds.values()),
            edited_from=edited.get(rule.id),
            checked=rule.id not in silent,
            open=counts.get(rule.id, 0),
        )
        for rule in book.at(on)
    ]


def rule_of(*, plant: Plant, rule: str, on: dt.date) -> Rule | None:
    return rulebook(plant).get(rule, on=on)


def changed(rule: Rule, values: dict[str, Decimal]) -> dict[str, Decimal]:
    """Only the numbers that are other than what holds."""
    return {name: value for name, value in values.items() if rule.thresholds[name].value != value}
