"""Partitions of what is counted by calendar months: cases, events, missions, rounds, benefits, a row each with its day.

A partition holds the whole month, also what is not due yet; reading it takes the days that have gone by. Contests alone lie
under their statistical month (09-5), which may end after the calendar's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Min

from ronglu.facts import (
    axes,
    benefits,
    campaigns,
    cases,
    contest_results,
    events,
    gatherings,
    groups,
    held,
    integrity,
    key_tasks,
    missions,
    partition,
    relays,
    resolutions,
    rounds,
    seat_duties,
    standards,
    study,
    zones,
)
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.regulation.rule import Rule
from ronglu.kernel.time.period import Period
from ronglu.store.models import (
    CampaignTask,
    Case,
    Contest,
    ContestState,
    KeyTaskStage,
    Mission,
    Plant,
    Round,
    SafetyEvent,
)
from ronglu.store.values import life_from

Row = dict[str, Any]
SCHEMA = pa.schema(
    [
        ("fact", pa.string()),
        ("branch", pa.int64()),
        ("item", pa.string()),
        # the loop, or what else the record is
        ("type", pa.string()),
        # kept, broken, lapsed; of an event or a mission its own
        ("state", pa.string()),
        ("part", pa.string()),
        ("key", pa.string()),
        ("record", pa.string()),
        ("no", pa.int64()),
        ("label", pa.string()),
        ("num", pa.int64()),
        ("den", pa.int64()),
        # when it fell due or happened, and when it was done
        ("day", pa.date32()),
        ("done", pa.date32()),
        # the production day and shift in which it was raised (09-2)
        ("raised_on", pa.date32()),
        ("shift_no", pa.int64()),
    ]
)
KEYS = ["fact", "part", "key", "type", "record", "no", "day"]
SOURCES: Mapping[str, Callable[..., list[Row]]] = {
    "cases": cases.rows,
    "events": events.rows,
    "missions": missions.rows,
    "rounds": rounds.rows,
    "benefits": benefits.rows,
    "axes": axes.rows,
    "standards": standards.rows,
    "contests": contest_results.rows,
    "campaigns": campaigns.rows,
    "key_tasks": key_tasks.rows,
    "gatherings": gatherings.rows,
    "resolutions": resolutions.rows,
    "relays": relays.rows,
    "study": study.rows,
    "integrity": integrity.rows,
    "seat_duties": seat_duties.rows,
}
"""The partitions kept, by the name under which writes mark them (work/partitions)."""
UNWRITTEN: Mapping[str, Callable[[Plant, list[Period]], list[int]]] = {
    "rounds": rounds.unwritten,
    "standards": standards.unwritten,
    "gatherings": gatherings.unwritten,
    "integrity": integrity.unwritten,
    "seat_duties": seat_duties.unwritten,
}
"""Of months looked at, those that have rows whether or not a write marked them."""
DECLARED = b"ronglu.loops"
RULED = ("gatherings",)
"""The partitions that also follow from the regulations, as the plant keeps them."""
OVER = (contest_results.FACT,)
"""Facts of what is over once it has a row, whatever the day."""


def refresh(*, source: str, plant: Plant, month: int, loops: Mapping[str, Loop], home: Path) -> partition.Written:
    """Writes the month's rows again from the tables, with the declarations they were made under."""
    made = SOURCES[source](plant=plant, month=Period.from_yyyymm(month), loops=loops)
    table = pa.Table.from_pylist(made, schema=SCHEMA)
    marked = table.replace_schema_metadata({DECLARED: _behind(source, plant, loops)})
    return partition.write(home, marked, fact=source, plant=plant.code, month=month, keys=KEYS)


def outdated(*, source: str, plant: Plant, month: int, loops: Mapping[str, Loop], home: Path) -> bool:
    """Whether a partition was lost, or made under other clocks than are declared now."""
    path = partition.path_of(home, fact=source, plant=plant.code, month=month)
    if not path.exists():
        return True
    return (pq.read_schema(path).metadata or {}).get(DECLARED) != _behind(source, plant, loops)


