"""Resolutions of closed meetings as fact rows (B3): due on their day, kept when handed in by then and passed by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ronglu.facts import cases
from ronglu.kernel.loops.loop import Clock, Loop, Phase
from ronglu.kernel.time.period import Period
from ronglu.store.homes import Homes
from ronglu.store.models import Case, Plant, Resolution

Row = dict[str, Any]
FACT, ITEM, LOOP = "resolution", "B3", "action"
CLOCK = Clock(
    code="resolution", label="会议决议", en="Resolution", states=("doing",), fact=FACT, item=ITEM, passed=True
)
"""The action's own deadline, with the extensions that somebody else granted before it had gone by."""


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """One row a resolution in the month of its day, for the branch whose meeting, or whose group's, decided it."""
    made = {one.case_id: one for one in _decided(plant)}
    homes = Homes.of(plant)
    found = list(_begun(plant, month, loops, {one.case.number: one for one in made.values()}))
    begun = set(_handed_out([pk for pk in made if pk]))
    waiting = _decided(plant).filter(due_on__range=(month.first, month.last)).exclude(case__in=begun)
    found += [_waiting(one) for one in waiting.exclude(case__phase=Phase.DROPPED.value)]
    return [row | {"branch": homes.of_body(row.pop("body"), row["day"])} for row in found]


def _decided(plant: Plant) -> Any:
    found = Resolution.objects.filter(gathering__plant=plant, gathering__state="closed").exclude(case=None)
    return found.select_related("gathering", "case").order_by("pk")


def _begun(
    plant: Plant, month: Period, loops: Mapping[str, Loop], made: Mapping[str, Resolution]
) -> Iterator[Row]:  # fmt: skip
    """By the clock of the case: a second stay after it was sent back takes the place of the first."""
    if LOOP not in loops:
        return
    last: dict[str, Row] = {}
    for row in cases.rows(plant=plant, month=month, loops={LOOP: replace(loops[LOOP], clocks=(CLOCK,))}):
        if row["fact"] == FACT and row["record"] in made:
            last[row["record"]] = row
    for number, row in last.items():
        yield row | {"body": made[number].gathering.body_id, "label": CLOCK.label}


def _handed_out(found: list[int]) -> Any:
    """Cases that somebody was charged with."""
    return Case.objects.filter(pk__in=found, steps__after="doing").values_list("pk", flat=True)


def _waiting(one: Resolution) -> Row:
    """Nobody was charged with it: it falls due all the same."""
    return {
        "fact": FACT, "body": one.gathering.body_id, "item": ITEM, "type": LOOP, "state": "broken", "part": "", "key": CLOCK.code,
        "record": one.case.number, "no": one.no, "label": CLOCK.label, "num": 0, "den": 1, "day": one.due_on, "done": None,
        "raised_on": one.gathering.starts_at.date(), "shift_no": None,
    }  # fmt: skip
