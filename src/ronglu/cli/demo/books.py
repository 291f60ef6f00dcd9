"""The invented plant's shift workbooks as its statisticians keep them, and the source profile that reads them."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ronglu.cli.demo.group import Line, Workshop
from ronglu.cli.demo.org import Made
from ronglu.cli.demo.scale import NOW
from ronglu.cli.demo.slots import Slot, reported, slots
from ronglu.config.plant import pack_of, packs
from ronglu.exchange.profile import Column, Measure, Percent, Profile, Role
from ronglu.exchange.profile_text import to_dict
from ronglu.exchange.words import split_unit
from ronglu.store.models import Source

KEYS = ("日期", "班次", "班别", "产线")
SLIP = ("R1", "sm_coal", dt.date(2026, 3, 18), 2)
"""A decimal point that slipped on the way into the workbook: the reading waits for its correction."""


def source(made: Made, workshop: Workshop) -> Source:
    """How the workshop's report is read; one source a workshop, because one statistician brings it."""
    code = f"{made.plan.prefix}-{workshop.code}-shift".lower()
    name = f"{workshop.name}班报"
    return Source.objects.create(plant=made.plant, code=code, name=name, profile=to_dict(profile(made, workshop, name)))


def profile(made: Made, workshop: Workshop, name: str) -> Profile:
    series = pack_of(made.plan.code).series
    values = tuple(
        Column(
            Role.VALUE,
            (word(made, code),),
            measure=Measure(
                series=code, unit=series[code].unit, percent=Percent.AS_IS if series[code].unit == "%" else Percent.ASK
            ),
        )
        for code in columns(made, workshop.lines)
    )
    keys = (
        Column(Role.STAMP, ("日期",)),
        Column(Role.SHIFT, ("班次",)),
        Column(Role.IGNORE, ("班别",), required=False),
        Column(Role.LINE, ("产线",)),
    )
    lines = {line.name: made.unit(line.code).code for line in workshop.lines}
    return Profile(name=name, columns=(*keys, *values), lines=lines)


def columns(made: Made, lines: Iterable[Line]) -> list[str]:
    """Every series one of the lines reports, in the order of the report."""
    return list(dict.fromkeys(code for line in lines for code in reported(made, line)))


def word(made: Made, code: str) -> str:
    """The column's title without brackets: what stands in brackets in a title is its unit."""
    return re.sub(r"[（）()]", "", pack_of(made.plan.code).series[code].name)


def rows(made: Made, workshop: Workshop, month: int, *, until: dt.date | None = None) -> list[list[Any]]:
    """The month as a table, titles first; `until` is the first day that is not in it yet."""
    wanted, series = columns(made, workshop.lines), pack_of(made.plan.code).series
    names = {s.no: s.name for s in packs().base.time.calendars[made.plan.calendar].calendar.rules[0].shifts}
    table: list[list[Any]] = [[*KEYS, *(_title(word(made, code), series[code].unit) for code in wanted)]]
    told = [(line, slot) for line in workshop.lines for slot in slots(made, line, month)]
    for line, slot in sorted(told, key=lambda one: (one[1].shift.day, one[1].shift.shift_no)):
        if until is None or slot.shift.day < until:
            shift = slot.shift
            keys = [shift.day, names[shift.shift_no], shift.letter, line.name]
            table.append([*keys, *(_cell(line, slot, code) for code in wanted)])
    return table


def _title(name: str, unit: str) -> str:
    """With its unit, where the unit is one that the reader knows beside a title."""
    whole = f"{name}({unit})"
    return whole if split_unit(whole)[1] else name


def _cell(line: Line, slot: Slot, code: str) -> float | None:
    text = slot.texts.get(code)
    if text is None:
        return None
    slipped = (line.code, code, slot.shift.day, slot.shift.shift_no) == SLIP
    return round(float(text) * (10 if slipped else 1), 6)


def write(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Rows a sheet; the file's own dates are the demo's, so that the same demo gives the same bytes."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": NOW})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, table in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, len(KEYS))
            page.set_column(0, len(table[0]), 12)
            for number, row in enumerate(table):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        page.write_datetime(number, column, value, day)
                    elif value is not None:
                        page.write(number, column, value)
    return path
