"""The ledger of contributions: figures that got better, the measures registered before, and what branches claimed by them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from ronglu.kernel.loops.loop import Phase
from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.org.tree import View
from ronglu.kernel.standing.contribution import ContributionState, Improvement
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import Body, Case, Contribution, IndicatorRow, Membership, Plant, Team, Unit, Zone
from ronglu.store.values import calendar_of
from ronglu.work.queries.places import Places

LOOPS = ("idea", "bounty", "project", "action", "pact", "feedback")
"""Whose cases are measures; a case of any other loop is one where it stands in a responsibility zone."""
MONTHS = 12
"""How long ago a measure may have been registered: an older one is part of the baseline."""
QUANTITIES = (RollUp.SUM, RollUp.COUNT)
Indicators = Mapping[str, Indicator]


@dataclass(frozen=True)
class Ground:
    """What a ledger of one month is read with; the measures are fetched once for any number of lines."""

    plant: Plant
    period: Period
    places: Places
    homes: Homes
    starts_at: dt.datetime
    ends_on: dt.date
    measures: tuple[tuple[Case, frozenset[int]], ...]
    """Each with the branches it is a measure of."""

    @classmethod
    def of(cls, plant: Plant, period: Period) -> "Ground":
        calendar, homes = calendar_of(plant), Homes.of(plant)
        starts_at, ends_on = calendar.span(period)[0], calendar.days_of(period)[1]
        places, measures = Places(plant, starts_at.date()), _measures(plant, homes, starts_at)
        return cls(plant, period, places, homes, starts_at, ends_on, measures)

    def at(self, unit: int, *, body: int | None = None) -> list[Case]:
        """Measures of the line, and of the branch where one is named."""
        view = self.places.production.at(self.starts_at.date())
        return [
            case
            for case, branches in self.measures
            if (body is None or body in branches) and _stands_on(case, unit, view, branches, self)
        ]


@dataclass(frozen=True, slots=True)
class Better:
    """A figure that got better, and what of it was claimed. `credited` in per cent."""

    unit: int
    name: str
    indicator: Indicator
    improvement: Improvement
    claims: tuple[Contribution, ...]
    measures: int

    @property
    def credited(self) -> int:
        return sum(one.granted or 0 for one in self.claims if one.state == ContributionState.CREDITED)


def months(plant: Plant) -> list[Period]:
    found = IndicatorRow.objects.filter(plant=plant, grain="month").values_list("period", flat=True).distinct()
    return [Period.parse(text) for text in sorted(set(found), reverse=True)]


def better(*, ground: Ground, indicators: Indicators, units: Sequence[int] | None = None) -> list[Better]:
    """Lines whose figure of the month is better than the month before, in drawing order."""
    lines = dict(ground.places.units("line"))
    asked = [unit for unit in lines if units is None or unit in units]
    figures, claims = _figures(ground, asked), _claims(ground)
    found = []
    for unit in asked:
        measures = len(ground.at(unit))
        for code, indicator in indicators.items():
            improvement = improvement_of(figures.get((unit, code), {}), indicator, ground.period)
            mine = claims.get((unit, code), ())
            if improvement.improved or mine:
                name = ground.places.unit_name(unit)
                found.append(Better(unit, name, indicator, improvement, tuple(mine), measures))
    return found


def one(*, ground: Ground, unit: Unit, indicator: Indicator) -> Improvement:
    figures = _figures(ground, [unit.pk], indicator.code)
    return improvement_of(figures.get((unit.pk, indicator.code), {}), indicator, ground.period)


def improvement_of(rows: Mapping[str, IndicatorRow], indicator: Indicator, period: Period) -> Improvement:
    now, before = rows.get(str(period)), rows.get(str(period - 1))
    return Improvement(
        value=_number(now.value if now else ""), past=_number(before.value if before else ""),
        plan=_number(now.plan if now else ""), direction=indicator.direction, band=indicator.band,
        quantity=indicator.rollup in QUANTITIES,
    )  # fmt: skip


def beside(contribution: Contribution) -> list[Contribution]:
    """All claims to the same improvement, the earliest first."""
    rows = Contribution.objects.filter(
        plant=contribution.plant_id, unit=contribution.unit_id, indicator=contribution.indicator,
        period=contribution.period,
    )  # fmt: skip
    return list(rows.select_related("plant", "body", "unit", "measure").order_by("pk"))


def find(*, plants: Sequence[int], pk: int) -> Contribution | None:
    rows = Contribution.objects.filter(plant__in=plants, pk=pk)
    return rows.select_related("plant", "body", "unit", "measure").first()


def records(*, body: Body, on: dt.date) -> list[tuple[str, str]]:
    """Teams and zones of the branch that a statement may rest on."""
    homes = Homes.of(body.plant)
    teams = Team.objects.on(on).filter(plant=body.plant)  # type: ignore[attr-defined]
    zones = Zone.objects.on(on).filter(plant=body.plant)  # type: ignore[attr-defined]
    return [(f"team:{team.pk}", team.name) for team in teams if homes.of_body(team.body_id, on) == body.pk] + [
        (f"zone:{zone.pk}", zone.name) for zone in zones if homes.branch(zone.unit_id, on) == body.pk
    ]


def record_names(rows: Sequence[Contribution]) -> dict[str, str]:
    """What the records of these claims are called; a paper's number stands for itself."""
    keys: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        kind, _, key = row.record.partition(":")
        if kind == row.did and key.isdigit():
            keys[kind].append(int(key))
    found = {f"team:{team.pk}": team.name for team in Team.objects.filter(pk__in=keys["team"])} if keys["team"] else {}
    if keys["zone"]:
        found |= {f"zone:{zone.pk}": zone.name for zone in Zone.objects.filter(pk__in=keys["zone"])}
    return {row.record: found.get(row.record, row.record) for row in rows}


