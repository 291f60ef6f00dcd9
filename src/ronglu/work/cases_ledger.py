"""Cases out of another system's ledger: with its days, its measures and its closing, and nobody named whom it does not name."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from ronglu.kernel.loops import engine
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.kernel.time.workday import WorkCalendar
from ronglu.store.homes import Homes
from ronglu.store.models import Account, Case, CaseRow, CaseStep, Import, Person, Plant, Unit, Zone, ZoneKind
from ronglu.store.values import workdays_of
from ronglu.work import audits, case_facts, cases, cases_new, cases_tell, zones
from ronglu.work.cases_new import Place

ORIGIN = "import"
MEASURE = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a ledger. `key` knows it again; `said` tells in the case's history where it comes from."""

    key: str
    day: dt.date
    place: str
    unit: int | None
    data: Mapping[str, Any]
    closed: bool
    closed_on: dt.date | None
    measure: str
    responsible: str
    due_on: dt.date | None
    said: str


@dataclass(slots=True)
class Done:
    """`notes` are by the place of the entry in the sequence."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    says: tuple[str, ...] = ()


@dataclass(slots=True)
class Places:
    """The plant's zones by name and code, its units, and the branch of a unit on a day. New zones join as they are made."""

    plant: Plant
    zones: dict[str, Zone]
    units: dict[int, Unit]
    homes: Homes
    made: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, plant: Plant) -> "Places":
        known = {word: one for one in Zone.objects.filter(plant=plant, state="active") for word in (one.code, one.name)}
        units = {unit.pk: unit for unit in Unit.objects.filter(plant=plant)}
        return cls(plant, known, units, Homes.of(plant))

    def zone(self, entry: Entry, *, by: Account, at: dt.datetime) -> Zone:
        """The zone of that name; where there is none one is laid out at the unit named, else at the plant itself."""
        if entry.place not in self.zones:
            unit = self.units[entry.unit] if entry.unit else next(u for u in self.units.values() if u.kind == "plant")
            self.zones[entry.place] = zones.create(
                plant=self.plant, code=self._code(entry.place), name=entry.place, kind=ZoneKind.OWN, unit=unit,
                on=at.date(), by=by, at=at,
            )  # fmt: skip
            self.made[entry.place] = 0
        if entry.place in self.made:
            self.made[entry.place] += 1
        return self.zones[entry.place]

    def _code(self, name: str) -> str:
        """The name where it is a code already, else a running number."""
        plain = slugify(name).upper() == name.upper() and len(name) <= 40
        taken = {zone.code for zone in self.zones.values()}
        number = next(n for n in range(1, len(taken) + 2) if f"TZ-{n:03d}" not in taken)
        return name if plain else f"TZ-{number:03d}"


def known(plant: Plant) -> frozenset[str]:
    """By what rows of ledgers taken before are known."""
    taken = Case.objects.filter(plant=plant, origin=ORIGIN).exclude(source_key="")
    return frozenset(taken.values_list("source_key", flat=True))


@transaction.atomic
def take(
    *, loop: Loop, plant: Plant, entries: Sequence[Entry], places: Places, by: Account, at: dt.datetime, batch: Import
) -> Done:
    there = {case.source_key: case for case in _there(plant, entries)}
    people, workdays, done = _people(plant), workdays_of(plant), Done()
    for spot, entry in enumerate(entries):
        old = there.get(entry.key)
        if old is None:
            zone = places.zone(entry, by=by, at=at)
            case = _raise(loop, entry, zone, places, by=by, at=at, batch=batch, workdays=workdays)
            _measure(loop, case, entry, people, at=at)
            done.new += 1
        elif not entry.closed or loop.state(old.state).phase.over:
            done.unchanged += 1
        elif old.seen:
            done.unchanged += 1
            done.notes.append((spot, f"台账写着已销号，{old.number} 正在本系统办理，没有改动"))
        else:
            _close(loop, old, entry, by=by, at=at)
            done.changed += 1
    done.says = _says(places)
    detail = {"new": done.new, "changed": done.changed, "batch": batch.pk, "zones": len(places.made)}
    if done.new or done.changed:
        audits.record(verb="hazards.import", by=by, at=at, subject=batch.file_name, plant=plant, detail=detail)
    return done


def _there(plant: Plant, entries: Sequence[Entry]) -> list[Case]:
    wanted = {entry.key for entry in entries}
    """Locked: what is closed by this book is closed by nobody else meanwhile."""
    rows = Case.objects.filter(plant=plant, origin=ORIGIN).exclude(source_key="").select_related("plant")
    rows = rows.select_for_update(of=("self",))
    return [case for case in rows if case.source_key in wanted]


