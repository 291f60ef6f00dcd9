"""Who was asked for what: minutes of entry by role and form. A role that few hold is never told by itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ronglu.kernel.rules.burden import BurdenRules, Load
from ronglu.kernel.time.period import Period
from ronglu.store.models import BodyState, Burden, Engagement, Membership, Plant, Post
from ronglu.work.roles import Role, Roles

MONTHS = 6
Heads = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FormLine:
    form: str
    saves: int
    minutes: Decimal


@dataclass(frozen=True, slots=True)
class RoleLine:
    """`role` is None for the roles that too few hold, taken together. `before`: minutes of the months before, oldest first."""

    role: Role | None
    heads: int
    saves: int
    minutes: Decimal
    budget: int
    load: Load
    forms: tuple[FormLine, ...]
    before: tuple[Decimal, ...]

    @property
    def each(self) -> Decimal | None:
        return self.minutes / self.heads if self.heads else None


@dataclass(frozen=True, slots=True)
class Told:
    """`hidden`: some roles were counted whose holders together are still too few to be told."""

    lines: tuple[RoleLine, ...]
    before: tuple[Period, ...]
    hidden: bool

    @property
    def saves(self) -> int:
        return sum(line.saves for line in self.lines)

    @property
    def minutes(self) -> Decimal:
        return sum((line.minutes for line in self.lines), Decimal(0))


def read(*, plant: Plant, month: Period, on: dt.date, table: Roles, rules: BurdenRules) -> Told:
    """Five queries. `on`: the day whose holders of the roles are counted."""
    many = heads(plant=plant, on=on, table=table)
    before = tuple(month - n for n in range(MONTHS - 1, 0, -1))
    counted = Burden.objects.filter(plant=plant, month__gte=before[0].yyyymm, month__lte=month.yyyymm)
    by_role: dict[str, list[Burden]] = defaultdict(list)
    for row in counted.order_by("form"):
        by_role[row.role].append(row)
    lines, small = [], [code for code in by_role if many.get(code, 0) < rules.few]
    for code, role in table.roles.items():
        if code in by_role and code not in small:
            lines.append(_line(role, by_role[code], many[code], month, before, rules))
    together = sum(many.get(code, 0) for code in small)
    if small and together >= rules.few:
        rows = [row for code in small for row in by_role[code]]
        lines.append(_line(None, rows, together, month, before, rules))
    return Told(tuple(lines), before, bool(small) and together < rules.few)


def months(plant: Plant) -> list[Period]:
    """In which something was counted, newest first."""
    found = Burden.objects.filter(plant=plant).values_list("month", flat=True).distinct().order_by("-month")
    return [Period.from_yyyymm(month) for month in found]


def heads(*, plant: Plant, on: dt.date, table: Roles) -> Heads:
    """How many hold each role that is held by a post, a membership or an engagement."""
    kinds = dict(BodyState.objects.on(on).filter(body__plant=plant).values_list("body_id", "kind"))
    posts = Post.objects.on(on).filter(person__plant=plant).values_list("role", "body_id", "person_id")
    holders: dict[str, set[int]] = defaultdict(set)
    for post, body, person in posts:
        for role in table.of_post(post, kinds.get(body) if body else None):
            holders[role.code].add(person)
    found = {code: len(people) for code, people in holders.items()}
    found["staff"] = _persons(Engagement.objects.on(on).filter(unit__plant=plant))
    found["member"] = _persons(Membership.objects.on(on).filter(body__plant=plant))
    return found


def _persons(rows: QuerySet[Any]) -> int:
    return rows.values("person").distinct().count()


def _line(
    role: Role | None, rows: list[Burden], holders: int, month: Period, before: tuple[Period, ...], rules: BurdenRules
) -> RoleLine:
    now = [row for row in rows if row.month == month.yyyymm]
    minutes = _minutes(now)
    code = role.code if role else ""
    forms: dict[str, list[Burden]] = defaultdict(list)
    for row in now:
        forms[row.form].append(row)
    lines = [FormLine(form, sum(row.saves for row in rows), _minutes(rows)) for form, rows in forms.items()]
    return RoleLine(
        role=role, heads=holders, saves=sum(row.saves for row in now), minutes=minutes, budget=rules.budgets.get(code, 0),
        load=rules.load(code, minutes / holders if holders else Decimal(0)),
        forms=tuple(sorted(lines, key=lambda line: (-line.minutes, line.form))),
        before=tuple(_minutes([row for row in rows if row.month == one.yyyymm]) for one in before),
    )  # fmt: skip


def _minutes(rows: list[Burden]) -> Decimal:
    return Decimal(sum(row.seconds for row in rows)) / 60
