"""The one place that says who may do what to which unit, body, person or plant on a day (09 §9.5)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import Q, QuerySet

from ronglu.store.models import Account, Body, Engagement, Membership, Person, Plant, Unit
from ronglu.work.holdings import Holding, holdings_of
from ronglu.work.roles import ADMINISTRATORS, Roles, roles
from ronglu.work.trees import Trees, trees_on

Subject: TypeAlias = Plant | Unit | Body | Person | None
# what one may look at makes up "my units" and "my bodies"
SIGHT = ("boards.see", "readings.see", "sheet.see")
# a workshop head knows who works for him, not who of them is in the Party or how he stands there:
# these reach persons through their party body alone, never through the map
BY_MEMBERSHIP = frozenset({"scores_of_persons.see", "membership.see", "contacts.see", "contacts.pair"})
ACTING = "cases.act"
ADMINISTRATORS_NEVER = "管理员账号不接触业务数据"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`hidden`: say "not found", since even that it exists is not for this reader."""

    verb: str
    reason: str
    hidden: bool = False

    def __bool__(self) -> bool:
        return True


class Refused(Exception):
    """没有权限；`refusal.reason` 写给本人看。"""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.reason)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one verb goes. `plants` are whole plants, also what was abolished in them; `held` are those in which the
    verb is held at all: who is lent to a neighbour does not bring the rights of his post along.
    """

    units: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    plants: frozenset[int] = frozenset()
    held: frozenset[int] = frozenset()
    everywhere: bool = False
    own: bool = False

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(
            self.units | other.units,
            self.bodies | other.bodies,
            self.plants | other.plants,
            self.held | other.held,
            self.everywhere or other.everywhere,
            self.own or other.own,
        )

    def holds(self, *, plant: int, unit: int | None, body: int | None) -> bool:
        """Whether something that stands at this unit or belongs to this body is within it."""
        return self.everywhere or plant in self.plants or unit in self.units or body in self.bodies


NOWHERE = Reach()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one account may do on one day; built once a request, then only looked at."""

    on: dt.date
    account_id: int | None = None
    person_id: int | None = None
    roles: frozenset[str] = frozenset()
    plant_ids: frozenset[int] = frozenset()
    # code and name of each of these plants, in order
    plant_names: Mapping[str, str] = field(default_factory=dict)
    unit_ids: frozenset[int] = frozenset()
    body_ids: frozenset[int] = frozenset()
    # persons whose posts this one has today because he stands in for them
    stands_in_for: frozenset[int] = frozenset()
    grants: Mapping[str, Reach] = field(default_factory=dict)
    # role by role, how far it acts on cases: a move names who makes it by role
    acts: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def plant_codes(self) -> frozenset[str]:
        return frozenset(self.plant_names)

    def has(self, verb: str) -> bool:
        """Whether the verb is held anywhere: enough to show a menu entry, not to touch an object."""
        return verb in self.grants

    def reach(self, *verbs: str) -> Reach:
        found = NOWHERE
        for verb in verbs:
            found |= self.grants.get(verb, NOWHERE)
        return found

    def may(self, verb: str, subject: Subject = None) -> Refusal | None:
        """None = yes. An unknown verb is a mistake of ours, not a refusal."""
        if verb not in roles().verbs:
            raise KeyError(f"没有声明的动作：{verb}")
        if not self.roles:
            return Refusal(verb, "账号当前没有任何任职", hidden=True)
        if not self.has(verb):
            return Refusal(verb, _reason(verb, self.roles))
        if subject is None or self._covers(verb, subject):
            return None
        return Refusal(verb, f"{roles().verbs[verb]}：不在您的范围内", hidden=True)

    @property
    def hands(self) -> frozenset[int]:
        """The reader himself and those he stands in for, as persons."""
        return self.stands_in_for | ({self.person_id} if self.person_id is not None else frozenset())

    def another(self, first: Account | None) -> bool:
        """Whether the reader may be the second hand after this one: neither he himself nor whom he stands in for (work/hands)."""
        return first is None or (first.pk != self.account_id and first.person_id not in self.stands_in_for)

    def units(self, verb: str = "boards.see") -> QuerySet[Unit]:
        reach = self.reach(verb)
        if reach.everywhere:
            return Unit.objects.all()
        return Unit.objects.filter(Q(pk__in=reach.units) | Q(plant_id__in=reach.plants))

    def bodies(self, verb: str = "sheet.see") -> QuerySet[Body]:
        reach = self.reach(verb)
        if reach.everywhere:
            return Body.objects.all()
        return Body.objects.filter(Q(pk__in=reach.bodies) | Q(plant_id__in=reach.plants))

    def plants(self, verb: str = "org.see") -> QuerySet[Plant]:
        reach = self.reach(verb)
        return Plant.objects.all() if reach.everywhere else Plant.objects.filter(pk__in=reach.plants | reach.held)

    def people(self, verb: str = "people.see") -> QuerySet[Person]:
        """Persons working in the units, or belonging to the bodies, on the day of the scope; oneself always."""
        reach = self.reach(verb)
        if reach.everywhere:
            return Person.objects.all()
        members = Membership.objects.on(self.on).filter(body__in=reach.bodies).values("person_id")
        found = Q(pk__in=members) | Q(plant_id__in=reach.plants)
        if verb not in BY_MEMBERSHIP:
            found |= Q(pk__in=Engagement.objects.on(self.on).filter(unit__in=reach.units).values("person_id"))
        if reach.own and self.person_id is not None:
            found |= Q(pk=self.person_id)
        return Person.objects.filter(found)

    def _covers(self, verb: str, subject: Plant | Unit | Body | Person) -> bool:
        reach = self.reach(verb)
        if reach.everywhere:
            return True
        match subject:
            case Plant():
                return subject.pk in reach.plants | reach.held
            case Unit():
                return subject.pk in reach.units or subject.plant_id in reach.plants
            case Body():
                return subject.pk in reach.bodies or subject.plant_id in reach.plants
            case Person():
                return self.people(verb).filter(pk=subject.pk).exists()
        raise TypeError(f"范围只管厂、单位、党组织和人员，不管 {type(subject).__name__}")