def _measures(plant: Plant, homes: Homes, starts_at: dt.datetime) -> tuple[tuple[Case, frozenset[int]], ...]:
    since = starts_at - dt.timedelta(days=31 * MONTHS)
    rows = (
        Case.objects.filter(Q(loop__in=LOOPS) | Q(zone__isnull=False), plant=plant, secrecy="open")
        .filter(raised_at__gte=since, raised_at__lt=starts_at)
        .exclude(phase=Phase.DROPPED)
        .defer("data")
        .order_by("raised_at", "pk")
    )
    cases = list(rows)
    homes_of = _members(plant, {case.raised_by_id for case in cases if case.raised_by_id})
    return tuple((case, frozenset(_branches(case, homes, homes_of))) for case in cases)


def _branches(case: Case, homes: Homes, members: Mapping[int, Sequence[Membership]]) -> set[int]:
    """Those it was raised by or for, the one that stands where it is, and the raiser's own."""
    on = case.raised_at.date()
    places = [stay.body_id for stay in members.get(case.raised_by_id or 0, ()) if stay.holds(on)]
    found = {homes.of_body(body, on) for body in (case.body_id, *places) if body}
    if case.unit_id:
        found.add(homes.branch(case.unit_id, on))
    return {branch for branch in found if branch is not None}


def _members(plant: Plant, people: set[int]) -> Mapping[int, Sequence[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(body__plant=plant, person__in=people):
        found[row.person_id].append(row)
    return found


def _stands_on(case: Case, unit: int, view: View, branches: frozenset[int], ground: Ground) -> bool:
    """In the line or under it; what stands nowhere belongs to the line of its branch."""
    if case.unit_id is None:
        return ground.homes.branch(unit, ground.starts_at.date()) in branches
    return unit in {state.id for state in view.path(case.unit_id)}


def _figures(ground: Ground, units: Sequence[int], code: str = "") -> dict[tuple[int, str], dict[str, IndicatorRow]]:
    rows = IndicatorRow.objects.filter(
        plant=ground.plant, unit__in=units, grain="month", letter="",
        period__in=[str(ground.period), str(ground.period - 1)],
    )  # fmt: skip
    found: dict[tuple[int, str], dict[str, IndicatorRow]] = {}
    for row in rows.filter(indicator=code) if code else rows:
        found.setdefault((row.unit_id, row.indicator), {})[row.period] = row
    return found


def _claims(ground: Ground) -> dict[tuple[int, str], list[Contribution]]:
    rows = Contribution.objects.filter(plant=ground.plant, period=str(ground.period))
    found: dict[tuple[int, str], list[Contribution]] = defaultdict(list)
    for row in rows.select_related("body", "measure").order_by("pk"):
        found[row.unit_id, row.indicator].append(row)
    return found


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
