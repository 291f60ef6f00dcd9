"""Responsibility zones of an invented plant: a post of each crew, places looked after by others, areas taken by groups; their
checklists and planned rounds, key works, safety events.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.group import Line
from ronglu.cli.demo.scale import SEED, TODAY
from ronglu.store.models import Account, Person, Zone
from ronglu.work import checklists, events, key_works, rounds, zone_owners, zones
from ronglu.work.zones import LETTERS, TOKEN

LAID_OUT = dt.date(2026, 1, 1)
AT = dt.datetime(2025, 12, 29, 10)
ROUNDS_FROM, ROUNDS_TO = dt.date(2026, 3, 1), dt.date(2026, 4, 30)
SIZES = ("86.5", "142", "210", "64.2", "120", "38")
LEADS = ("upkeep", "material", "innovation", "reform")
OFTEN = {"equipment": "month", "safety": "week", "clean": "month"}


@dataclass
class Ground:
    """The zones of a plant: the posts of crews line by line, and everything else."""

    posts: list[Zone] = field(default_factory=list)
    others: list[Zone] = field(default_factory=list)
    _found: set[tuple[int, str]] = field(default_factory=set)

    def find(self, zone: Zone, kind: str) -> bool:
        """Takes a zone for a hazard of a kind; False where one was told of already, since what comes back is told on purpose."""
        fresh = (zone.pk, kind) not in self._found
        self._found.add((zone.pk, kind))
        return fresh

    def of_line(self, line: str, prefix: str) -> list[Zone]:
        return [one for one in self.posts if one.unit.code.startswith(f"{prefix}-{line}-")]


@cache
def told() -> Mapping[str, Any]:
    text = files("ronglu.cli.demo").joinpath("zones.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def make(cast: Cast, *, weekly: bool) -> Ground:
    """Laid out for the year; the rounds of March and April are planned, walked they are by `cases`."""
    ground, office = Ground(), _office(cast)
    for line in cast.crowd.made.plan.lines():
        _line(cast, ground, line, office)
    for branch in cast.crowd.made.plan.others:
        for unit in branch.units:
            _other(cast, ground, unit.code, unit.name, unit.kind, office)
    _look_after(cast, ground, office)
    for work_class, often in OFTEN.items():
        checklists.publish(
            plant=office.person.plant, work_class=work_class, cadence=often if weekly else "month",
            lines=told()["lists"][work_class], on=LAID_OUT, by=office, at=AT,
        )  # fmt: skip
    first = dt.datetime.combine(ROUNDS_FROM, dt.time(8))
    rounds.plan(plant=office.person.plant, first=ROUNDS_FROM, last=ROUNDS_TO, by=office, at=first)
    _key_works(cast, ground, office)
    _events(cast)
    return ground


def _line(cast: Cast, ground: Ground, line: Line, office: Account) -> None:
    made, said = cast.crowd.made, told()["modules"][line.module]
    for number, letter in enumerate(made.letters):
        crew = f"{line.code}-{letter}"
        zone = _zone(cast, f"{crew}-G", f"{line.name} {said['posts'][number]}", "own", crew, number, office)
        _items(zone, said["items"], office)
        for person in _crew_members(cast, crew):
            _assign(zone, person, "own", office)
        ground.posts.append(zone)
    for number, name in enumerate(said["care"]):
        zone = _zone(cast, f"{line.code}-X{number + 1}", f"{line.name} {name}", "care", line.code, number, office)
        _items(zone, {"safety": said["items"]["safety"], "clean": said["items"]["clean"]}, office)
        for person in (
            cast.at_post("technician", line.code) if number else cast.at_post("secretary", f"body B-{line.code}")
        ):
            _assign(zone, person, "care", office)
        ground.others.append(zone)
    group = made.bodies.get(f"B-{line.code}-{made.letters[1]}")
    if group is not None:
        task = said["task"]
        zone = _zone(
            cast, f"{line.code}-P", f"{line.name} {task['what']}", "area", line.code, 3, office, task=task["what"],
            target=task["target"],
        )  # fmt: skip
        zone_owners.assign(zone=zone, body=group, on=LAID_OUT, by=office, at=AT)
        ground.others.append(zone)


def _other(cast: Cast, ground: Ground, code: str, name: str, kind: str, office: Account) -> None:
    said = told()["others"][kind]
    zone = _zone(cast, f"{code}-G", f"{name} {said['name']}", "own", code, len(ground.others), office)
    _items(zone, said["items"], office)
    for person in _crew_members(cast, code) or cast.workers(code)[:1]:
        _assign(zone, person, "own", office)
    ground.others.append(zone)


def _look_after(cast: Cast, ground: Ground, office: Account) -> None:
    """双管双负责: the second of each crew also looks after the post of the same crew of the next line."""
    posts = ground.posts
    step = len(cast.crowd.made.letters)
    for number, zone in enumerate(posts):
        members = _crew_members(cast, cast.code(zone.unit))
        other = posts[(number + step) % len(posts)]
        if len(members) > 1 and other.unit_id != zone.unit_id:
            _assign(other, members[1], "care", office)


def _key_works(cast: Cast, ground: Ground, office: Account) -> None:
    """Each has somebody who answers for it by name, the last one of each line in the second half of the plant not yet."""
    lines = list(cast.crowd.made.plan.lines())
    for order, line in enumerate(lines):
        zoned = ground.of_line(line.code, cast.crowd.made.plan.prefix)
        keys = told()["modules"][line.module]["keys"]
        for number, title in enumerate(keys):
            gap = order >= len(lines) // 2 and number == len(keys) - 1
            owner = None if gap else _crew_members(cast, cast.code(zoned[number].unit))[0]
            key_works.name(
                plant=office.person.plant, unit=cast.crowd.made.unit(line.code), title=title, zone=zoned[number],
                owner=owner, on=LAID_OUT, by=office, at=AT,
            )  # fmt: skip


def _events(cast: Cast) -> None:
    """Near misses that cost nothing, one minor event that ends a count of days, one report nobody has decided yet."""
    chance, said = Random(f"{SEED}:events:{cast.crowd.made.plan.code}"), told()["events"]
    kinds = [("near_miss", words) for words in said["near_miss"]]
    kinds = [*kinds[:3], ("minor", said["minor"]), *kinds[3:], ("first_aid", said["first_aid"])]
    lines = [line.code for line in cast.crowd.made.plan.lines()]
    officers = cast.at_post("safety_officer")
    for number, (kind, words) in enumerate(kinds):
        crew = (
            f"{lines[(number + 1) % len(lines)]}-{cast.crowd.made.letters[number % 4 % len(cast.crowd.made.letters)]}"
        )
        day = dt.date(2026, 1, 8) + dt.timedelta(days=number * 13 + chance.randint(0, 4))
        day = min(day, TODAY - dt.timedelta(days=1))
        at = dt.datetime.combine(day, dt.time(15, 10))
        told_by = cast.account(cast.workers(crew)[-1])
        event = events.report(
            plant=cast.crowd.made.plant,
            unit=cast.crowd.made.unit(crew),
            day=day,
            kind=kind,
            words=words,
            by=told_by,
            at=at,
        )
        if number < len(kinds) - 1:
            events.confirm(event=event, by=cast.account(officers[0]), at=at + dt.timedelta(hours=18))


def _zone(
    cast: Cast, code: str, name: str, kind: str, unit: str, number: int, office: Account, **more: Any
) -> Zone:  # fmt: skip
    made = cast.crowd.made
    zone = zones.create(
        plant=made.plant, code=f"{made.plan.prefix}-{code}", name=name, kind=kind, unit=made.unit(unit), on=LAID_OUT,
        by=office, at=AT, size=SIZES[number % len(SIZES)], leads=[LEADS[number % len(LEADS)]] if kind == "own" else [],
        **more,
    )  # fmt: skip
    # the same address in every copy of the group, so that a printed label still leads somewhere
    chance = Random(f"{SEED}:token:{zone.code}")
    zone.token = "".join(chance.choices(LETTERS, k=TOKEN))
    zone.save(update_fields=["token"])
    return zone


def _items(zone: Zone, items: Mapping[str, list[str]], office: Account) -> None:
    for work_class, names in items.items():
        for name in names:
            kind = "equipment" if work_class == "equipment" else "spot"
            zones.add_item(zone=zone, name=name, kind=kind, work_class=work_class, by=office, at=AT)


def _assign(zone: Zone, person: Person, duty: str, office: Account) -> None:
    zone_owners.assign(zone=zone, person=person, duty=duty, on=LAID_OUT, by=office, at=AT)


def _crew_members(cast: Cast, unit: str) -> list[Person]:
    """The Party members who work at a unit, its head first."""
    return [h.person for h in _hands(cast, unit) if h.person is not None]


def _hands(cast: Cast, unit: str) -> Iterator[Any]:
    return (hand for hand in cast.crowd.hands if hand.unit == unit and hand.body)


def _office(cast: Cast) -> Account:
    return cast.account(cast.at_post("safety_officer")[0])
