"""Commitments, self-inspections and what they found as fact rows (A7), by branch: what was due and is not there, what ran late.

No row carries a name or the number of a signer: who has not signed is for the discipline roles alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ronglu.facts import cases
from ronglu.facts.persons import FINISHED
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.homes import Homes
from ronglu.store.models import Commitment, CommitmentState, InspectionFinding, InspectionState, Plant, SelfInspection

Row = dict[str, Any]
FACT, ITEM, LOOP = "commitment", "A7", "action"
MISSING, OVERDUE = "missing_doc", "overdue"


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Papers on the last day of a quarter, inspections on the day they were due, findings on theirs."""
    homes = Homes.of(plant)
    found = [*_papers(plant, month, homes), *_inspections(plant, month, homes), *_findings(plant, month, loops, homes)]
    return [row for row in found if row["branch"] is not None]


def begun(plant: Plant, last: dt.date) -> bool:
    """Whether the plant keeps its commitments or self-inspections here by then."""
    return (
        Commitment.objects.filter(body__plant=plant, due_on__lte=last).exists()
        or SelfInspection.objects.filter(body__plant=plant, due_on__lte=last).exists()
    )


def unwritten(plant: Plant, months: list[Period]) -> list[int]:
    """The months that have rows although nobody wrote anything in them: a paper not signed is missed each quarter anew."""
    ends = (month for month in months if month == month.up(Grain.QUARTER).down(Grain.MONTH)[-1])
    return [month.yyyymm for month in ends if begun(plant, month.last)]


def _papers(plant: Plant, month: Period, homes: Homes) -> Iterator[Row]:
    """Of the year's required list what was due by the quarter's end; it counts where it was signed by then and looked at."""
    day = month.up(Grain.QUARTER).last
    if day != month.last:
        return
    due = Commitment.objects.filter(body__plant=plant, year=day.year, due_on__lte=day)
    for no, one in enumerate(due.exclude(dropped_on__lte=day).order_by("body", "pk"), 1):
        kept = one.state == CommitmentState.CONFIRMED and one.counts_on is not None and one.counts_on <= day
        yield _row(
            homes.of_body(one.body_id, day), MISSING, kept=kept, day=day, no=no, type_=one.kind, label="责任书、承诺书"
        )


def _inspections(plant: Plant, month: Period, homes: Homes) -> Iterator[Row]:
    due = SelfInspection.objects.filter(body__plant=plant, due_on__range=(month.first, month.last))
    for one in due.exclude(state=InspectionState.DROPPED).order_by("pk"):
        kept = one.held_on is not None and one.held_on <= one.due_on
        yield _row(
            homes.of_body(one.body_id, one.due_on), MISSING, kept=kept, day=one.due_on, type_="inspection",
            label=f"专项自查 {one.title}", record=str(one.pk), done=one.held_on,
        )  # fmt: skip


def _findings(plant: Plant, month: Period, loops: Mapping[str, Loop], homes: Homes) -> Iterator[Row]:
    """What a self-inspection found, in the month it had to be put right; a late one costs once."""
    found = InspectionFinding.objects.filter(inspection__body__plant=plant).select_related("inspection", "case")
    made = {one.case.number: one for one in found.order_by("pk")}
    if not made or LOOP not in loops:
        return
    watched = {LOOP: replace(loops[LOOP], clocks=(FINISHED,))}
    last: dict[str, Row] = {}
    for row in cases.rows(plant=plant, month=month, loops=watched):
        if row["fact"] == FINISHED.fact and row["record"] in made:
            # a second stay after it was sent back takes the place of the first
            last[row["record"]] = row
    for number, row in last.items():
        one = made[number]
        yield _row(
            homes.of_body(one.inspection.body_id, row["day"]), OVERDUE, kept=row["state"] == "kept", day=row["day"],
            type_=LOOP, label=f"{one.inspection.title}：{one.case.title}", record=number, done=row["done"],
        )  # fmt: skip


def _row(
    branch: int | None, key: str, *, kept: bool, day: dt.date, type_: str, label: str, no: int = 0, record: str = "",
    done: dt.date | None = None,
) -> Row:  # fmt: skip
    return {
        "fact": FACT, "branch": branch, "item": ITEM, "type": type_, "state": "kept" if kept else "broken", "part": "",
        "key": key, "record": record, "no": no, "label": label, "num": int(not kept), "den": 1, "day": day, "done": done,
        "raised_on": day, "shift_no": None,
    }  # fmt: skip
