"""Contests as lists and pages read them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ronglu.kernel.standing.contest import Terms
from ronglu.kernel.standing.timetable import Timetable, dates
from ronglu.kernel.time.period import Period
from ronglu.store.models import Case, Contest, ContestResult, Plant
from ronglu.store.values import workdays_of
from ronglu.work.scope import Scope

SEE = "contests.see"
APPEAL = "appeal"


def which(contest: Contest) -> str:
    """What an appeal says it is against: the number finds it again."""
    return f"竞赛 {contest.pk}：{contest.title}"


def appeals(*, contest: Contest) -> QuerySet[Case]:
    """Appeals against its result; their contents are their own business."""
    named = Q(data__against="contest", data__which__startswith=f"竞赛 {contest.pk}：")
    return Case.objects.filter(named, plant_id=contest.plant_id, loop=APPEAL)


def open_appeals(*, contest: Contest) -> int:
    return appeals(contest=contest).exclude(phase__in=("closed", "dropped")).count()


def open_against(plants: Collection[int]) -> list[str]:
    """What each open appeal against a contest says it is against (see `which`); one query."""
    rows = Case.objects.filter(data__against="contest", plant__in=plants, loop=APPEAL)
    return list(rows.exclude(phase__in=("closed", "dropped")).values_list("data__which", flat=True))


def waits_until(contest: Contest, timetable: Timetable) -> dt.date:
    """The last day on which readings of a contest that is over are waited for: as long as for those of a month (09-21)."""
    month = Period.month(contest.last_on.year, contest.last_on.month)
    lock, *_rest = dates(timetable, month, workdays_of(contest.plant).add_workdays, ends_on=contest.last_on)
    return lock.on


def unplaced(contest: Contest) -> bool:
    """Whether its newest count gave nobody a place because readings are missing."""
    result = contest.results.order_by("-version").first()
    return result is not None and lacking(result.outcome["teams"])


def lacking(teams: Sequence[Mapping[str, Any]]) -> bool:
    """Whether missing readings left no team of a count its place."""
    return any(one.get("lacks") for one in teams) and not any(one["place"] for one in teams)


def listed(*, plant: Plant) -> list[Contest]:
    return list(Contest.objects.filter(plant=plant).select_related("unit"))


def contest_of(*, scope: Scope, pk: int) -> Contest | None:
    """Of a plant that the reader may see contests of."""
    return (
        Contest.objects.select_related(
            "plant", "unit", "drafted_by__person", "declared_by__person", "withdrawn_by__person"
        )
        .filter(pk=pk, plant__in=scope.plants(SEE))
        .first()
    )


def trainings(*, contest: Contest) -> QuerySet[Case]:
    """Actions that came of it."""
    return Case.objects.filter(plant_id=contest.plant_id, loop="action", data__said__startswith=f"竞赛 {contest.pk}：")


@dataclass(frozen=True, slots=True)
class Told:
    """A contest with its terms and its counts, the newest first."""

    contest: Contest
    terms: Terms
    results: tuple[ContestResult, ...]

    @classmethod
    def of(cls, contest: Contest) -> "Told":
        return cls(contest, Terms.of(contest.terms), tuple(contest.results.order_by("-version")))

    @property
    def result(self) -> ContestResult | None:
        return self.results[0] if self.results else None


def may_appeal(contest: Contest, on: dt.date) -> bool:
    return contest.state == "provisional" and contest.appeal_until is not None and on <= contest.appeal_until