def scope_of(account: Account, *, on: dt.date) -> Scope:
    """Seven queries at most, whatever the size of the plant; none for the administrators."""
    if not account.is_active:
        return Scope(on=on, account_id=account.pk)
    held = holdings_of(account, on=on)
    trees = trees_on(held, on=on)
    grants: dict[str, Reach] = {}
    acts: dict[str, Reach] = {}
    for holding in held:
        for role in trees.roles_of(holding, roles()):
            for verb, how_far in role.grants.items():
                grants[verb] = grants.get(verb, NOWHERE) | (far := _reach(holding, how_far, trees))
                if verb == ACTING:
                    acts[role.code] = acts.get(role.code, NOWHERE) | far
    sight = NOWHERE
    for verb in SIGHT:
        sight |= grants.get(verb, NOWHERE)
    seen = grants.get("sheet.see", NOWHERE)
    plants = trees.plants if sight.everywhere else frozenset(map(trees.plant_of, held)) - {0}
    return Scope(
        on=on,
        account_id=account.pk,
        person_id=account.person_id,
        roles=frozenset(role.code for holding in held for role in trees.roles_of(holding, roles())),
        plant_ids=plants,
        plant_names=dict(Plant.objects.filter(pk__in=plants).values_list("code", "name")) if plants else {},
        unit_ids=sight.units,
        body_ids=seen.bodies,
        stands_in_for=frozenset(h.for_person for h in held if h.for_person is not None),
        grants=grants,
        acts=acts,
    )


def _reach(holding: Holding, how_far: str, trees: Trees) -> Reach:
    plant = trees.plant_of(holding)
    held = frozenset({plant}) - {0}
    if how_far == "own":
        return Reach(held=held, own=True)
    if how_far == "group":
        return Reach(trees.all_units, trees.all_bodies, trees.plants, everywhere=True)
    if how_far == "plant":
        return Reach(trees.units_of(plant), trees.bodies_of(plant), held)
    units, bodies = trees.joined(holding)
    return Reach(units | trees.line_of(holding) if how_far == "line" else units, bodies, held=held)


def _reason(verb: str, held: frozenset[str]) -> str:
    """Who could do it, so that the reader knows whom to ask."""
    table: Roles = roles()
    label = table.verbs[verb]
    if held & ADMINISTRATORS:
        return f"{label}：{ADMINISTRATORS_NEVER}"
    able = "、".join(role.zh for role in table.can(verb))
    return f"{label}：您的角色没有这项权限，可找{able}" if able else f"{label}：没有角色可以这样做"
