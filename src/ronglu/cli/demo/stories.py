"""The stories of the closed loops (cases_*.yaml) as planned tales: which plant, which route, what it is about, where, and when."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.group import Line
from ronglu.cli.demo.scale import NOW, SEED, TODAY
from ronglu.cli.demo.zones import Ground
from ronglu.store.models import Body, Case, Unit, Zone

SHEETS = ("hazard", "people", "output")
FIRST = "qinglan"
NOBODY = "nobody"
DAY = dt.timedelta(days=1)
OPENING = dt.date(2026, 1, 5)
"""Nothing was raised here before."""


@dataclass(frozen=True, slots=True)
class Step:
    """`code` is a move, or a kind of lines with what is done to it; `no` names one line, 0 all of them."""

    after: float
    code: str
    act: str = ""
    no: int = 0


@dataclass
class Tale:
    """One story on its way. `number` counts those of a loop in a plant: what is chosen in turn is chosen by it."""

    cast: Cast
    loop: str
    said: Mapping[str, Any]
    route: Mapping[str, Any]
    subject: Mapping[str, Any]
    steps: Sequence[Step]
    times: list[dt.datetime]
    number: int
    unit: Unit | None = None
    zone: Zone | None = None
    body: Body | None = None
    case: Case | None = None
    raiser: int | None = None
    bidders: list[int] = field(default_factory=list)

    def word(self, code: str, choice: int | None = None) -> Any:
        """What is filled in: by the route, by the subject, by the loop's own habit; one of a list in turn."""
        sources = (self.route.get("give", {}), self.subject, self.said["give"])
        found = next((source[code] for source in sources if code in source), None)
        if isinstance(found, list):
            return found[(self.number if choice is None else choice) % len(found)]
        return found

    def reason(self, code: str) -> str:
        found = self.said.get("reasons", {}).get(code, "")
        return str(found[self.number % len(found)] if isinstance(found, list) else found)

    def lines(self, kind: str) -> list[Any]:
        return list(self.subject.get("lines", {}).get(kind) or self.said.get("lines", {}).get(kind, []))

    @property
    def within(self) -> int:
        """Days that a line has from the day it is written."""
        return int(self.route.get("within", self.said.get("within", 7)))


@cache
def told() -> Mapping[str, Any]:
    """Every loop's stories, by its code."""
    found: dict[str, Any] = {}
    for sheet in SHEETS:
        read = yaml.safe_load(files("ronglu.cli.demo").joinpath(f"cases_{sheet}.yaml").read_text("utf-8"))
        found |= {"hazard": read} if sheet == "hazard" else read
    return found


def tales(cast: Cast, ground: Ground, *, share: int = 1) -> Iterator[Tale]:
    """All stories of a plant; of `share` 4 every fourth of those that come more than once."""
    for loop, said in told().items():
        yield from _tales(cast, ground, loop, said, share)


def _tales(cast: Cast, ground: Ground, loop: str, said: Mapping[str, Any], share: int) -> Iterator[Tale]:
    plant = cast.crowd.made.plan.code
    chance = Random(f"{SEED}:cases:{plant}:{loop}")
    routes = [r for r in said["routes"] for _ in range(_times(r["n"], plant, share))]
    chance.shuffle(routes)
    places = _Places(cast, ground, said["where"])
    for number, route in enumerate(routes):
        steps = [step(text) for text in route["steps"]]
        subject, line = places.subject(said["subjects"], route.get("tag"))
        tale = Tale(cast, loop, said, route, subject, steps, _schedule(steps, said, route, chance), number)
        places.stand(tale, line)
        yield tale


