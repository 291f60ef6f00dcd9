"""What of each point entry is credited and why not more (domain/04 §4.5, N10).

The order in which entries arrive never matters; an entry more, or a bigger one, never lowers the sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ronglu.kernel.rules.arith import FULL, div, show_points, show_share
from ronglu.kernel.standing.errors import LedgerTrouble
from ronglu.kernel.standing.points import PointLine, PointRules, PointState


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What of an entry counts, and in words why not all of it."""

    line: PointLine
    credited_h: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A year of one member: every entry once, in the order they were settled; the parts add up to `total_h`."""

    year: int
    credits: tuple[Credit, ...]
    by_dimension: Mapping[str, int]

    @property
    def total_h(self) -> int:
        return sum(self.by_dimension.values())


def credit(lines: Iterable[PointLine], rules: PointRules, *, year: int) -> Credited:
    """What each entry of a year brings. A reversal belongs to the year of what it takes back; all else starts anew each year."""
    found = sorted(lines, key=lambda line: line.id)
    _sound(found, rules)
    by_id = {line.id: line for line in found}
    mine = [
        line for line in found if by_id[line.id if line.reversal_of is None else line.reversal_of].month // 100 == year
    ]
    back = {
        line.reversal_of: line.id for line in found if line.state is PointState.ENTERED and line.reversal_of is not None
    }
    out = {line.id: _aside(line, back.get(line.id)) for line in mine}
    counting = [line for line in mine if not out[line.id]]
    after_month = _monthly(counting, rules)
    counted, totals = _yearly(counting, after_month, rules)
    aside = [Credit(line=line, credited_h=0, why=out[line.id]) for line in mine if out[line.id]]
    return Credited(year=year, credits=(*counted, *aside), by_dimension=totals)


def _aside(line: PointLine, taken_back_by: int | None) -> str:
    """Why an entry does not count at all, or ''."""
    if line.reversal_of is not None:
        effect = "两条相抵" if line.state is PointState.ENTERED else f"{line.state.label}，还没有生效"
        return f"冲回第 {line.reversal_of} 条，{effect}"
    if taken_back_by is not None:
        return f"已由第 {taken_back_by} 条冲回，两条相抵"
    return "" if line.state is PointState.ENTERED else f"{line.state.label}，不计分"


def _monthly(lines: Iterable[PointLine], rules: PointRules) -> dict[int, tuple[int, str]]:
    """Diminishing returns, then the cap of the source, month by month; the biggest entries come first."""
    groups: dict[tuple[str, int], list[PointLine]] = defaultdict(list)
    for line in lines:
        groups[line.source, line.month].append(line)
    found: dict[int, tuple[int, str]] = {}
    for (code, _), group in groups.items():
        source, left = rules.sources[code], rules.sources[code].month_cap_h
        for no, line in enumerate(sorted(group, key=lambda one: (-one.points_h, one.id))):
            if source.deducts:
                found[line.id] = line.points_h, ""
                continue
            share = source.returns[min(no, len(source.returns) - 1)]
            worth = div(line.points_h * share, FULL)
            why = "" if share == FULL else f"当月同一来源第 {no + 1} 件，按 {show_share(share)} 计"
            given = worth if left is None else min(worth, left)
            if given < worth:
                why = _join(why, f"{source.label}每月以 {show_points(source.month_cap_h or 0)} 分为限")
            left = None if left is None else left - given
            found[line.id] = given, why
    return found


def _yearly(
    lines: Iterable[PointLine], worth: Mapping[int, tuple[int, str]], rules: PointRules
) -> tuple[list[Credit], dict[str, int]]:
    """The cap of each dimension over the year, then deductions down to 0: what went past the cap shields nothing."""
    totals = dict.fromkeys(rules.dimensions, 0)
    found = []
    for line in sorted(lines, key=lambda one: (one.points_h < 0, one.month, one.source, -one.points_h, one.id)):
        dimension = rules.dimensions[rules.sources[line.source].dimension]
        (due, why), so_far = worth[line.id], totals[dimension.code]
        given = max(due, -so_far) if due < 0 else min(due, dimension.cap_h - so_far)
        if given != due:
            limit = "扣到 0 分为止" if due < 0 else f"全年以 {show_points(dimension.cap_h)} 分为限"
            why = _join(why, f"{dimension.label}{limit}")
        totals[dimension.code] += given
        found.append(Credit(line=line, credited_h=given, why=why))
    return found, totals


def _join(*texts: str) -> str:
    return "；".join(text for text in texts if text)


def _sound(lines: Sequence[PointLine], rules: PointRules) -> None:
    by_id = {line.id: line for line in lines}
    problems = [] if len(by_id) == len(lines) else ["同一条积分出现两次"]
    taken: set[int] = set()
    for line in lines:
        if (source := rules.sources.get(line.source)) is None:
            problems.append(f"第 {line.id} 条的来源“{line.source}”不在积分来源里")
        elif line.reversal_of is None and (line.points_h < 0) != source.deducts:
            problems.append(f"第 {line.id} 条：{source.label}{'只能扣分' if source.deducts else '不能扣分'}")
        if line.reversal_of is not None:
            problems += _wrong_reversal(line, by_id.get(line.reversal_of), taken)
            taken.add(line.reversal_of)
    if problems:
        raise LedgerTrouble(problems)


def _wrong_reversal(line: PointLine, original: PointLine | None, taken: set[int]) -> list[str]:
    name = f"第 {line.id} 条冲回第 {line.reversal_of} 条"
    if original is None:
        return [f"{name}，但没有那一条"]
    found = [f"{name}：冲回本身不能再冲回，请另记一条"] if original.reversal_of is not None else []
    found += [f"{name}：那一条已经冲回过"] if line.reversal_of in taken else []
    if (line.source, line.points_h) != (original.source, -original.points_h):
        found.append(f"{name}：来源应相同、分数应相反（{show_points(-original.points_h)}）")
    return found
