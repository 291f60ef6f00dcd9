"""季度点评打分 and 实特亮: named people judge a branch's quarter from 0 to 100 a scale, and its practices in three words, with reasons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from ronglu.kernel.rules.arith import div
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Body, Plant, PracticeMark, QuarterMark, Review
from ronglu.work import audits, marks, marks_stake, sheets
from ronglu.work.marks import MarkProblem, said

QUARTER, PRACTICE = "quarter", "practice"
TOP = 10_000
STEPS = range(1, 6)
WORDS = {"solid": "实", "distinct": "特", "bright": "亮"}
Spot = tuple[int, str]


@transaction.atomic
def mark_quarter(
    *, body: Body, quarter: Period, scale: str, score: Decimal, reason: str, by: Account, at: dt.datetime
) -> QuarterMark:  # fmt: skip
    """Apart from the comment card, which has no number. Until the year's result is made public; another stands in its place."""
    _may(body, quarter, QUARTER, by, at.date())
    _still_open(body, quarter)
    if scale not in scales(body.plant, quarter):
        raise MarkProblem(f"没有“{scale}”这个百分，应为{'、'.join(scales(body.plant, quarter).values())}之一")
    if not score.is_finite() or not 0 <= score <= 100 or score != round(score, 2):
        raise MarkProblem(f"点评分是 0 到 100，最多两位小数，现在是 {score}")
    spot = {"body": body, "quarter": str(quarter), "scale": scale, "by": by}
    made = QuarterMark.objects.create(
        **spot, number=QuarterMark.objects.filter(**spot).count() + 1, score=int(score.scaleb(2)), reason=said(reason), at=at
    )  # fmt: skip
    _note("quarter", body, f"{quarter} {scale}", by, at, score=str(score))
    return made


@transaction.atomic
def mark_practice(
    *, body: Body, period: Period, practice: str, solid: int, distinct: int, bright: int, comment: str, by: Account,
    at: dt.datetime,
) -> PracticeMark:  # fmt: skip
    """实: it stands; 特: it is the branch's own; 亮: others see it. A quarter or a year; it brings no points."""
    if period.grain not in (Grain.QUARTER, Grain.YEAR):
        raise MarkProblem("实、特、亮按季度或年度评")
    _may(body, period, PRACTICE, by, at.date())
    name = practice.strip()
    if not name or len(name) > 120:
        raise MarkProblem("写明评的是哪个做法（不超过 120 字）")
    steps = {"solid": solid, "distinct": distinct, "bright": bright}
    if wrong := [WORDS[code] for code, step in steps.items() if step not in STEPS]:
        raise MarkProblem(f"{'、'.join(wrong)}应评 1 到 5 档")
    spot = {"body": body, "period": str(period), "practice": name, "by": by}
    number = PracticeMark.objects.filter(**spot).count() + 1
    made = PracticeMark.objects.create(**spot, number=number, **steps, comment=said(comment), at=at)
    _note("practice", body, f"{period} {name}", by, at, **steps)
    return made


def scales(plant: Plant, period: Period) -> Mapping[str, str]:
    """Code and name of each scale of the sheet in force when the period ends; none before the first sheet."""
    try:
        sheet = sheets.sheet_of(sheets.in_force(plant=plant, month=Period.of(period.last, Grain.MONTH)))
    except sheets.NoSheet:
        return {}
    return {one.code: one.name for one in sheet.scales}


def standing(*, plant: Plant, quarters: list[Period]) -> dict[tuple[str, int, str], dict[int, QuarterMark]]:
    """(quarter, branch, scale) → the mark of each member that stands."""
    rows = QuarterMark.objects.filter(body__plant=plant, quarter__in=[str(one) for one in quarters])
    found: dict[tuple[str, int, str], dict[int, QuarterMark]] = defaultdict(dict)
    for row in rows.order_by("number"):
        found[row.quarter, row.body_id, row.scale][row.by_id] = row
    return dict(found)


def of_year(*, plant: Plant, year: Period) -> dict[Spot, dict[int, int]]:
    """(branch, scale) → quarter 1 to 4 → the mean of its panel in hundredths, rounded half-up; quarters without marks are absent."""
    quarters = list(year.down(Grain.QUARTER))
    number = {str(one): no for no, one in enumerate(quarters, start=1)}
    found: dict[Spot, dict[int, int]] = defaultdict(dict)
    for (quarter, body, scale), given in standing(plant=plant, quarters=quarters).items():
        found[body, scale][number[quarter]] = div(sum(one.score for one in given.values()), len(given))
    return dict(found)


def practices(*, plant: Plant, period: Period) -> list[PracticeMark]:
    """The marks that stand, the newest of each reviewer, by branch and practice."""
    rows = PracticeMark.objects.filter(body__plant=plant, period=str(period)).select_related("body", "by__person")
    kept: dict[Any, PracticeMark] = {}
    for row in rows.order_by("number"):
        kept[row.body_id, row.practice, row.by_id] = row
    return sorted(kept.values(), key=lambda row: (row.body.position, row.practice, row.pk))


def _may(body: Body, period: Period, panel: str, by: Account, on: dt.date) -> None:
    """Named for it, the period is over, and no stake in the branch."""
    if not marks.is_reviewer(plant=body.plant, item=panel, account=by, on=on):
        raise MarkProblem(f"您现在不是“{marks.PANELS[panel]}”的评审人")
    if on <= period.last:
        raise MarkProblem(f"{period} 还没有过完（到 {period.last}），期末之后再评")
    life = marks_stake.Life.of(by, plant=body.plant)
    if why := marks_stake.refusal(life, body=body, first=period.first, last=on):
        raise MarkProblem(f"{why}，不能评")


def _still_open(body: Body, quarter: Period) -> None:
    year = Review.objects.filter(body=body, kind="annual", period=str(quarter.up(Grain.YEAR))).select_related("case")
    if any(one.case.state not in ("reporting", "grading") for one in year):
        raise MarkProblem(f"{quarter.up(Grain.YEAR)} 年的年考核已经公示，季度点评分不再改动")


def _note(verb: str, body: Body, subject: str, by: Account, at: dt.datetime, **detail: object) -> None:
    audits.record(verb=f"marks.{verb}", by=by, at=at, plant=body.plant, subject=f"{body.code} {subject}", detail=detail)
