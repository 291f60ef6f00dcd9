"""What a cell said in the run before, and what lies between: figures, sums, and the readings that were restated."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from ronglu.boards.explain.figures import FigureView
from ronglu.boards.explain.readings import Given, given, shift_name
from ronglu.boards.sheet.read import SheetView
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.calendar import Calendar
from ronglu.store.models import Reading

Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that moved, from the reading's sum up to the total; texts as people read them."""

    label: str
    before: str
    after: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ReadingMoved:
    series: Series
    day: dt.date
    shift: str
    letter: str
    before: Given | None
    after: Given | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """`number`: the run compared with; `steps` lead from sums over indicator, item and category to the total."""

    number: int
    at: dt.datetime
    steps: tuple[Step, ...]
    readings: tuple[ReadingMoved, ...]
    versions: tuple[int, int]


def steps_between(
    *, item: str, category: str, scale: str, now: SheetView, was: SheetView, figures: Iterable[FigureView],
    old: Mapping[str, FigureView],
) -> tuple[Step, ...]:  # fmt: skip
    """Only what changed; an item whose points did not move has no further steps."""
    found = [step for one in figures for step in _figure(one, old.get(one.code))]
    found.append(Step(item, _cell(was, item), _cell(now, item), "分"))
    found.append(Step(f"{category} 类", _category(was, category), _category(now, category), "分"))
    for label, pick in (("得分", "won"), ("折算", "converted")):
        before, after = (_points(getattr(_total(view, scale), pick)) for view in (was, now))
        found.append(Step(f"{_scale_name(now, scale)}·{label}", before, after, "分"))
    return tuple(step for step in found if step.before != step.after)


def readings_between(
    *, figures: Iterable[FigureView], old: Mapping[str, FigureView], calendar: Calendar, may_see: Iterable[int],
    names: bool,
) -> tuple[ReadingMoved, ...]:  # fmt: skip
    """Slots that scored in another version than before; two queries."""
    used: dict[Key, int] = {}
    before: dict[Key, int] = {}
    known: dict[str, Series] = {}
    for one in figures:
        used |= one.restated
        before |= old[one.code].restated if one.code in old else {}
        known |= {series.code: series for series in one.series}
    changed = sorted(
        (key for key in used.keys() | before.keys() if used.get(key, 1) != before.get(key, 1)),
        key=lambda key: (key[2], key[0], key[1]),
    )
    seen = set(may_see)
    versions = _versions([key for key in changed if key[0] in seen])
    return tuple(
        _moved(known[key[1]], rows, before.get(key, 1), used.get(key, 1), calendar, names)
        for key, rows in versions.items()
        if key[1] in known
    )


def _moved(series: Series, rows: list[Reading], was: int, now: int, calendar: Calendar, names: bool) -> ReadingMoved:
    first = rows[0]
    old, new = (given(rows, version, decimals=series.decimals, names=names) for version in (was, now))
    shift = shift_name(calendar, first.day, first.shift_no)
    return ReadingMoved(series, first.day, shift, first.letter, old, new)


def _versions(keys: list[Key]) -> dict[Key, list[Reading]]:
    if not keys:
        return {}
    where = Q()
    for unit, series, starts in keys:
        where |= Q(channel__unit=unit, channel__series=series, starts_at=dt.datetime.fromisoformat(starts))
    rows = Reading.objects.filter(where).select_related("channel", "batch", "entered_by__person", "audited_by__person")
    made: dict[Key, list[Reading]] = {key: [] for key in keys}
    for row in rows.order_by("version"):
        made[row.channel.unit_id, row.channel.series, row.starts_at.isoformat()].append(row)
    return {key: rows for key, rows in made.items() if rows}


def _figure(now: FigureView, was: FigureView | None) -> Iterable[Step]:
    """Sums first, then the value they make."""
    sums = {part.key: part for part in was.parts} if was else {}
    for part in now.parts:
        old = sums.get(part.key)
        yield Step(f"{now.name}·{part.label}", _number(old.total if old else None), _number(part.total), part.unit)
    yield Step(now.name, _number(was.shown if was else None), _number(now.shown), now.unit)


def _cell(view: SheetView, item: str) -> str:
    return next(row.cells[0].text for row in view.rows if row.item.code == item)


def _category(view: SheetView, code: str) -> str:
    return f"{next(group.sums[0].won for group in view.groups if group.category.code == code):.2f}"


def _total(view: SheetView, scale: str) -> object:
    return next(row.standings[0].total for row in view.scales if row.scale.code == scale)


def _scale_name(view: SheetView, scale: str) -> str:
    return next(row.scale.name for row in view.scales if row.scale.code == scale)


def _points(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}"