def _raise(
    loop: Loop, entry: Entry, zone: Zone, places: Places, *, by: Account, at: dt.datetime, batch: Import,
    workdays: WorkCalendar,
) -> Case:  # fmt: skip
    """Found on its day, by whom nobody says; what is still open begins its clock with the import, not years ago."""
    found_at = dt.datetime.combine(entry.day, dt.time.min)
    place = Place(places.units[zone.unit_id], zone)
    case = Case(
        plant=places.plant, loop=loop.code, version=loop.version, number=cases_new.number(loop, places.plant, found_at),
        title=cases_new.title_of(loop, entry.data, ""), state=loop.raising.to, data=dict(entry.data),
        unit=place.unit, zone=zone, body_id=places.homes.branch(zone.unit_id, entry.day), raised_at=found_at,
        entered_at=at, recur_key=cases_new.recur_key(loop, places.plant, place, entry.data), origin=ORIGIN, batch=batch,
        source_key=entry.key,
    )  # fmt: skip
    case.save()
    cases_new.name_owners(loop, case, place, on=at.date())
    if entry.closed:
        _shut(loop, case, entry)
    else:
        cases.enter(loop, case, at=at, workdays=workdays)
    case.save()
    _note(case, move=engine.RAISED, before="", entry=entry, by=by, at=at)
    case_facts.touch(loop, case, deadlines=[case.due_at])
    return case


def _close(loop: Loop, case: Case, entry: Entry, *, by: Account, at: dt.datetime) -> None:
    """The ledger has closed it since it was taken, and nobody has touched it here."""
    before, due_at = case.state, case.due_at
    _shut(loop, case, entry)
    case.seen += 1
    case.save()
    when = _midnight(entry.closed_on)
    CaseRow.objects.filter(case=case, kind=MEASURE, state="open").update(state="passed", done_at=when, passed_at=when)
    _note(case, move="import", before=before, entry=entry, by=by, at=at)
    days = CaseRow.objects.filter(case=case).values_list("due_on", flat=True)
    case_facts.touch(loop, case, deadlines=[due_at], days=days)


def _shut(loop: Loop, case: Case, entry: Entry) -> None:
    """Closed over there: no look-back is owed here, since nobody here has verified it."""
    state = next(one for one in loop.states if one.phase is Phase.CLOSED)
    case.state, case.phase = state.code, state.phase.value
    case.closed_at = _midnight(entry.closed_on)
    case.entered_at = case.closed_at or case.entered_at
    case.turn, case.holder, case.due_at, case.next_at = "", None, None, None


def _measure(loop: Loop, case: Case, entry: Entry, people: Mapping[str, Person], *, at: dt.datetime) -> None:
    """The measure as the ledger has it; who is responsible only where the plant has one such person."""
    if not entry.measure:
        return
    when = _midnight(entry.closed_on)
    row = CaseRow(
        case=case, kind=MEASURE, no=1, state="passed" if entry.closed else "open", data={"measure": entry.measure},
        person=people.get(entry.responsible), due_on=entry.due_on, added_at=at, done_at=when, passed_at=when,
    )  # fmt: skip
    # a date that passed long ago climbs no ladder here: the case's own clock begins with the import
    if row.due_on is not None and row.due_on >= at.date():
        row.next_at = cases_tell.next_look_at_line(loop, case, row)
    row.save()
    case_facts.touch(loop, case, days=[entry.due_on])


def _note(case: Case, *, move: str, before: str, entry: Entry, by: Account, at: dt.datetime) -> None:
    CaseStep.objects.create(
        case=case, no=case.seen, move=move, before=before, after=case.state, at=at, by=by, person_id=by.person_id,
        reason=entry.said, data=dict(entry.data) if move == engine.RAISED else {}, due_at=case.due_at, origin=ORIGIN,
    )  # fmt: skip


def _people(plant: Plant) -> dict[str, Person]:
    """By staff number, and by a name that only one bears."""
    rows = list(Person.objects.filter(plant=plant))
    names = Counter(person.name for person in rows)
    alone = {person.name: person for person in rows if names[person.name] == 1}
    return alone | {person.staff_no: person for person in rows}


def _says(places: Places) -> tuple[str, ...]:
    if not places.made:
        return ()
    told = "、".join(f"{name}（{count} 条）" for name, count in sorted(places.made.items()))
    return (f"本厂没有这些责任区，确认后新建 {len(places.made)} 个：{told}",)


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time.min) if day else None
