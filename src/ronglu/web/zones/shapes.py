"""Drawn zones as an SVG understands them: corners in the units of the picture's own proportions, and where the name stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ronglu.work.zone_shapes import text_of

if TYPE_CHECKING:
    from ronglu.store.models import FloorPlan, ZoneArea

WIDE = 1000


@dataclass(frozen=True, slots=True)
class Shape:
    """`open`: the reader may follow the link to the zone. `text` are the corners as people write them."""

    pk: int
    name: str
    kind: str
    points: str
    x: int
    y: int
    text: str
    open: bool


def height_of(plan: "FloorPlan") -> int:
    """Of the drawing, where its width is a thousand."""
    return max(1, WIDE * plan.height // plan.width)


def drawn(areas: "Iterable[ZoneArea]", plan: "FloorPlan", *, seen: Collection[int]) -> list[Shape]:
    tall = height_of(plan)
    found = []
    for area in areas:
        corners = [(x, y * tall // WIDE) for x, y in area.points]
        found.append(
            Shape(
                pk=area.zone_id,
                name=area.zone.name,
                kind=area.zone.kind,
                points=text_of(corners),
                x=sum(x for x, _ in corners) // len(corners),
                y=sum(y for _, y in corners) // len(corners),
                text=text_of(area.points),
                open=area.zone_id in seen,
            )
        )
    return found