def _behind(source: str, plant: Plant, loops: Mapping[str, Loop]) -> bytes:
    if source not in RULED:
        return declared(loops)
    return declared(loops, held.book(plant).rules) + str(life_from(plant)).encode()


def declared(loops: Mapping[str, Loop], rules: Iterable[Rule] = ()) -> bytes:
    """A digest of everything in the declarations that makes a fact."""
    text = repr([_shape(code, loop) for code, loop in sorted(loops.items())]) + "".join(map(repr, rules))
    return hashlib.sha256(text.encode()).hexdigest().encode()


def _shape(code: str, loop: Loop) -> list[Any]:
    clocks = [
        (c.code, c.label, c.states, c.rows, c.fact, c.item, c.part, c.key, _when(c.when), c.at_zone, c.passed)
        for c in loop.clocks
    ]
    flags = [(rung.days, rung.flag, rung.label, _when(rung.when)) for rung in loop.ladder if rung.flag]
    money = [loop.benefit.move, loop.benefit.plus, loop.benefit.minus] if loop.benefit else []
    counts = [(c.code, c.label, c.state, c.fact, c.item, c.part) for c in loop.counts]
    return [code, clocks, counts, flags, money, [(state.code, state.phase.value) for state in loop.states]]


def _when(when: Mapping[str, Any]) -> list[Any]:
    """Sets have no order of their own."""
    return [(name, sorted(map(str, values))) for name, values in sorted(when.items())]


def rows(*, plant: Plant, months: Iterable[Period], until: dt.date, home: Path) -> list[Row]:
    """What belonged to the months and had gone by at the end of `until`, of branches only."""
    found: list[Row] = []
    for month in months:
        for source in SOURCES:
            path = partition.path_of(home, fact=source, plant=plant.code, month=month.yyyymm)
            found += pq.read_table(path).to_pylist() if path.exists() else []
    return [row for row in found if row["branch"] is not None and (row["day"] <= until or row["fact"] in OVER)]


def kept(*, plant: Plant, loops: Mapping[str, Loop], last: dt.date, stat_last: dt.date | None = None) -> set[str]:
    """The facts that the plant has begun to keep by `last`; an item of any other is 未接入, never full for nothing.

    `stat_last`: the last day of the statistical month, where it is another.
    """
    until = dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min)
    begun = Case.objects.filter(plant=plant, loop__in=loops).values_list("loop").annotate(since=Min("raised_at"))
    found = {fact for code, since in begun if since < until for fact in cases.facts_of(loops[code])}
    if Mission.objects.filter(team__plant=plant, called_at__lt=until).exists():
        found.add(missions.FACT)
    if axes.begun(plant, last):
        found.add(axes.FACT)
    if standards.begun(plant, last):
        found.add(standards.FACT)
    if gatherings.begun(plant, last):
        found |= {*gatherings.FACTS, resolutions.FACT, groups.FACT}
    found |= {*relays.begun(plant, last), *study.begun(plant, last)}
    if integrity.begun(plant, last):
        found.add(integrity.FACT)
    if seat_duties.begun(plant, last):
        found.add(seat_duties.FACT)
    if zones.given_out(plant, last):
        found.add(zones.FACT)
    if Contest.objects.filter(plant=plant, state=ContestState.FINAL, last_on__lte=stat_last or last).exists():
        found.add(contest_results.FACT)
    if CampaignTask.objects.filter(campaign__plant=plant, counts=True, due_on__lte=last).exists():
        found.add(campaigns.FACT)
    if KeyTaskStage.objects.filter(task__plant=plant, dropped=False, due_on__lte=last).exists():
        found.add(key_tasks.FACT)
    if Round.objects.filter(zone__plant=plant, due_on__lte=last).exists():
        found.add(rounds.FACT)
    if any(code in loops and loops[code].benefit and since < until for code, since in begun):
        found.add(benefits.FACT)
    # who writes down hazards would have written down an accident
    if "hazard_measure" in found or SafetyEvent.objects.filter(plant=plant, reported_at__lt=until).exists():
        found.add(events.FACT)
    return found
