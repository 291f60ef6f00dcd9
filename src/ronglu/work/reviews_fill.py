"""What a self-check, a comment and a year's report begin with: figures and open matters as the records have them, in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ronglu.kernel.loops.loop import RUNNING, Loop
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Case, CaseRow, Closing, Plant, Result, Review, Run, Total
from ronglu.work import adjustments, closings, quarter_marks, sheets
from ronglu.work.queries import agreed
from ronglu.work.runs import newest_of

LISTED = 8
"""Items and cases named one by one; what is more is a number."""
Words = Mapping[int, str]


@dataclass
class Ground:
    """Everything that one kind and period begins with, for all branches of a plant: about ten queries."""

    plant: Plant
    kind: str
    period: Period
    loops: Mapping[str, Loop]
    at: dt.datetime
    _said: dict[str, Words] = field(default_factory=dict)

    def of(self, body: int) -> dict[str, str]:
        """Field → text; what there is nothing to say of is left out."""
        if not self._said:
            self._said = self._read()
        return {code: words[body] for code, words in self._said.items() if words.get(body)}

    def _read(self) -> dict[str, Words]:
        months = [self.period] if self.period.grain is Grain.MONTH else list(self.period.down(Grain.MONTH))
        runs = newest_of(plant=self.plant, months=months)
        found: dict[str, Words] = {"scores": _scores(self.plant, runs, months)}
        if self.kind == "annual":
            found["quarters"] = _quarters(self.plant, self.period)
        else:
            found["lost"] = _lost(runs)
        found |= {"pending": _pending(self.plant, self.loops)} if self.kind == "monthly" else {}
        found |= {"earlier": _advice(self.plant, self.period)} if self.kind != "monthly" else {}
        return found


def _scores(plant: Plant, runs: Mapping[int, Run], months: list[Period]) -> Words:
    """The converted figures of each scale, as they stand after adjustments, month by month."""
    if not runs:
        return {}
    last = max(runs.values(), key=lambda run: run.month)
    names = {one.code: one.name for one in sheets.sheet_of(last.sheet).scales}
    rows = Total.objects.filter(run__in=runs.values()).select_related("run").order_by("run__month")
    closed = Closing.objects.filter(plant=plant, state=closings.CLOSED, month__in=runs).select_related("run")
    standing = {one.month: adjustments.standing_totals(one) for one in closed}
    told: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        stands = standing.get(row.run.month, {}).get((row.body_id, row.scale))
        value = stands.converted if stands else row.converted
        where = f"{row.run.month % 100} 月" if len(months) > 1 else ""
        told[row.body_id].append(f"{where}{names.get(row.scale, row.scale)} {_points(value)}")
    return {body: "；".join(lines) for body, lines in told.items()}


def _lost(runs: Mapping[int, Run]) -> Words:
    """Items that cost most over the months as they stand after adjustments, and how many hundredths of a point."""
    gone: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Result.objects.filter(run__in=runs.values()).values_list("run_id", "body_id", "item", "points", "won")
    lines = {run.pk: agreed.of_run(run.pk) for run in runs.values()}
    for run, body, item, points, won in rows:
        line = lines[run].get((body, item))
        stands = line.won if line else won
        if stands is not None and stands < points:
            gone[body][item] += points - stands
    return {body: _listed([f"{item} −{_points(n)}" for item, n in _most(found)]) for body, found in gone.items()}


def _most(found: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _pending(plant: Plant, loops: Mapping[str, Loop]) -> Words:
    """Cases of the branch that are not at their end; what was raised in confidence is not named."""
    rows = Case.objects.filter(
        plant=plant, body__isnull=False, phase__in=RUNNING, loop__in=loops, secrecy="open"
    ).exclude(review__isnull=False)
    told: dict[int, list[str]] = defaultdict(list)
    for body, loop, number in rows.order_by("due_at").values_list("body_id", "loop", "number"):
        told[body].append(f"{loops[loop].label} {number}")
    return {body: _listed(lines) for body, lines in told.items()}


def _quarters(plant: Plant, year: Period) -> Words:
    names = quarter_marks.scales(plant, year)
    told: dict[int, list[str]] = defaultdict(list)
    for (body, scale), marks in sorted(quarter_marks.of_year(plant=plant, year=year).items()):
        said = "，".join(f"{no} 季 {_points(value)}" for no, value in sorted(marks.items()))
        told[body].append(f"{names.get(scale, scale)} {said}")
    return {body: "；".join(lines) for body, lines in told.items()}


def _advice(plant: Plant, period: Period) -> Words:
    """What was advised before, and what became of the action that each advice was turned into."""
    before = [period - 1] if period.grain is Grain.QUARTER else list(period.down(Grain.QUARTER))
    cards = Review.objects.filter(body__plant=plant, kind="quarterly", period__in=[str(one) for one in before])
    homes = dict(cards.values_list("case_id", "body_id"))
    rows = list(CaseRow.objects.filter(case__in=homes, kind="advice").exclude(state="dropped").order_by("case", "no"))
    numbers = {row.data.get("action") for row in rows} - {None}
    over = dict(Case.objects.filter(plant=plant, number__in=numbers).values_list("number", "phase"))
    told: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        number = row.data.get("action", "")
        word = {"closed": "已办结", "dropped": "没有办"}.get(over.get(number, ""), "在办") if number else "没有转行动项"
        told[homes[row.case_id]].append(f"{row.data.get('advice', '')}（{number} {word}）".replace("（ ", "（"))
    return {body: "\n".join(lines) for body, lines in told.items()}


def _listed(lines: list[str]) -> str:
    rest = f" 等 {len(lines)} 项" if len(lines) > LISTED else ""
    return "、".join(lines[:LISTED]) + rest


def _points(value: int | None) -> str:
    return "暂不评级" if value is None else f"{value // 100}.{value % 100:02d}"
