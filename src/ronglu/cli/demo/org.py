"""Both trees of an invented plant and the map between them.

Written in bulk: the verbs check the whole tree at every row. The same checks run once at the end, and what happened
after the first day (a new name, a group that came later) goes through the verbs.
"""

import datetime as dt
from dataclasses import dataclass, field

from ronglu.cli.demo.group import Line, OfficeBranch, PlantPlan, Workshop
from ronglu.cli.demo.scale import NOW
from ronglu.config.plant import packs
from ronglu.kernel.org.kinds import PAIRS
from ronglu.store.history import party_tree, unit_tree
from ronglu.store.models import Body, BodyState, Mapping, Plant, Unit, UnitState
from ronglu.work import bodies, mappings

SINCE = dt.date(2020, 1, 1)
LATE_GROUP = ("R2", "丁", dt.date(2026, 2, 10))
"""A crew that had no group until then: the coverage of that branch shows it."""
NO_GROUP = ("Y2", "丁")
RENAMED = ("R2", "电炉党支部", dt.date(2025, 7, 1))
APPROVED = "R-ORG-05：集团党委〔2019〕18号批复同意设立"


@dataclass
class Made:
    """A plant as far as it is made: units and bodies by code, without the plant's prefix."""

    plan: PlantPlan
    plant: Plant
    letters: tuple[str, ...]
    units: dict[str, Unit] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def unit(self, code: str) -> Unit:
        return self.units[code]

    def body(self, code: str) -> Body:
        return self.bodies[code]


def make(plan: PlantPlan) -> Made:
    pack = packs().plants[plan.code]
    plant = Plant.objects.create(code=plan.code, name=pack.name, en=pack.en, position=plan.number)
    made = Made(plan, plant, packs().base.time.rosters[plan.roster].crews)
    _units(made)
    _bodies(made)
    _map(made)
    _later(made)
    if wrong := [*unit_tree(plant).problems(), *party_tree(plant).problems()]:
        raise ValueError("；".join(wrong))
    return made


def _units(made: Made) -> None:
    _unit(made, "", made.plant.name, "plant", None)
    for workshop in made.plan.workshops:
        _unit(made, workshop.code, workshop.name, "workshop", "")
        for line in workshop.lines:
            _unit(made, line.code, line.name, "line", workshop.code, module=line.module)
            for letter in made.letters:
                _unit(made, f"{line.code}-{letter}", f"{line.name}{letter}班", "crew", line.code, letter=letter)
    for branch in made.plan.others:
        for office in branch.units:
            _unit(made, office.code, office.name, office.kind, "")


def _unit(
    made: Made, code: str, name: str, kind: str, parent: str | None, *, module: str = "", letter: str = ""
) -> None:
    made.units[code] = Unit.objects.create(
        plant=made.plant, code=_full(made, code), kind=kind, position=len(made.units), module=module, letter=letter
    )
    made.kinds[code] = kind
    up = None if parent is None else made.units[parent]
    UnitState.objects.create(unit=made.units[code], name=name, parent=up, from_on=SINCE)


def _full(made: Made, code: str) -> str:
    return f"{made.plan.prefix}-{code}" if code else made.plan.prefix


def _bodies(made: Made) -> None:
    _body(made, "C", made.plan.committee, "committee", None, approval=APPROVED)
    for workshop in made.plan.workshops:
        above = "C"
        if workshop.general:
            above = f"Z-{workshop.code}"
            _body(made, above, workshop.general, "general", "C")
        for line in workshop.lines:
            _line_branch(made, line, above)
    for number, branch in enumerate((*made.plan.others, made.plan.retired), start=1):
        _office_branch(made, branch, f"B-{number}")


def _line_branch(made: Made, line: Line, above: str) -> None:
    code = f"B-{line.code}"
    _body(made, code, line.branch, "branch", above)
    for letter in made.letters:
        if (line.code, letter) != NO_GROUP:
            since = LATE_GROUP[2] if (line.code, letter) == LATE_GROUP[:2] else SINCE
            _body(made, f"{code}-{letter}", f"{line.name}{letter}班党小组", "group", code, since=since)


def _office_branch(made: Made, branch: OfficeBranch, code: str) -> None:
    _body(made, code, branch.name, "branch", "C", kindred=branch.kindred)
    if branch.kindred == "office":
        for unit in branch.units:
            _body(made, f"{code}-{unit.code}", f"{unit.name}党小组", "group", code, kindred="office")


def _body(
    made: Made,
    code: str,
    name: str,
    kind: str,
    parent: str | None,
    *,
    kindred: str = "line",
    approval: str = "",
    since: dt.date = SINCE,
) -> None:
    made.bodies[code] = Body.objects.create(
        plant=made.plant, code=_full(made, code), position=len(made.bodies), kindred=kindred
    )
    made.kinds[f"body {code}"] = kind
    up = made.bodies[parent] if parent else None
    BodyState.objects.create(body=made.bodies[code], name=name, kind=kind, parent=up, from_on=since, approval=approval)


def _map(made: Made) -> None:
    pairs = [("C", "")]
    pairs += [(f"Z-{w.code}", w.code) for w in made.plan.workshops if w.general]
    pairs += [(f"B-{line.code}", line.code) for line in made.plan.lines()]
    for number, branch in enumerate(made.plan.others, start=1):
        for unit in branch.units:
            pairs.append((f"B-{number}", unit.code))
            if branch.kindred == "office":
                pairs.append((f"B-{number}-{unit.code}", unit.code))
    crews = [f"{line.code}-{letter}" for line in made.plan.lines() for letter in made.letters]
    pairs += [
        (f"B-{crew}", crew) for crew in crews if f"B-{crew}" in made.bodies and tuple(crew.split("-")) != LATE_GROUP[:2]
    ]
    for body, unit in pairs:
        if made.kinds[unit] not in PAIRS[made.kinds[f"body {body}"]]:
            raise ValueError(f"{body} 不能对应 {unit}")
    Mapping.objects.bulk_create(
        Mapping(body=made.bodies[body], unit=made.units[unit], from_on=SINCE) for body, unit in pairs
    )


def _later(made: Made) -> None:
    """What changed after the first day."""
    line, letter, on = LATE_GROUP
    if f"B-{line}-{letter}" in made.bodies:
        mappings.link(body=made.body(f"B-{line}-{letter}"), unit=made.unit(f"{line}-{letter}"), on=on, by=None, at=NOW)
    line, before, on = RENAMED
    if f"B-{line}" in made.bodies:
        body = made.body(f"B-{line}")
        now = BodyState.objects.get(body=body).name
        BodyState.objects.filter(body=body).update(name=before)
        bodies.rename(body=body, name=now, on=on, by=None, at=NOW)


def workshop_of(made: Made, line: str) -> Workshop:
    return next(w for w in made.plan.workshops if any(one.code == line for one in w.lines))
