"""Competitions of crews or lines: how one is declared, what its score is, and which places its result gives.

Σ weight × share by the attainment curve of the sheet (04 §4.3, 05 §5.7), a part of it for improvement on the team's own past; but
places follow the adjusted effects, and teams whose difference lies within the noise share one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ronglu.kernel.canonical import canonical
from ronglu.kernel.measure.indicator import Direction as Better
from ronglu.kernel.measure.indicator import Indicator, RollUp
from ronglu.kernel.rules.arith import FULL, div
from ronglu.kernel.rules.basis import Line
from ronglu.kernel.rules.shapes.curve import Curve, missing, row_ppb
from ronglu.kernel.standing.errors import StandingTrouble

CREWS, LINES = "crew", "unit"
COUNTED = (RollUp.SUM, RollUp.COUNT, RollUp.RATIO, RollUp.WMEAN)
"""What adds up over a crew's shifts; a level at the end of a month is no crew's."""
IMPROVEMENT = Decimal("0.30")
LEAST_SHIFTS = 3
APPEAL_DAYS = 3
READ = Decimal("0.90")
"""Share of a team's shifts that must have been read and audited for it to have a place (09-13)."""
LONGEST = 366
STATUS = "系统默认"


class ContestTrouble(StandingTrouble):
    """竞赛不能这样宣布或办理。"""


@dataclass(frozen=True, slots=True)
class Weight:
    """One indicator of a contest and its weight in per cent."""

    indicator: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The declaration. Teams are units by key: crews of one line, or lines. `before` days are the teams' own past."""

    kind: str
    teams: tuple[int, ...]
    weights: tuple[Weight, ...]
    first: dt.date
    last: dt.date
    covariates: tuple[str, ...] = ()
    improvement: Decimal = IMPROVEMENT
    before: int = 0
    least: int = LEAST_SHIFTS
    appeal_days: int = APPEAL_DAYS
    stops: bool = True
    safety: bool = True

    @property
    def past(self) -> tuple[dt.date, dt.date]:
        """The days that improvement is measured against: as long as the contest itself unless told otherwise."""
        days = self.before or (self.last - self.first).days + 1
        return self.first - dt.timedelta(days=days), self.first - dt.timedelta(days=1)

    def problems(self, known: Mapping[str, Indicator]) -> list[str]:
        """Everything that forbids these terms, by name."""
        found = []
        if self.kind not in (CREWS, LINES):
            found.append("竞赛在横大班之间或产线之间进行")
        if len(set(self.teams)) < 2:
            found.append("至少要有两个队参赛")
        if self.last < self.first:
            found.append(f"末日 {self.last} 早于首日 {self.first}")
        if (self.last - self.first).days >= LONGEST:
            found.append("竞赛最长一年")
        if not Decimal(0) <= self.improvement <= Decimal("0.50"):
            found.append("进步所占比例应在 0 到 50% 之间")
        if not 1 <= self.least <= 100:
            found.append("最少出勤班数应在 1 到 100 之间")
        if not 1 <= self.appeal_days <= 30:
            found.append("申诉期应为 1 到 30 天")
        return found + list(self._weights(known)) + list(self._covariates(known))

    def _weights(self, known: Mapping[str, Indicator]) -> Iterable[str]:
        codes = [one.indicator for one in self.weights]
        if not codes:
            yield "至少选一个指标"
        elif sum(one.percent for one in self.weights) != 100:
            yield f"权重合计应为 100%，现在是 {sum(one.percent for one in self.weights)}%"
        if len(set(codes)) < len(codes):
            yield "同一个指标不能选两次"
        for one in self.weights:
            indicator = known.get(one.indicator)
            if indicator is None:
                yield f"本厂没有指标 {one.indicator}"
            elif indicator.rollup not in COUNTED or indicator.finest != "shift":
                yield f"“{indicator.name}”不能逐班累计，不能作竞赛指标"
            elif indicator.direction not in (Better.UP, Better.DOWN):
                yield f"“{indicator.name}”没有高低好坏之分，不能作竞赛指标"
            if one.percent <= 0:
                yield f"{one.indicator} 的权重应大于 0"

    def _covariates(self, known: Mapping[str, Indicator]) -> Iterable[str]:
        scored = {one.indicator for one in self.weights}
        for code in self.covariates:
            if code not in known:
                yield f"本厂没有指标 {code}"
            elif code in scored:
                yield f"{code} 既是竞赛指标又作校正因素，等于把成绩扣掉，只能选一样"

    def as_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind, "teams": list(self.teams), "weights": [[w.indicator, w.percent] for w in self.weights],
            "first": str(self.first), "last": str(self.last), "covariates": list(self.covariates),
            "improvement": str(self.improvement), "before": self.before, "least": self.least,
            "appeal_days": self.appeal_days, "stops": self.stops, "safety": self.safety,
        }  # fmt: skip

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Terms:
        return cls(
            kind=data["kind"], teams=tuple(data["teams"]), weights=tuple(Weight(code, n) for code, n in data["weights"]),
            first=dt.date.fromisoformat(data["first"]), last=dt.date.fromisoformat(data["last"]),
            covariates=tuple(data["covariates"]), improvement=Decimal(data["improvement"]), before=data["before"],
            least=data["least"], appeal_days=data["appeal_days"], stops=data["stops"], safety=data["safety"],
        )  # fmt: skip


