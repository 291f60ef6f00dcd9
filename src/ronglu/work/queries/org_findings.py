"""Findings of the rules as a reader may see them: the rule's words, its source and standing, what clears it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Min, Q, QuerySet

from ronglu.kernel.org.checks import REGISTRY
from ronglu.kernel.regulation.finding import NOTE
from ronglu.kernel.regulation.registry import MEASURES
from ronglu.kernel.regulation.rule import Rule, Side, Threshold
from ronglu.store.charges import charged
from ronglu.store.models import Body, Finding, Person, Plant, Unit
from ronglu.store.rulebook import EDITED, regulations
from ronglu.work.findings import REASONABLE
from ronglu.work.queries.places import Places
from ronglu.work.scope import Scope

OWN = frozenset({"M", "D"})
"""Marks of values that are ours, never a superior's."""
PERSON = "person:"
OF_A_PERSON = Q(subject__contains=":age:") | Q(subject__startswith=PERSON)
"""Findings on a member, or on his years in the Party: for those who may see membership."""
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
class ToldSide:
    side: Side
    checked: bool
    why: str
    """Why it is not checked here; empty also where the plant has switched it off."""


@dataclass(frozen=True, slots=True)
class Told:
    """A rule as the page of rules tells it."""

    rule: Rule
    default: bool
    thresholds: tuple[tuple[Threshold, bool], ...]
    """Each number with whether it is ours (系统默认)."""
    edited_from: dt.date | None
    sides: tuple[ToldSide, ...]
    edits: tuple[dict[str, Any], ...]
    """The plant's own rows, the newest first."""
    open: int

    @property
    def checked(self) -> bool:
        return any(one.checked for one in self.sides)

    @property
    def why(self) -> str:
        """Why nothing of it is checked, where it only tells something."""
        return next((one.why for one in self.sides if one.why), "") if not self.checked else ""


def visible(*, scope: Scope, plant: Plant, on: dt.date) -> QuerySet[Finding]:
    """Findings that stood on a day, on bodies and units whose sheet the reader may see."""
    bodies, units = scope.bodies("sheet.see"), scope.units("sheet.see")
    rows = Finding.objects.filter(plant=plant, opened_on__lte=on).exclude(cleared_on__lte=on)
    rows = rows.filter(
        Q(body__in=bodies) | Q(body=None, unit__in=units) | Q(body=None, unit=None, plant__in=_whole(scope))
    )
    return rows.exclude(OF_A_PERSON & ~Q(body__in=scope.bodies("membership.see")))


def _whole(scope: Scope) -> QuerySet[Plant]:
    reach = scope.reach("sheet.see")
    return Plant.objects.all() if reach.everywhere else Plant.objects.filter(pk__in=reach.plants)


def open_finding(pk: int) -> Finding | None:
    return Finding.objects.select_related("plant", "body", "unit").filter(pk=pk, cleared_on=None).first()


def at_places(
    rows: QuerySet[Finding], *, bodies: Iterable[Body | int] = (), units: Iterable[Unit] = ()
) -> QuerySet[Finding]:
    return rows.filter(Q(body__in=list(bodies)) | Q(unit__in=list(units)))


def standing_at(*, plant: Plant, bodies: Iterable[int]) -> dict[tuple[str, str], int]:
    """Keys of the findings that stand at these bodies now, by rule and subject."""
    rows = Finding.objects.filter(plant=plant, cleared_on=None, body__in=list(bodies))
    return {(rule, subject): pk for pk, rule, subject in rows.values_list("pk", "rule", "subject")}


def ordered(rows: QuerySet[Finding], *, by_age: bool = False) -> QuerySet[Finding]:
    """What must be put right first, then the oldest; or the oldest of all first."""
    order = ("opened_on", "severity") if by_age else ("severity", "opened_on")
    return rows.select_related("body", "unit").order_by(*order, "rule", "pk")


def shown(rows: Iterable[Finding], *, places: Places, on: dt.date) -> list[Shown]:
    """Two trees for the names, and one query for those of members, whatever the number of findings."""
    listed, book = list(rows), regulations(places.plant)
    rules = {rule.id: rule for rule in book.at(on)}
    people = {key for row in listed if (key := _person(row)) is not None}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    view = places.party.at(on)
    return [
        _shown(row, rules.get(row.rule), places, on, names, costs=charged(row, view, book) is not None)
        for row in listed
    ]


def _person(row: Finding) -> int | None:
    return int(row.subject.split(":")[1]) if row.subject.startswith(PERSON) else None


