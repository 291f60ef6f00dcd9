"""Reads the invented group's declaration (group.yaml) into values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    name: str
    module: str
    scale: Decimal
    skew: Decimal

    @property
    def branch(self) -> str:
        return f"{self.name}党支部"


@dataclass(frozen=True, slots=True)
class Workshop:
    code: str
    name: str
    lines: tuple[Line, ...]
    general: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office, or a workshop without a line of its own."""

    code: str
    name: str
    kind: str
    people: int


@dataclass(frozen=True, slots=True)
class OfficeBranch:
    name: str
    kindred: str
    units: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class PlantPlan:
    code: str
    prefix: str
    number: int
    calendar: str
    month_first: int
    roster: str
    committee: str
    workshops: tuple[Workshop, ...]
    others: tuple[OfficeBranch, ...]
    retired: OfficeBranch

    def lines(self) -> Iterator[Line]:
        for workshop in self.workshops:
            yield from workshop.lines


@cache
def group() -> dict[str, PlantPlan]:
    text = files("ronglu.cli.demo").joinpath("group.yaml").read_text("utf-8")
    return {code: _plant(code, row) for code, row in yaml.safe_load(text)["plants"].items()}


def _plant(code: str, row: dict[str, Any]) -> PlantPlan:
    services = [
        OfficeBranch(one["branch"], "service", (Office(one["code"], one["name"], one["kind"], one["people"]),))
        for one in row["services"]
    ]
    offices = [
        OfficeBranch(
            one["branch"], "office", tuple(Office(u["code"], u["name"], "office", u["people"]) for u in one["units"])
        )
        for one in row["offices"]
    ]
    retired = row["retired"]
    return PlantPlan(
        code=code,
        prefix=row["prefix"],
        number=row["number"],
        calendar=row["calendar"],
        month_first=row.get("month_first", 1),
        roster=row["roster"],
        committee=row["committee"],
        workshops=tuple(_workshop(one) for one in row["workshops"]),
        others=(*services, *offices),
        retired=OfficeBranch(retired["branch"], "retired", (Office("", "", "", retired["people"]),)),
    )


def _workshop(row: dict[str, Any]) -> Workshop:
    lines = tuple(
        Line(one["code"], one["name"], one["module"], Decimal(str(one["scale"])), Decimal(str(one["skew"])))
        for one in row["lines"]
    )
    return Workshop(row["code"], row["name"], lines, row.get("general", ""))
