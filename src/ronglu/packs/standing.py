"""How `base/standing` becomes rules: linkage, 1151, points, the year, honours, the timetable; every fault is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.standing import declared
from ronglu.kernel.standing.errors import StandingTrouble
from ronglu.kernel.standing.honour import HonourRules
from ronglu.kernel.standing.lift_rules import LiftRules
from ronglu.kernel.standing.link_load import build_models
from ronglu.kernel.standing.linkage import Model
from ronglu.kernel.standing.points import PointRules
from ronglu.kernel.standing.timetable import Timetable
from ronglu.kernel.standing.year import YearRules
from ronglu.packs import sheets
from ronglu.packs.problem import PackError, Problem

FOLDER = Path(__file__).parent / "base" / "standing"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """What base declares beside the sheets; a dated row of a plant may replace any of it."""

    linkage: Mapping[str, Model]
    lift: LiftRules
    points: PointRules
    year: YearRules
    honour: HonourRules
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class LinkExample:
    """A worked example of a model; `missing` names what keeps it from linking."""

    model: str
    say: str
    inputs: Mapping[str, str]
    value: str
    coefficient: str
    missing: str


def read(problems: list[Problem], folder: Path = FOLDER) -> StandingRules | None:
    """The rules, or None with every fault of every file added to `problems`."""
    red = sheets.redlist()

    def tried(name: str, build: Callable[[dict[str, Any]], T]) -> T | None:
        try:
            return build(sheets.content(folder / f"{name}.yaml"))
        except (SheetProblem, StandingTrouble) as trouble:
            problems.extend(Problem(f"base/standing/{name}.yaml", text) for text in trouble.problems)
            return None

    linkage, year = tried("linkage", build_models), tried("year", declared.year_rules)
    lift = tried("lift", lambda data: declared.lift_rules(data, red))
    points = tried("points", lambda data: declared.point_rules(data, red))
    honour, timetable = tried("honour", declared.honour_rules), tried("timetable", declared.timetable)
    if not (linkage and lift and points and year and honour and timetable):
        return None
    return StandingRules(linkage=linkage, lift=lift, points=points, year=year, honour=honour, timetable=timetable)


def load(folder: Path = FOLDER) -> StandingRules:
    """The rules; PackError with everything that is wrong."""
    problems: list[Problem] = []
    found = read(problems, folder)
    if found is None:
        raise PackError(tuple(problems))
    return found


def link_examples(folder: Path = FOLDER) -> tuple[LinkExample, ...]:
    """The worked examples beside the models."""
    return tuple(_examples(sheets.content(folder / "linkage.examples.yaml")))


def _examples(data: Mapping[str, Any]) -> Iterator[LinkExample]:
    for model, rows in data["examples"].items():
        for row in rows:
            inputs = {code: str(value) for code, value in row["inputs"].items()}
            rest = {name: str(row.get(name, "")) for name in ("value", "coefficient", "missing")}
            yield LinkExample(model=model, say=row["say"], inputs=inputs, **rest)
