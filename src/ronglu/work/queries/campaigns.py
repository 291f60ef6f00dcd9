"""Campaigns as lists and pages read them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from ronglu.kernel.measure.indicator import Indicator
from ronglu.kernel.measure.rounding import round_to
from ronglu.store.models import CampaignTask, FieldEntry, IndicatorRow, PartyCampaign, Plant
from ronglu.work.queries.within import covers
from ronglu.work.scope import Scope

SEE = "contests.see"


@dataclass(frozen=True, slots=True)
class Row:
    """A campaign and how far its tasks have come."""

    campaign: PartyCampaign
    tasks: int
    done: int
    missed: int


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: CampaignTask
    body: str
    late: bool
    may_do: bool
    may_check: bool
    may_drop: bool


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator's aim and what it has come to: added up from the days of the campaign's unit."""

    indicator: Indicator
    aim: Decimal
    actual: Decimal | None
    through: str


def listed(*, plant: Plant, on: dt.date) -> list[Row]:
    missed = Q(tasks__state="open", tasks__due_on__lt=on)
    found = PartyCampaign.objects.filter(plant=plant).annotate(
        n=Count("tasks", filter=~Q(tasks__state="dropped")), done=Count("tasks", filter=Q(tasks__state__in=("done", "checked"))),
        missed=Count("tasks", filter=missed),
    )  # fmt: skip
    return [Row(one, one.n, one.done, one.missed) for one in found]


def campaign_of(*, scope: Scope, pk: int) -> PartyCampaign | None:
    rows = PartyCampaign.objects.select_related(
        "plant", "body", "unit", "contest", "opened_by__person", "closed_by__person"
    )
    return rows.filter(pk=pk, plant__in=scope.plants(SEE)).first()


def task_of(*, scope: Scope, pk: int) -> CampaignTask | None:
    rows = CampaignTask.objects.select_related("campaign__plant", "body", "done_by")
    return rows.filter(pk=pk, campaign__plant__in=scope.plants(SEE)).first()


def entry_of(*, scope: Scope, pk: int) -> FieldEntry | None:
    rows = FieldEntry.objects.select_related("campaign__plant", "campaign__body", "by")
    return rows.filter(pk=pk, campaign__plant__in=scope.plants(SEE)).first()


def tasks(*, campaign: PartyCampaign, scope: Scope, names: Mapping[int, str], on: dt.date) -> list[TaskRow]:
    """What each body was to do, and what the reader may do about it."""
    reach = {verb: scope.reach(f"campaigns.{verb}") for verb in ("do", "check", "run")}
    running = campaign.state == "open"

    def may(verb: str, one: CampaignTask) -> bool:
        return running and covers(reach[verb], body=one.body_id, plant=campaign.plant_id)

    return [
        TaskRow(
            task=one,
            body=names.get(one.body_id, ""),
            late=one.state == "open" and one.due_on < on,
            may_do=one.state == "open" and may("do", one),
            may_check=one.state == "done" and scope.another(one.done_by) and may("check", one),
            may_drop=one.state == "open" and one.due_on >= on and may("run", one),
        )
        for one in campaign.tasks.select_related("done_by")
    ]


def entries(*, campaign: PartyCampaign) -> list[FieldEntry]:
    return list(campaign.entries.exclude(kind="pledge").select_related("person", "body", "by"))


def pledges(*, campaign: PartyCampaign) -> int:
    return campaign.entries.filter(kind="pledge").count()


def signers(*, campaign: PartyCampaign) -> list[FieldEntry]:
    """The register, for who runs the campaign; everybody else sees the number."""
    found = campaign.entries.filter(kind="pledge").select_related("person")
    return list(found.order_by("day", "pk"))


def signed(*, campaign: PartyCampaign, person: int | None) -> bool:
    return campaign.entries.filter(kind="pledge", person=person).exists()


def aims(*, campaign: PartyCampaign, known: Mapping[str, Indicator]) -> list[Aim]:
    """From the board's days; what adds up is added, a ratio is the ratio of sums."""
    wanted = {one["indicator"]: Decimal(one["aim"]) for one in campaign.aims if one["indicator"] in known}
    span = (campaign.first_on.isoformat(), campaign.last_on.isoformat())
    rows = IndicatorRow.objects.filter(
        plant=campaign.plant_id, unit=campaign.unit_id, indicator__in=wanted, grain="day", letter="", period__range=span
    ).exclude(value="")
    sums: dict[str, list[tuple[str, str, str]]] = {}
    for code, period, num, den in rows.order_by("period").values_list(
        "indicator", "period", "numerator", "denominator"
    ):
        if num:
            sums.setdefault(code, []).append((period, num, den))
    return [_aim(known[code], aim, sums.get(code, [])) for code, aim in wanted.items()]


def _aim(indicator: Indicator, aim: Decimal, days: list[tuple[str, str, str]]) -> Aim:
    actual = added(indicator, [(num, den) for _day, num, den in days])
    return Aim(indicator, aim, actual, days[-1][0] if days else "")


def added(indicator: Indicator, parts: Sequence[tuple[str, str]]) -> Decimal | None:
    """What several periods come to: numerators added, denominators added, divided last. Of nothing, or over nothing: missing."""
    if not parts:
        return None
    num = sum((Decimal(one[0]) for one in parts), Decimal(0)) * indicator.factor
    if any(one[1] for one in parts):
        den = sum((Decimal(one[1] or 0) for one in parts), Decimal(0))
        return round_to(num / den, indicator.decimals) if den else None
    return round_to(num, indicator.decimals)