def digest(data: Any) -> str:
    """The same data give the same digest, whatever order they were put together in."""
    return hashlib.sha256(canonical(data)).hexdigest()


@dataclass(frozen=True, slots=True)
class Points:
    """A team's score in hundredths of 100, of its level and of its improvement; None where nothing could be judged."""

    total_h: int | None
    level_ppb: int | None
    better_ppb: int | None
    left_out: tuple[str, ...] = ()


def points(level: Sequence[Line], better: Sequence[Line], *, curve: Curve, improvement: Decimal) -> Points:
    """Rows that cannot be judged (no plan, no readings) are left out and named, their weight goes to the others. Where
    nothing is known of a team's past, its level alone counts."""
    above, below = _mean(level, curve), _mean(better, curve)
    out = tuple(f"{line.name}：{why}" for line in level if (why := missing(line)))
    if above is None and below is None:
        return Points(None, None, None, out)
    if above is None or below is None or not improvement:
        whole = above if above is not None and (below is None or not improvement) else below
        return Points(None if whole is None else div(whole * 10_000, FULL), above, below, out)
    part = int(improvement * 100)
    share = (100 - part) * above + part * below
    return Points(div(share * 100, FULL), above, below, out)


def _mean(lines: Sequence[Line], curve: Curve) -> int | None:
    rows = [(line.weight, row_ppb(line, curve, FULL)) for line in lines if not missing(line)]
    return div(sum(w * s for w, s in rows), sum(w for w, _ in rows)) if rows else None


@dataclass(frozen=True, slots=True)
class Place:
    """`place` from 1; `tied` teams share it and the places after it."""

    place: int
    tied: int
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Contenders:
    """What places are given by: adjusted effects, the least gap that is more than luck, confirmed safety events."""

    effects: Mapping[int, Decimal | None]
    noise: Decimal | None
    events: Mapping[int, int] = field(default_factory=dict)


def places(given: Contenders, *, safety: bool = True) -> dict[int, Place]:
    """Neighbours whose gap is within the noise share a place. Among those who share one, a team without a safety event goes
    first; a team with one never gets the first place, which goes to the best group that has one without."""
    groups = [part for group in _groups(given) for part in _by_safety(group, given, safety)]
    if safety:
        groups = _barred(groups, given)
    found: dict[int, Place] = {}
    clean = not safety or not groups or not given.events.get(groups[0][0])
    at = 1 if clean else 2
    for group in groups:
        for team in group:
            found[team] = Place(at, len(group), safety and bool(given.events.get(team)))
        at += len(group)
    return found


def _groups(given: Contenders) -> list[list[int]]:
    ranked = sorted((-value, team) for team, value in given.effects.items() if value is not None)
    found: list[list[int]] = []
    last: Decimal | None = None
    for minus, team in ranked:
        apart = last is not None and given.noise is not None and minus - last > given.noise
        if not found or apart:
            found.append([])
        found[-1].append(team)
        last = minus
    return [sorted(group) for group in found]


def _by_safety(group: list[int], given: Contenders, safety: bool) -> list[list[int]]:
    if not safety:
        return [group]
    parts = [[t for t in group if not given.events.get(t)], [t for t in group if given.events.get(t)]]
    return [part for part in parts if part]


def _barred(groups: list[list[int]], given: Contenders) -> list[list[int]]:
    """Groups with an event ahead of the first one without go right behind it."""
    clean = next((at for at, group in enumerate(groups) if not given.events.get(group[0])), None)
    if clean is None:
        return groups
    return [groups[clean], *groups[:clean], *groups[clean + 1 :]]
