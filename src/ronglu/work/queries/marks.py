"""What a panel judges: the records of an item in a month with their evidence, who has marked them, and what waits for one reviewer."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.homes import Homes
from ronglu.store.models import Account, Body, BodyState, Mission, MissionState, PanelMark, Person, Plant, Reviewer
from ronglu.work import closings, marks_stake
from ronglu.work.scope import Scope

ONE = dt.timedelta(days=1)
BACK = 3
"""Months before this one that a reviewer is still asked about, while they are not closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One record of a branch. `evidence` are heading and text; `mission` is what a stake is asked about."""

    item: str
    record: str
    body: Body
    label: str
    day: dt.date
    source: str
    evidence: tuple[tuple[str, str], ...] = ()
    mission: Mission | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A subject as one reviewer meets it: his own mark where he gave one, or why he stands back."""

    subject: Subject
    month: Period
    branch: str
    mine: PanelMark | None = None
    stake: str = ""

    @property
    def open(self) -> bool:
        return self.mine is None and not self.stake


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the panel have marked a record; who gave what is not told before the close."""

    subject: Subject
    branch: str
    given: int
    needed: int = field(default=0)


def subjects(*, plant: Plant, item: str, month: Period) -> list[Subject]:
    """What there is to judge; an item whose records do not exist in this installation has none."""
    found = FINDERS.get(item)
    return found(plant, month) if found else []


def stake(life: marks_stake.Life, subject: Subject, *, month: Period, on: dt.date) -> str:
    """Asked for the month that is judged and for the days until today."""
    last = max(on, month.last)
    return marks_stake.refusal(life, body=subject.body, first=month.first, last=last, mission=subject.mission)


def waiting(*, scope: Scope, on: dt.date) -> list[Waiting]:
    """Everything of the open months that this reviewer judges, newest month first; nothing for who was named for nothing."""
    if scope.account_id is None:
        return []
    named = Reviewer.objects.on(on).filter(account=scope.account_id, item__in=FINDERS)
    found: list[Waiting] = []
    for reviewer in named.select_related("plant", "account"):
        found += _of_one(reviewer, on=on)
    return found


def months_of(plant: Plant, on: dt.date) -> list[Period]:
    """This month and those before it, as far as they are not closed."""
    now = Period.of(on, Grain.MONTH)
    return [one for one in (now - back for back in range(BACK + 1)) if not closings.is_closed(plant=plant, month=one)]


def progress(*, plant: Plant, item: str, month: Period, needed: int) -> list[Progress]:
    found = subjects(plant=plant, item=item, month=month)
    names = _names(found, month.last)
    marks = PanelMark.objects.filter(body__plant=plant, item=item, month=month.yyyymm)
    given: dict[str, set[int]] = {}
    for record, by in marks.values_list("record", "by_id"):
        given.setdefault(record, set()).add(by)
    return [Progress(one, names.get(one.body.pk, ""), len(given.get(one.record, ())), needed) for one in found]


def reviewers(*, plant: Plant, on: dt.date) -> QuerySet[Reviewer]:
    rows = Reviewer.objects.filter(plant=plant, from_on__lte=on + dt.timedelta(days=366)).exclude(until_on__lte=on)
    return rows.select_related("account__person", "named_by__person").order_by("item", "account__staff_no")


def panels_of(*, scope: Scope, on: dt.date) -> frozenset[str]:
    """Everything that the account was named for that day."""
    return frozenset(Reviewer.objects.on(on).filter(account=scope.account_id or 0).values_list("item", flat=True))


def account_of(person: Person) -> Account:
    found = Account.objects.filter(person=person, is_active=True).select_related("person").first()
    if found is None:
        raise OrgTrouble(f"{person.name}没有账号，先开账号再指定")
    return found


def reviewer_of(*, plants: Iterable[int], pk: int) -> Reviewer | None:
    rows = Reviewer.objects.filter(pk=pk, plant__in=plants)
    return rows.select_related("plant", "account__person").first()


def _of_one(reviewer: Reviewer, *, on: dt.date) -> list[Waiting]:
    homes = Homes.of(reviewer.plant)
    life = marks_stake.Life.of(reviewer.account, plant=reviewer.plant, homes=homes)
    rows = PanelMark.objects.filter(by=reviewer.account, item=reviewer.item).order_by("number")
    mine = {(row.month, row.record): row for row in rows}
    found = []
    for month in months_of(reviewer.plant, on):
        listed = subjects(plant=reviewer.plant, item=reviewer.item, month=month)
        names = _names(listed, month.last)
        for one in listed:
            found.append(
                Waiting(
                    subject=one, month=month, branch=names.get(one.body.pk, ""),
                    mine=mine.get((month.yyyymm, one.record)), stake=stake(life, one, month=month, on=on),
                )
            )  # fmt: skip
    return found


def _missions(plant: Plant, month: Period) -> list[Subject]:
    """Call-outs whose effect was found true in the month, of branches: the very rows that facts/missions counts."""
    first, after = (dt.datetime.combine(day, dt.time.min) for day in (month.first, month.last + ONE))
    rows = Mission.objects.filter(
        team__plant=plant, state=MissionState.VERIFIED, verified_at__gte=first, verified_at__lt=after
    ).select_related("team", "called_by__person", "reported_by__person", "verified_by__person")
    rows = list(rows.order_by("pk"))  # type: ignore[assignment]
    if not rows:
        return []
    homes, bodies = Homes.of(plant), {one.pk: one for one in Body.objects.filter(plant=plant).select_related("plant")}
    homed = [(one, homes.of_body(one.team.body_id, one.verified_at.date())) for one in rows]  # type: ignore[union-attr]
    return [_mission(one, bodies[branch]) for one, branch in homed if branch is not None]


def _mission(one: Mission, body: Body) -> Subject:
    figures = f"{one.before} → {one.after}" if one.before or one.after else ""
    told = (
        ("任务", one.why), ("做了什么", one.report), ("自报成效", one.effect), (one.indicator or "指标", figures),
        ("核实", one.verdict),
    )  # fmt: skip
    assert one.verified_at is not None
    return Subject(
        item="C4", record=str(one.pk), body=body, label=f"{one.team.name} {one.called_at:%Y-%m-%d}",
        day=one.verified_at.date(), source="missions", evidence=tuple((k, v) for k, v in told if v), mission=one,
    )  # fmt: skip


def _names(found: Iterable[Subject], on: dt.date) -> Mapping[int, str]:
    bodies = {one.body.pk for one in found}
    return dict(BodyState.objects.on(on).filter(body__in=bodies).values_list("body_id", "name")) if bodies else {}


FINDERS: Mapping[str, Callable[[Plant, Period], list[Subject]]] = {"C4": _missions}
"""Panel items whose records exist here; another item brings a finder of its records."""
