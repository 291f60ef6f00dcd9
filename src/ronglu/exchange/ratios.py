"""Recomputes the ratio columns of a long table row by row from their parts."""

from dataclasses import replace
from decimal import Decimal

from ronglu.exchange.checks import recompute, tolerance
from ronglu.exchange.job import Job
from ronglu.exchange.problems import letter, problem
from ronglu.exchange.profile import Ratio


def check_ratios(job: Job) -> None:
    """Only where a profile names ratio lines; a mismatch is asked with both figures."""
    wanted = {code for ratio in job.profile.ratios for code in (ratio.series, ratio.numerator, ratio.denominator)}
    if not wanted or job.figures:
        return
    values = job.values
    slots: dict[tuple[str, int], dict[str, int]] = {}
    for number, series in enumerate(values.series):
        if series in wanted and values.scaled[number] is not None:
            slots.setdefault((values.line[number], values.at[number]), {})[series] = number
    for slot in slots.values():
        for ratio in job.profile.ratios:
            if {ratio.series, ratio.numerator, ratio.denominator} <= slot.keys():
                _compare(job, ratio, slot)


def _compare(job: Job, ratio: Ratio, slot: dict[str, int]) -> None:
    stated, above, below = (_number(job, slot[code]) for code in (ratio.series, ratio.numerator, ratio.denominator))
    if not below:
        return
    computed = recompute(ratio, above, below)
    if abs(computed - stated) <= tolerance(ratio):
        return
    values, number = job.values, slot[ratio.series]
    made = problem(
        "check_ratio",
        value=values.text[number],
        series=ratio.series,
        computed=computed,
        above=above,
        below=below,
        sheet=values.sheets[values.sheet[number]],
        key=f"check_ratio:{values.place(number)}",
        choices=("keep",),
    )
    job.collect.take(replace(made, row=values.row[number] + 1, column=letter(values.column[number])))


def _number(job: Job, number: int) -> Decimal:
    """The stored value."""
    scaled = job.values.scaled[number]
    decimals = job.decimals[job.values.series[number]]
    return Decimal(scaled or 0).scaleb(-decimals)
