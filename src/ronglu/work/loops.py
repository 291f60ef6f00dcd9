"""Which version of each loop this installation works by: written down when first met, carried on when a new one comes."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.loops import version
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.loops.problems import problems
from ronglu.store.models import Case, CaseStep, LoopVersion
from ronglu.store.values import workdays_of
from ronglu.work import case_facts, cases
from ronglu.work.roles import roles

CARRIED = "carried"
"""The step that takes a case over into the new version of its declaration."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """Loops met for the first time or in a new version, and how many cases had to change their state for it."""

    loops: tuple[str, ...]
    carried: int


@transaction.atomic
def adopt(*, loops: Mapping[str, Loop], at: dt.datetime) -> Adopted:
    """All loops or none: a declaration that changed without a new version, or that leaves cases nowhere to go, is refused."""
    known = {row.loop: row for row in LoopVersion.objects.order_by("loop", "version")}
    fresh = [loop for loop in loops.values() if _is_new(loop, known.get(loop.code))]
    faults = [said for loop in fresh for said in _faults(loop, known.get(loop.code))]
    if faults:
        raise LoopTrouble("\n".join(faults))
    LoopVersion.objects.bulk_create(
        LoopVersion(loop=o.code, version=o.version, shape=version.shape(o), digest=version.digest(o), at=at)
        for o in fresh
    )
    return Adopted(tuple(o.code for o in fresh), sum(_carry(loop, at=at) for loop in fresh))


def _is_new(loop: Loop, last: LoopVersion | None) -> bool:
    if last is None or loop.version > last.version:
        return True
    if loop.version < last.version:
        raise LoopTrouble(f"“{loop.label}”的声明是第 {loop.version} 版，数据已经按第 {last.version} 版办理，不能退回")
    if version.digest(loop) != last.digest:
        raise LoopTrouble(f"“{loop.label}”的声明改了，版本还是 {loop.version}：请把 version 改为 {loop.version + 1}")
    return False


def _faults(loop: Loop, last: LoopVersion | None) -> Iterable[str]:
    before = frozenset(state[0] for state in last.shape["states"]) if last else frozenset()
    used = frozenset(Case.objects.filter(loop=loop.code, state__in=before).values_list("state", flat=True).distinct())
    yield from (f"“{loop.label}”：{said}" for said in problems(loop, frozenset(roles().roles), before=used))


def _carry(loop: Loop, *, at: dt.datetime) -> int:
    """Cases in a state that is gone go to the one that `carry` names, with a step that says so; the others only change version."""
    rows = Case.objects.filter(loop=loop.code, version__lt=loop.version)
    stranded = rows.filter(state__in=[code for code in loop.carry if code not in {s.code for s in loop.states}])
    count = 0
    for case in stranded.select_for_update().select_related("plant").iterator():
        before, due_at = case.state, case.due_at
        case.state, case.version = loop.carry[before], loop.version
        cases.enter(loop, case, at=at, workdays=workdays_of(case.plant))
        case.seen += 1
        case.save()
        CaseStep.objects.create(
            case=case, no=case.seen, move=CARRIED, before=before, after=case.state, at=at, due_at=case.due_at,
            reason=f"声明升为第 {loop.version} 版", origin="clock",
        )  # fmt: skip
        case_facts.touch(loop, case, deadlines=[due_at, case.due_at])
        count += 1
    rows.update(version=loop.version)
    return count