def _times(n: Any, plant: str, share: int) -> int:
    """[first, rest], or by the name of a plant."""
    if isinstance(n, list):
        n = {"first": n[0], "rest": n[1]}
    found = int(n.get(plant, n.get("first" if plant == FIRST else "rest", 0)))
    return -(-found // share)


def step(text: str) -> Step:
    words = str(text).split()
    after = float(words.pop(0)) if words[0][0].isdigit() else 0.0
    return Step(after, words[0], words[1] if len(words) > 1 else "", int(words[2]) if len(words) > 2 else 0)


def _schedule(
    steps: Sequence[Step], said: Mapping[str, Any], route: Mapping[str, Any], chance: Random
) -> list[dt.datetime]:
    """The moment of every step; begun earlier where the last one would lie ahead of today."""
    earliest, latest = route["ago"][1], route["ago"][0]
    start = TODAY - chance.randint(latest, earliest) * DAY
    always = said.get("pace") == "shifts"
    minutes = [chance.randint(0, 59) for _ in range(2 * len(steps))]
    while True:
        found = list(_moments(start, steps, minutes, always=always))
        if found[-1] < NOW or start <= OPENING:
            return found
        start -= DAY


def _moments(start: dt.date, steps: Sequence[Step], minutes: Sequence[int], *, always: bool) -> Iterator[dt.datetime]:
    at = dt.datetime.combine(start if always else _weekday(start), dt.time(8, minutes[0]))
    for number, step in enumerate(steps):
        if step.after >= 1:
            day = at.date() + int(step.after) * DAY
            at = dt.datetime.combine(
                day if always else _weekday(day), dt.time(8 + minutes[number] % 2, minutes[-number - 1])
            )
        elif number:
            at += dt.timedelta(hours=24 * step.after, minutes=3 + minutes[number] % 9)
        yield at


def moments(at: dt.datetime, steps: Sequence[Step]) -> list[dt.datetime]:
    """Of a story that begins at a given moment, whatever today is."""
    return [at, *list(_moments(at.date(), steps, [at.minute] * (2 * len(steps)), always=True))[1:]]


def _weekday(day: dt.date) -> dt.date:
    return day + max(0, 7 - day.weekday()) * DAY if day.weekday() > 4 else day


class _Places:
    """Where stories happen in turn; the first line has more of them than the others."""

    def __init__(self, cast: Cast, ground: Ground, where: str) -> None:
        self.cast, self.ground, self.where = cast, ground, where
        lines = list(cast.crowd.made.plan.lines())
        if where == "upstream":
            lines = [one for one in lines if one.module == "fire_refining"] or lines[:1]
        rest = lines[1:] or lines
        self.turns = [lines[0] if n % 2 == 0 else rest[n // 2 % len(rest)] for n in range(2 * len(rest))]
        self.turn = 0
        self.used: Counter[int] = Counter()

    def subject(self, subjects: Sequence[Mapping[str, Any]], tag: str | None) -> tuple[Mapping[str, Any], Line]:
        """What is told least so far of what fits the next line; where nothing fits, the line after it."""
        for _ in self.turns:
            line = self.turns[self.turn % len(self.turns)]
            self.turn += 1
            fit = [
                n for n, one in enumerate(subjects)
                if one.get("tag") == tag and line.module in one.get("at", [line.module])
            ]  # fmt: skip
            if fit:
                # what belongs to the module before what fits any
                chosen = min(fit, key=lambda n: (self.used[n], "at" not in subjects[n], n))
                self.used[chosen] += 1
                return subjects[chosen], line
        chosen = next(n for n, one in enumerate(subjects) if one.get("tag") == tag)
        return subjects[chosen], self.turns[0]

    def stand(self, tale: Tale, line: Line) -> None:
        made = self.cast.crowd.made
        crew = f"{line.code}-{made.letters[self.turn // len(self.turns) % len(made.letters)]}"
        match self.where:
            case "zone":
                tale.zone = self._zone(line.code, tale.subject["kind"])
                tale.unit = tale.zone.unit
            case "line":
                tale.unit = made.unit(line.code)
            case "branch":
                tale.body = made.body(f"B-{line.code}")
            case "none":
                tale.unit = None
            case _:
                tale.unit = made.unit(crew)

    def _zone(self, line: str, kind: str) -> Zone:
        """One where nothing of the kind was found yet: what comes back does so by the step `recur`."""
        near = self.ground.of_line(line, self.cast.crowd.made.plan.prefix)
        for zone in [*near[self.turn % len(near) :], *near[: self.turn % len(near)], *self.ground.posts]:
            if self.ground.find(zone, kind):
                return zone
        return near[0]
