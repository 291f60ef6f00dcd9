"""Rounds through zones: planned by class for each week or month, walked once, every finding handed on to become a case."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Checklist, Plant, Round, RoundAnswer, Zone, ZoneItem, ZoneOwner
from ronglu.work import audits, partitions
from ronglu.work.zones import classes_of

ANSWERS = ("ok", "finding", "not_applicable")
FARTHEST = dt.timedelta(days=92)


class BadRound(OrgTrouble):
    """巡查不能这样做。"""


@dataclass(frozen=True, slots=True)
class Answer:
    """To line `line`, numbered from 1; a finding says what is wrong."""

    line: int
    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a round, with all a case needs to be raised from it."""

    round: Round
    line: int
    asked: str
    words: str

    @property
    def zone(self) -> Zone:
        return self.round.zone

    @property
    def work_class(self) -> str:
        return self.round.work_class


RaiseFinding = Callable[[Found], str]
"""Raises a case from a finding and returns its number; runs inside the round's transaction."""


@transaction.atomic
def plan(*, plant: Plant, first: dt.date, last: dt.date, by: Account | None, at: dt.datetime) -> int:
    """One round a class and week or month for every zone that somebody owns; those that stand are left. Says how many are new.

    Due on the last day of its week or month, if that lies in `first`..`last`.
    """
    if last < first or last - first > FARTHEST:
        raise BadRound("请选开始日和结束日，最多排三个月")
    wanted: list[Round] = []
    zones = _zones(plant)
    for work_class, lists in _lists(plant, last).items():
        for due_on, checklist in _dues(lists, first, last):
            wanted += [
                Round(zone=zone, checklist=checklist, work_class=work_class, due_on=due_on)
                for zone, classes, owners in zones
                if work_class in classes and zone.holds(due_on) and any(one.holds(due_on) for one in owners)
            ]
    standing = set(
        Round.objects.filter(zone__plant=plant, due_on__range=(first, last)).values_list("zone_id", "work_class", "due_on")
    )  # fmt: skip
    new = [one for one in wanted if (one.zone_id, one.work_class, one.due_on) not in standing]
    # two clocks may plan at once: the second finds the rows of the first
    Round.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        _touch(plant, (one.due_on for one in new))
        detail = {"first": str(first), "last": str(last), "rounds": len(new)}
        audits.record(verb="rounds.plan", by=by, at=at, subject=plant.name, plant=plant, detail=detail)
    return len(new)


@transaction.atomic
def do(
    *, due: Round, answers: Sequence[Answer], by: Account, at: dt.datetime, raise_finding: RaiseFinding | None = None
) -> tuple[Found, ...]:  # fmt: skip
    """Every line is answered. The findings come back, each already a case where `raise_finding` is given."""
    if by.person_id is None:
        raise BadRound("巡查要由本人账号登记")
    said = _checked(due, answers)
    moved = Round.objects.filter(pk=due.pk, state="due").update(state="done", who=by.person, done_at=at)
    if not moved:
        raise BadRound("这次巡查已有人登记，或已取消")
    due.refresh_from_db()
    _touch(due.zone.plant, [due.due_on])
    found: list[Found] = []
    rows: list[RoundAnswer] = []
    for one in said:
        row = RoundAnswer(round=due, line=one.line, answer=one.answer, words=one.words.strip())
        if one.answer == "finding":
            finding = Found(due, one.line, due.checklist.lines[one.line - 1], row.words)
            row.raised = raise_finding(finding)[:40] if raise_finding else ""
            found.append(finding)
        rows.append(row)
    RoundAnswer.objects.bulk_create(rows)
    detail = {"class": due.work_class, "due": str(due.due_on), "findings": len(found)}
    audits.record(verb="rounds.do", by=by, at=at, subject=due.zone.name, plant=due.zone.plant, detail=detail)
    return tuple(found)


@transaction.atomic
def cancel(*, due: Round, reason: str, by: Account, at: dt.datetime) -> None:
    """Called off with a reason: the place stood still, the line was rebuilt."""
    if not reason.strip():
        raise BadRound("请写明取消的原因")
    if not Round.objects.filter(pk=due.pk, state="due").update(state="cancelled"):
        raise BadRound("这次巡查已有人登记，或已取消")
    _touch(due.zone.plant, [due.due_on])
    audits.record(
        verb="rounds.cancel", by=by, at=at, subject=due.zone.name, plant=due.zone.plant,
        detail={"due": str(due.due_on), "class": due.work_class, "reason": reason.strip()},
    )  # fmt: skip


def _touch(plant: Plant, days: Iterable[dt.date]) -> None:
    """A round counts in the month of its day."""
    partitions.touch(plant=plant, fact="rounds", months={day.year * 100 + day.month for day in days})


def _checked(due: Round, answers: Sequence[Answer]) -> list[Answer]:
    lines = due.checklist.lines
    said = {one.line: one for one in answers}
    if len(said) < len(answers):
        raise BadRound("同一项答了两次")
    if missing := [str(n) for n in range(1, len(lines) + 1) if n not in said or said[n].answer not in ANSWERS]:
        raise BadRound(f"第 {'、'.join(missing)} 项还没有答")
    if len(said) > len(lines):
        raise BadRound(f"检查表只有 {len(lines)} 项")
    if silent := [str(n) for n, one in said.items() if one.answer == "finding" and not one.words.strip()]:
        raise BadRound(f"第 {'、'.join(silent)} 项有问题，请写明是什么问题")
    return [said[n] for n in sorted(said)]


def _zones(plant: Plant) -> list[tuple[Zone, list[str], list[ZoneOwner]]]:
    """Three queries."""
    rows = Zone.objects.filter(plant=plant, state="active").prefetch_related(
        Prefetch("items", ZoneItem.objects.order_by("pk")), Prefetch("owners", ZoneOwner.objects.order_by("pk"))
    )
    return [(zone, classes_of(zone), list(zone.owners.all())) for zone in rows]


def _lists(plant: Plant, last: dt.date) -> dict[str, list[Checklist]]:
    found: dict[str, list[Checklist]] = {}
    for row in Checklist.objects.filter(plant=plant, from_on__lte=last).order_by("version"):
        found.setdefault(row.work_class, []).append(row)
    return found


def _dues(lists: list[Checklist], first: dt.date, last: dt.date) -> list[tuple[dt.date, Checklist]]:
    """The due days in the range with the version that holds on each; the cadence is that version's own."""
    found: list[tuple[dt.date, Checklist]] = []
    for no in range((last - first).days + 1):
        day = first + dt.timedelta(days=no)
        checklist = next((one for one in reversed(lists) if one.from_on <= day), None)
        if checklist is None:
            continue
        whole = Period.day(day).up(Grain.WEEK if checklist.cadence == "week" else Grain.MONTH)
        if whole.last == day:
            found.append((day, checklist))
    return found
