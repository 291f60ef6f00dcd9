"""Patterns that deserve a question, never a penalty: shown to whoever owns the process, with the cases themselves.

Nothing here is stored, counted per person over time, or read by any score (07 N10, D4).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from ronglu.kernel.loops.likeness import likeness
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.store.models import Case, CaseRow, CaseStep
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

RING, BURST, ALIKE, MANY = 3, 3, Fraction(4, 5), 10
"""Thresholds of ours (系统默认): passes each way, times the usual day, likeness of two texts, cases entered in one hour."""
LAST_DAYS = 3
LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Question:
    """`kind` names the pattern; `said` is what to ask; `numbers` are the cases to look at."""

    kind: str
    said: str
    numbers: tuple[str, ...]


def questions(*, scope: Scope, loop: Loop, first: dt.date, last: dt.date) -> list[Question]:
    """Of the cases this reader may see that were raised in the span; the newest 2,000 of them."""
    begin, end = dt.datetime.combine(first, dt.time.min), dt.datetime.combine(last, dt.time.max)
    rows = visible(scope, {loop.code: loop}).filter(raised_at__range=(begin, end)).order_by("-raised_at", "-pk")
    cases = list(rows.select_related("raised_by")[:LOOKED_AT])
    looks: tuple[Callable[[Loop, list[Case]], Iterator[Question]], ...] = (rings, bursts, splits, one_hand)
    return [said for look in looks for said in look(loop, cases)]


def rings(loop: Loop, cases: list[Case]) -> Iterator[Question]:
    """Two who pass each other's work again and again."""
    numbers = {case.pk: case.number for case in cases}
    passed: dict[tuple[int, int], set[str]] = defaultdict(set)
    names: dict[int, str] = {}
    for case, doer, judge in (*_line_passes(numbers), *_case_passes(loop, numbers)):
        passed[doer[0], judge[0]].add(numbers[case])
        names |= dict((doer, judge))
    for (one, two), there in sorted(passed.items()):
        back = passed.get((two, one), set())
        if one < two and len(there) >= RING and len(back) >= RING:
            said = f"{names[one]}与{names[two]}互相验收（{len(there)} 件和 {len(back)} 件）：可否换一个人抽查几件"
            yield Question("ring", said, tuple(sorted(there | back)))


def bursts(loop: Loop, cases: list[Case]) -> Iterator[Question]:
    """Far more in the last days of a month than on its other days."""
    by_month: dict[tuple[int, int], list[Case]] = defaultdict(list)
    for case in cases:
        by_month[case.raised_at.year, case.raised_at.month].append(case)
    for (year, month), found in sorted(by_month.items()):
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        late = [c for c in found if (after - c.raised_at.date()).days <= LAST_DAYS]
        days = (after - dt.date(year, month, 1)).days - LAST_DAYS
        usual = (len(found) - len(late)) / days
        if len(late) >= 2 * LAST_DAYS and len(late) / LAST_DAYS > BURST * max(usual, 1 / days):
            said = f"{year} 年 {month} 月最后 {LAST_DAYS} 天提了 {len(late)} 件{loop.label}，平日每天 {usual:.1f} 件：是不是为了凑数"
            yield Question("burst", said, tuple(c.number for c in late))


def splits(loop: Loop, cases: list[Case]) -> Iterator[Question]:
    """Nearly the same words on the same day from the same place: one matter cut into several?"""
    groups: dict[tuple[int | None, dt.date], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.unit_id, case.raised_at.date()].append(case)
    for found in groups.values():
        alike = {
            case.number
            for one, two in combinations(found[:50], 2)
            if likeness(one.title, two.title) >= ALIKE
            for case in (one, two)
        }
        if alike:
            said = f"同一天同一处有 {len(alike)} 件写得差不多（“{found[0].title}”等）：是不是一件事拆成了几件"
            yield Question("split", said, tuple(sorted(alike)))


def one_hand(loop: Loop, cases: list[Case]) -> Iterator[Question]:
    """One person entering many within an hour: for himself, or for others?"""
    hours = Counter((c.raised_by_id, c.raised_at.replace(minute=0, second=0)) for c in cases if c.raised_by_id)
    for (person, hour), count in sorted(hours.items(), key=lambda one: one[0][1]):
        if count >= MANY:
            mine = [c for c in cases if c.raised_by_id == person and c.raised_at.replace(minute=0, second=0) == hour]
            who = mine[0].raised_by
            said = f"{who} 在 {hour:%m-%d %H} 点录了 {count} 件{loop.label}：是不是替别人录的，可否由本人提"
            yield Question("one_hand", said, tuple(c.number for c in mine))


Passed = tuple[int, tuple[int, str], tuple[int, str]]


def _line_passes(numbers: Mapping[int, str]) -> Iterator[Passed]:
    rows = CaseRow.objects.filter(case__in=numbers, state="passed", done_by__isnull=False, passed_by__isnull=False)
    for row in rows.select_related("done_by", "passed_by"):
        yield row.case_id, (row.done_by_id, row.done_by.name), (row.passed_by_id, row.passed_by.name)


def _case_passes(loop: Loop, numbers: Mapping[int, str]) -> Iterator[Passed]:
    """Who sent a case to be verified, and who closed it."""
    phase = {state.code: state.phase for state in loop.states}
    sent: dict[int, tuple[int, str]] = {}
    for step in CaseStep.objects.filter(case__in=numbers, person__isnull=False).select_related("person").order_by("no"):
        who = (step.person_id, step.person.name)
        if phase.get(step.after) is Phase.VERIFYING and phase.get(step.before) is Phase.WORKING:
            sent[step.case_id] = who
        if phase.get(step.after) is Phase.CLOSED and phase.get(step.before) is Phase.VERIFYING and step.case_id in sent:
            yield step.case_id, sent[step.case_id], who