def _shown(
    row: Finding, rule: Rule | None, places: Places, on: dt.date, names: Mapping[int, str], *, costs: bool
) -> Shown:
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
        detail=_said(row.detail, named, names.get(_person(row) or 0, "")),
        clear_by=row.clear_by,
        reason=row.reason,
        opened_on=row.opened_on,
        days=days,
        counts=days > COUNTED_AFTER and costs,
        reasoned=row.severity in REASONABLE,
    )


def _said(detail: str, place: str, person: str) -> str:
    """What follows the name of the place, which some findings begin with."""
    rest = detail.removeprefix(place)
    if person:
        return f"：{person} {rest}"
    return rest if rest != detail or not place else f"：{rest}"


def is_ours(status: str) -> bool:
    """V/D is part text, part ours: the text is named, the number is marked on its own."""
    return set(status.split("/")) <= OWN


def told(*, plant: Plant, on: dt.date, rows: QuerySet[Finding], chapter: str = "") -> list[Told]:
    """The rules of a chapter, or of all, with their numbers, also those that are switched off, and how many findings of each
    the reader sees."""
    book = regulations(plant)
    counts = dict(rows.order_by().values_list("rule").annotate(n=Count("pk")).values_list("rule", "n"))
    own = plant.settings.get(EDITED, [])
    rules = sorted(
        (one for one in book.rules if one.holds(on) and chapter in ("", one.chapter)), key=lambda one: one.id
    )
    return [told_of(rule, own, on, counts.get(rule.id, 0)) for rule in rules]


def told_of(rule: Rule, own: Iterable[Mapping[str, Any]], on: dt.date, count: int = 0) -> Told:
    """`own`: the plant's rows over the rules; what holds on the day is what counts."""
    mine = sorted((row for row in own if row["rule"] == rule.id), key=lambda row: row["from_on"])
    edits = [row["from_on"] for row in mine if "values" in row and row["from_on"] <= str(on)]
    return Told(
        rule=rule,
        default=is_ours(rule.source.status),
        thresholds=tuple((one, is_ours(one.status)) for one in rule.thresholds.values()),
        edited_from=dt.date.fromisoformat(edits[-1]) if edits else None,
        sides=tuple(_side(rule, one) for one in rule.sides),
        edits=tuple(dict(row) for row in reversed(mine)),
        open=count,
    )


def _side(rule: Rule, side: Side) -> ToldSide:
    kept = side.measure in MEASURES or side.measure in REGISTRY
    return ToldSide(side, kept and rule.enabled and side.enabled, "" if kept else "只是说明，不检查")


def rule_of(*, plant: Plant, rule: str, on: dt.date) -> Rule | None:
    return regulations(plant).get(rule, on=on)


def rules_of(plant: Plant, chapter: str) -> frozenset[str]:
    return frozenset(rule.id for rule in regulations(plant).chapter(chapter).rules)


def changed(rule: Rule, values: dict[str, Decimal]) -> dict[str, Decimal]:
    """Only the numbers that are other than what holds."""
    return {name: value for name, value in values.items() if rule.thresholds[name].value != value}


@dataclass(frozen=True, slots=True)
class Sum:
    """How many findings stand at one place or under one rule."""

    code: str
    name: str
    must: int
    norm: int
    note: int
    since: dt.date
    of_body: bool = True


def by_place(rows: QuerySet[Finding], places: Places) -> list[Sum]:
    """In the order of the tree of bodies, then of units; nobody is ranked by what was found at him."""
    listed = [
        *(_sum(row, row["body__code"], places.body_name(row["body"])) for row in _sums(rows, "body", "body__position")),
        *(
            _sum(row, row["unit__code"], places.unit_name(row["unit"]), of_body=False)
            for row in _sums(rows.filter(body=None), "unit", "unit__position")
        ),
    ]
    return [one for one in listed if one.code]


def by_rule(rows: QuerySet[Finding], *, plant: Plant, on: dt.date) -> list[Sum]:
    labels = {rule.id: rule.label for rule in regulations(plant).rules if rule.holds(on)}
    counted = rows.order_by().values("rule").annotate(**COUNTS).order_by("rule")
    return [_sum(row, row["rule"], labels.get(row["rule"], "")) for row in counted]


COUNTS: dict[str, Aggregate] = {
    "must": Count("pk", filter=Q(severity="MUST")),
    "norm": Count("pk", filter=Q(severity__in=REASONABLE)),
    "note": Count("pk", filter=Q(severity=NOTE)),
    "since": Min("opened_on"),
}


def _sums(rows: QuerySet[Finding], place: str, position: str) -> Iterable[dict[str, Any]]:
    return rows.order_by().values(place, f"{place}__code").annotate(**COUNTS).order_by(position, f"{place}__code")


def _sum(row: Mapping[str, Any], code: str | None, name: str, *, of_body: bool = True) -> Sum:
    return Sum(code or "", name, row["must"], row["norm"], row["note"], row["since"], of_body)
