"""Innovation studios as listed, with their gaps, and how many workshops have one that lacks nothing."""

from dataclasses import dataclass

from ronglu.store.models import Studio
from ronglu.work import studios as verbs
from ronglu.work.queries.places import Places

WORKSHOP = "workshop"


@dataclass(frozen=True, slots=True)
class StudioRow:
    studio: Studio
    unit: str
    body: str
    elements: list[tuple[str, str]]
    gaps: list[str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`whole`: workshops with a studio that has all five elements; `without`: those that have none at all."""

    workshops: int
    covered: int
    whole: int
    without: tuple[str, ...]


def listed(*, places: Places) -> list[StudioRow]:
    rows = Studio.objects.on(places.on).filter(plant=places.plant).order_by("unit__position", "name")
    return [_row(row, places) for row in rows]


def coverage(rows: list[StudioRow], *, places: Places) -> Coverage:
    """一个车间至少一个: a studio at a line counts for the line's workshop."""
    view = places.production.at(places.on)
    workshops = {state.id: state.name for state in view.of_kind(WORKSHOP)}
    below = {unit: key for key in workshops for unit in view.subtree(key)}
    has = {below[row.studio.unit_id] for row in rows if row.studio.unit_id in below}
    whole = {below[row.studio.unit_id] for row in rows if row.studio.unit_id in below and not row.gaps}
    without = tuple(name for key, name in workshops.items() if key not in has)
    return Coverage(len(workshops), len(has), len(whole), without)


def studio_of(*, pk: int) -> Studio | None:
    return Studio.objects.select_related("plant", "body__plant").filter(pk=pk).first()


def _row(row: Studio, places: Places) -> StudioRow:
    elements = [(label, getattr(row, name)) for name, label in verbs.ELEMENTS.items()]
    return StudioRow(row, places.unit_name(row.unit_id), places.body_name(row.body_id), elements, verbs.gaps(row))
