"""Channels of the invented lines and their readings.

Written straight into the table, as the verbs of `work` would leave them: months before the showcase are locked, the showcase month is
audited by a second person, of the last two days nothing is audited yet.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from ronglu.cli.demo.group import Line
from ronglu.cli.demo.org import Made, workshop_of
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.processes import ASSAYS, COST, MONTHLY, SETTLED
from ronglu.cli.demo.scale import SEED, SHOWCASE, TODAY, Scale
from ronglu.cli.demo.slots import Slot, reported, slots, text_of
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store import bulk
from ronglu.store.bulk import iso
from ronglu.store.models import Account, Channel, Reading
from ronglu.store.values import calendar_of
from ronglu.work import partitions

OPENED = dt.date(2025, 1, 1)
LATE = 0.012
"""Share of assays that came some days later and replaced the estimate."""
WAITING = dt.timedelta(days=2)
FIELDS = (
    "channel", "starts_at", "ends_at", "day", "shift_no", "month", "letter", "version", "text", "value", "state",
    "known_at", "entered_by", "audited_by", "audited_at", "place", "reason",
)  # fmt: skip
Row = dict[str, Any]
Channels = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who keys a line's readings and who audits them."""

    keyer: Account
    auditor: Account


def desk_of(crowd: Crowd, line: Line) -> Desk:
    workshop = workshop_of(crowd.made, line.code).code
    keyer, auditor = (crowd.holding(role, workshop) for role in ("statistician", "technician"))
    return Desk(Account.objects.get(person=keyer), Account.objects.get(person=auditor))


def channels(made: Made, line: Line) -> Channels:
    """Every series of the line by grain: shift reports, what comes once a month, what a settlement replaces."""
    wanted = [(code, "shift") for code in reported(made, line)]
    wanted += [(code, "month") for code in (COST[line.module][0], *(m[0] for m in MONTHLY.get(line.module, ())))]
    wanted += [(code, "settlement") for code in SETTLED.get(line.module, ())]
    rows = [Channel(unit=made.unit(line.code), series=code, grain=grain, from_on=OPENED) for code, grain in wanted]
    return {(c.series, c.grain): c.pk for c in Channel.objects.bulk_create(rows)}


def make(crowd: Crowd, scale: Scale, *, imported: Collection[Period] = ()) -> int:
    """Writes everything but the shift reports of the `imported` months; says how many readings there are."""
    written = bulk.insert(
        Reading, FIELDS, (tuple(row[name] for name in FIELDS) for row in _all(crowd, scale, imported))
    )
    partitions.touch(plant=crowd.made.plant, fact="readings", months=[month.yyyymm for month in scale.spans])
    return written


def _all(crowd: Crowd, scale: Scale, imported: Collection[Period]) -> Iterator[Row]:
    made = crowd.made
    for line in made.plan.lines():
        found, desk = channels(made, line), desk_of(crowd, line)
        for month in scale.spans:
            told = list(slots(made, line, month.yyyymm))
            if month not in imported:
                yield from _month(made, line, month, told, found, desk)
            if month <= SHOWCASE:
                yield from _month_end(made, line, month, told, found, desk)


def _month(made: Made, line: Line, month: Period, told: list[Slot], found: Channels, desk: Desk) -> Iterator[Row]:
    chance = Random(f"{SEED}:late:{made.plan.code}:{line.code}:{month}")
    for slot in told:
        shared = _shift(slot, desk, month)
        for code, text in slot.texts.items():
            row = shared | {"channel": found[code, "shift"], "text": text, "value": _scaled(text)}
            if code in ASSAYS and row["state"] != "forecast" and chance.random() < LATE:
                yield from _late(made, code, slot, row, chance)
            else:
                yield row


def _shift(slot: Slot, desk: Desk, month: Period) -> Row:
    """What all readings of one shift share."""
    shift = slot.shift
    row = {
        "starts_at": iso(shift.starts_at), "ends_at": iso(shift.ends_at), "day": iso(shift.day),
        "shift_no": shift.shift_no, "month": shift.month, "letter": shift.letter,
        "known_at": iso(shift.ends_at + dt.timedelta(minutes=40)),
    }  # fmt: skip
    audited = shift.day < TODAY - WAITING
    return row | _signed(desk, month, shift.day) if audited else row | _fresh(desk)


def _fresh(desk: Desk) -> Row:
    return {
        "version": 1, "state": "forecast", "entered_by": desk.keyer.pk, "audited_by": None, "audited_at": None,
        "place": "", "reason": "",
    }  # fmt: skip


def _signed(desk: Desk, month: Period, day: dt.date) -> Row:
    at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(10, 30))
    state = "locked" if month < SHOWCASE else "audited"
    return _fresh(desk) | {"state": state, "audited_by": desk.auditor.pk, "audited_at": iso(at)}


def _late(made: Made, code: str, slot: Slot, first: Row, chance: Random) -> Iterator[Row]:
    """The estimate of the shift, and the laboratory's figure three days on."""
    text = text_of(float(first["text"]) * (1 + (chance.random() - 0.5) * 0.06), pack_of(made.plan.code).series[code])
    known = slot.shift.ends_at + dt.timedelta(days=3)
    yield first | {"state": "superseded"}
    yield first | {
        "version": 2, "text": text, "value": _scaled(text), "known_at": iso(known),
        "audited_at": iso(known + dt.timedelta(hours=5)), "reason": "化验结果补报",
    }  # fmt: skip


def _month_end(made: Made, line: Line, month: Period, told: list[Slot], found: Channels, desk: Desk) -> Iterator[Row]:
    """Costs and counts of the month, and the metal balance that settles it a little beside the shift reports."""
    calendar, series = calendar_of(made.plant), pack_of(made.plan.code).series
    first, last = calendar.days_of(month)
    shared = _signed(desk, month, last) | {
        "starts_at": iso(calendar.bounds(first)[0]), "ends_at": iso(calendar.bounds(last)[1]), "day": iso(last),
        "shift_no": 0, "month": month.yyyymm, "letter": "",
        "known_at": iso(dt.datetime.combine(last + dt.timedelta(days=1), dt.time(9, 30))),
    }  # fmt: skip
    for (code, grain), value in _month_figures(made, line, month, told).items():
        text = text_of(value, series[code])
        yield shared | {"channel": found[code, grain], "text": text, "value": _scaled(text)}


def _month_figures(made: Made, line: Line, month: Period, told: list[Slot]) -> dict[tuple[str, str], float]:
    chance = Random(f"{SEED}:month:{made.plan.code}:{line.code}:{month}")
    sums: dict[str, float] = {}
    for slot in told:
        for code, text in slot.texts.items():
            sums[code] = sums.get(code, 0.0) + float(text)
    cost, output, price = COST[line.module]
    dear = 1 - (float(line.skew) - 1) + (chance.random() - 0.5) * 0.03
    figures = {(cost, "month"): sums.get(output, 0.0) * price * dear}
    for code, often in MONTHLY.get(line.module, ()):
        figures[code, "month"] = (chance.random() < often) if often else 20_000 * chance.random()
    if month < SHOWCASE:
        for code in SETTLED.get(line.module, ()):
            figures[code, "settlement"] = sums.get(code, 0.0) * (1 + (chance.random() - 0.5) * 0.004)
    return figures


def _scaled(text: str) -> int:
    """Texts made here have exactly the declared decimals: the scaled integer is the digits."""
    return int(text.replace(".", ""))
