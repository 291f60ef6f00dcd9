"""What an item costs the plant in minutes of filling in (AF-9): an estimate from fields, people and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.params import Params
from ronglu.kernel.rules.shapes import Panel
from ronglu.kernel.time.period import Grain

MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Rates:
    """Seconds per field, and how many fields a mark, an audited figure and its signature have; defaults of ours."""

    seconds: int
    mark: int
    figure: int


@dataclass(frozen=True, slots=True)
class Forms:
    """What an item asks people to fill in that nobody asks today: fields × people × times a month, and what it retires."""

    fields: int
    people: int
    times: int
    replaces: str = ""

    @property
    def boxes(self) -> int:
        return self.fields * self.people * self.times

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Forms:
        p = Params("填报", data)
        return cls(p.whole("fields", 0), p.whole("people", 0), p.whole("times", 0), p.text("replaces", ""))


NONE = Forms(0, 0, 0)


def minutes(item: Item, *, rates: Rates, branches: int, wired: bool, forms: Forms = NONE) -> int:
    """Minutes a month in the whole plant, rounded up.

    A fact that is kept anyway costs nothing more. A panel's reviewers mark each branch once a period; an item without
    its fact takes the office's audited figure for each branch. What the item brings in new forms comes on top.
    """
    boxes = 0
    if isinstance(item.shape, Panel):
        boxes = item.shape.reviewers * rates.mark * branches
    elif not wired:
        boxes = rates.figure * branches
    seconds = boxes * rates.seconds + forms.boxes * rates.seconds * MONTHS[item.cadence]
    return -(-seconds // (60 * MONTHS[item.cadence]))


def build_rates(data: Mapping[str, Any]) -> Rates:
    return Rates(seconds=int(data["seconds"]), mark=int(data["mark"]), figure=int(data["figure"]))
