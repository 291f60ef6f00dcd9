"""Members whose two axes stand no lower than their own baseline, as fact rows (C2): one a branch, never one a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.models import LiftStand, Plant

Row = dict[str, Any]
FACT = "member_axes"
LEAST = 3
"""A branch in which fewer members can be compared has no row: a share of one or two would tell whose it is."""


def rows(*, plant: Plant, month: Period, loops: Mapping[str, Loop]) -> list[Row]:
    """Of the members that have both axes and a baseline: how many reached it. In their first quarter nobody has one."""
    stands = LiftStand.objects.filter(body__plant=plant, month=month.yyyymm).exclude(state="open")
    counted = stands.order_by().values("body").annotate(due=Count("pk"), reached=Count("pk", Q(state="reached")))
    return [_row(one, month.last) for one in counted.order_by("body") if one["due"] >= LEAST]


def begun(plant: Plant, last: dt.date) -> bool:
    """Whether the plant keeps double-lift figures by then."""
    return LiftStand.objects.filter(body__plant=plant, month__lte=last.year * 100 + last.month).exists()


def _row(one: Mapping[str, Any], day: dt.date) -> Row:
    return {
        "fact": FACT, "branch": one["body"], "item": "C2", "type": "lift", "state": "", "part": "", "key": "members",
        "record": "", "no": 0, "label": "两轴都不低于自己基线的党员", "num": one["reached"], "den": one["due"], "day": day,
        "done": None, "raised_on": day, "shift_no": None,
    }  # fmt: skip
