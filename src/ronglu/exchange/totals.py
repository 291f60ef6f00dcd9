"""Sums that stand in a table: recognised ones are compared with their rows, one that hides among the data is refused."""

from decimal import Decimal
from typing import TYPE_CHECKING

from ronglu.exchange.job import Job
from ronglu.exchange.numbers import PRECISE, float_text, scaled
from ronglu.exchange.problems import cell_name
from ronglu.exchange.sandbox import Sheet

if TYPE_CHECKING:
    from ronglu.exchange.cells import Read
    from ronglu.exchange.long_rows import Rows
    from ronglu.exchange.measures import Plan

LEAST = 3  # rows above a sum
NOT_SUMS = ("平均", "average", "均")


def check_totals(job: Job, sheet: Sheet, columns: list[tuple["Plan", int, "Read"]], rows: "Rows") -> None:
    additive = [(plan, index, read) for plan, index, read in columns if plan.additive]
    _hidden(job, sheet, additive, rows)
    starts = 0
    for number, word in rows.totals:
        if any(mark in word for mark in NOT_SUMS):
            continue
        for plan, index, read in additive:
            _compare(job, sheet, plan, index, read, number, starts)
        starts = number


def _compare(job: Job, sheet: Sheet, plan: "Plan", index: int, read: "Read", number: int, starts: int) -> None:
    """A sum may cover all rows above it or those since the last sum."""
    stated = (sheet.rows or [])[number][index]
    if not isinstance(stated, float | int) or isinstance(stated, bool):
        return
    value = scaled(PRECISE.multiply(Decimal(float_text(float(stated))), plan.factor), plan.decimals)
    whole = sum(s for s, row in zip(read.scaled, read.rows, strict=True) if s is not None and row < number)
    part = sum(s for s, row in zip(read.scaled, read.rows, strict=True) if s is not None and starts < row < number)
    if value not in (whole, part):
        job.collect.add(
            "totals_differ",
            sheet=sheet.name,
            row=number,
            column=index,
            value=stated,
            computed=Decimal(part).scaleb(-plan.decimals),
        )


def _hidden(job: Job, sheet: Sheet, columns: list[tuple["Plan", int, "Read"]], rows: "Rows") -> None:
    """The last row equals the sum of all rows above it in every column that has one: it is no data."""
    last = rows.rows[-1] if rows.rows else -1
    if len(rows.rows) <= LEAST:
        return
    matched = []
    for _, index, read in columns:
        if not read.rows or read.rows[-1] != last or read.scaled[-1] in (None, 0):
            continue
        above = [s for s in read.scaled[:-1] if s is not None]
        if len([s for s in above if s]) < LEAST or sum(above) != read.scaled[-1]:
            return
        matched.append(cell_name(last, index))
    if matched:
        job.collect.add("totals_as_data", sheet=sheet.name, row=last, value="、".join(matched[:5]))
