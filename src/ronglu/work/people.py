"""People: enrolled, engaged, admitted, appointed, transferred; each from a day on, with only the fields of 09 §9.5."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.facts import COMMITTEE as SEATS
from ronglu.kernel.org.facts import LEADER
from ronglu.kernel.org.kinds import GROUP
from ronglu.kernel.org.mapping import Suggestion, suggest_group
from ronglu.store.history import links, members, party_tree
from ronglu.store.models import Account, Body, Engagement, Membership, Person, Plant, Post, Unit
from ronglu.work import audits, dated, partitions
from ronglu.work.names import name_of
from ronglu.work.pinyin import spelled
from ronglu.work.roles import roles

KINDS = ("regular", "contractor", "seconded")
STANDINGS = ("full", "probationary")
BASES = ("crew", "service")


class BadPerson(OrgTrouble):
    """人员信息有误。"""


@dataclass(frozen=True, slots=True)
class Transferred:
    """A transfer and what it suggests: the new crew's group, for a human to confirm (S1-02)."""

    engagement: Engagement
    suggestion: Suggestion | None


@transaction.atomic
def enrol(
    *,
    plant: Plant,
    staff_no: str,
    name: str,
    by: Account | None,
    at: dt.datetime,
    joined_on: dt.date | None = None,
    grades: Sequence[str] = (),
    contact: str = "",
) -> Person:
    staff_no, name = staff_no.strip(), name.strip()
    if not staff_no or not name:
        raise BadPerson("工号和姓名都要填写")
    if Person.objects.filter(staff_no=staff_no).exists():
        raise BadPerson(f"工号 {staff_no} 已登记")
    pinyin, initials = spelled(name)
    person = Person.objects.create(
        plant=plant, staff_no=staff_no, name=name, pinyin=pinyin[:120], initials=initials[:20],
        joined_on=joined_on, grades=list(grades), contact=contact.strip(),
    )  # fmt: skip
    _note("enrol", person, by=by, at=at)
    return person


@transaction.atomic
def take_on(
    *,
    plant: Plant,
    staff_no: str,
    name: str,
    unit: Unit,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    kind: str = "regular",
    contact: str = "",
) -> Person:
    """Somebody new: enrolled and at work from a day on; both or neither."""
    person = enrol(plant=plant, staff_no=staff_no, name=name, contact=contact, by=by, at=at)
    engage(person=person, unit=unit, kind=kind, on=on, by=by, at=at)
    return person


@transaction.atomic
def correct(*, person: Person, by: Account | None, at: dt.datetime, **fields: object) -> Person:
    """name, joined_on, grades, contact: facts of the person that are not dated."""
    allowed = ("name", "joined_on", "grades", "contact")
    if unknown := [field for field in fields if field not in allowed]:
        raise BadPerson(f"不能保存的字段：{'、'.join(unknown)}")
    for field, value in fields.items():
        setattr(person, field, value)
    pinyin, initials = spelled(person.name)
    person.pinyin, person.initials = pinyin[:120], initials[:20]
    person.save(update_fields=[*fields, "pinyin", "initials"])
    # which fields, never what they say
    _note("correct", person, by=by, at=at, fields=list(fields))
    return person


@transaction.atomic
def engage(
    *, person: Person, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime, kind: str = "regular"
) -> Engagement:
    """A person without work that day begins at a unit: 在册, 外委 or 借调. Who works somewhere is transferred instead."""
    if kind not in KINDS:
        raise BadPerson(f"用工形式 {kind} 不认识")
    dated.current(unit.states, on=on, what=name_of(unit, on))
    if running := person.engagements.on(on).first():
        raise BadPerson(f"{person.name}在 {on} 已在{name_of(running.unit, on)}任职，请用调动")
    until = dated.until_next(person.engagements.all(), on=on)
    row: Engagement = Engagement.objects.create(person=person, unit=unit, kind=kind, from_on=on, until_on=until)
    partitions.touch_since(plant=person.plant, on=on)
    _note("engage", person, by=by, at=at, unit=unit.code, kind=kind, on=on)
    return row


@transaction.atomic
def transfer(
    *, person: Person, unit: Unit, on: dt.date, by: Account | None, at: dt.datetime, kind: str | None = None
) -> Transferred:
    """Works at another unit from a day on. The party group does not follow by itself: it is suggested."""
    dated.current(unit.states, on=on, what=name_of(unit, on))
    running = dated.current(person.engagements, on=on, what=f"{person.name}的任职")
    if running.unit_id == unit.pk and kind in (None, running.kind):
        raise BadPerson(f"{person.name}在 {on} 已在{name_of(unit, on)}，无需调动")
    row = dated.move(person.engagements, on=on, what=person.name, unit=unit, kind=kind or running.kind)
    partitions.touch_since(plant=person.plant, on=on)
    _note("transfer", person, by=by, at=at, to=unit.code, on=on)
    return Transferred(row, suggestion_for(person=person, unit=unit, on=on))


@transaction.atomic
def second(
    *, person: Person, unit: Unit, on: dt.date, until: dt.date, by: Account | None, at: dt.datetime
) -> Engagement:
    """借调: works elsewhere for a while and returns to the same place by itself."""
    home = dated.current(person.engagements, on=on, what=f"{person.name}的任职")
    if until <= on or (home.until_on is not None and until > home.until_on):
        raise BadPerson(f"借调须在 {on} 之后、原任职截止（{home.until_on or '未定'}）之前结束")
    place, kind, ends = home.unit, home.kind, home.until_on
    row: Engagement = dated.move(
        person.engagements, on=on, what=person.name, unit=unit, kind="seconded", until_on=until
    )
    if ends is None or until < ends:
        Engagement.objects.create(person=person, unit=place, kind=kind, from_on=until, until_on=ends)
    partitions.touch_since(plant=person.plant, on=on)
    _note("second", person, by=by, at=at, to=unit.code, on=on, until=until)
    return row


@transaction.atomic
def leave(*, person: Person, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """Works here no longer from a day on: work, membership and posts end; what was stays."""
    for rows in (person.engagements, person.memberships, person.posts):
        dated.end_all(rows.all(), on=on)
    partitions.touch_since(plant=person.plant, on=on)
    _note("leave", person, by=by, at=at, on=on)


@transaction.atomic
def admit(
    *,
    person: Person,
    body: Body,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    status: str | None = None,
    basis: str = "crew",
) -> Membership:
    """Belongs to a branch or group from a day on, by crew (在班) or by whom he serves (服务对象, S1-03).

    One place at a time: an earlier one ends. Standing carries over unless given.
    """
    dated.current(body.states, on=on, what=name_of(body, on))
    running = person.memberships.on(on).first()
    status = status or (running.status if running else None)
    if status not in STANDINGS or basis not in BASES:
        raise BadPerson(f"{person.name}：请选择党员类别（正式、预备）和编入依据（在班、服务对象）")
    if running is None:
        until = dated.until_next(person.memberships.all(), on=on)
        row = Membership.objects.create(
            person=person, body=body, status=status, basis=basis, from_on=on, until_on=until
        )
    elif (running.body_id, running.status, running.basis) == (body.pk, status, basis):
        return running
    else:
        row = dated.move(person.memberships, on=on, what=person.name, body=body, status=status, basis=basis)
    partitions.touch_since(plant=person.plant, on=on)
    _note("admit", person, by=by, at=at, body=body.code, basis=basis, on=on)
    return row


@transaction.atomic
def confirm(*, person: Person, on: dt.date, by: Account | None, at: dt.datetime) -> Membership:
    """转正: a probationary member becomes a full one from a day on."""
    running = dated.current(person.memberships, on=on, what=f"{person.name}的组织关系")
    if running.status == "full":
        raise BadPerson(f"{person.name}在 {on} 已是正式党员")
    row: Membership = dated.change(person.memberships, on=on, what=person.name, status="full")
    partitions.touch_since(plant=person.plant, on=on)
    _note("confirm", person, by=by, at=at, on=on)
    return row


@transaction.atomic
def appoint(
    *,
    person: Person,
    role: str,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    body: Body | None = None,
    unit: Unit | None = None,
    term_ends_on: dt.date | None = None,
) -> Post:
    """A seat at a body or a post at a unit; one person may hold both kinds at once (双向进入、交叉任职, S1-05)."""
    if (body is None) == (unit is None):
        raise BadPerson("职务要么设在党组织，要么设在生产单位")
    if role not in roles().posts:
        raise BadPerson(f"职务 {role} 不在角色表中")
    if body is not None:
        _require_seat(body, role, on)
    elif unit is not None:
        dated.current(unit.states, on=on, what=name_of(unit, on))
    held: Post | None = person.posts.on(on).filter(role=role, body=body, unit=unit).first()
    if held is not None:
        return held
    row = Post.objects.create(person=person, role=role, body=body, unit=unit, from_on=on, term_ends_on=term_ends_on)
    place = body or unit
    partitions.touch_since(plant=person.plant, on=on)
    _note("appoint", person, by=by, at=at, role=role, place=place, on=on)
    return row


def _require_seat(body: Body, role: str, on: dt.date) -> None:
    state = dated.current(body.states, on=on, what=name_of(body, on))
    wrong = (role in SEATS and state.kind == GROUP) or (role == LEADER and state.kind != GROUP)
    if wrong:
        raise BadPerson(f"{state.name}是{state.get_kind_display()}：党小组设组长，其他党组织设书记和委员")


@transaction.atomic
def relieve(*, post: Post, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """The last day in the post is the day before `on`."""
    dated.end(post, on=on)
    person = post.person
    partitions.touch_since(plant=person.plant, on=on)
    _note("relieve", person, by=by, at=at, role=post.role, on=on)


def suggestion_for(*, person: Person, unit: Unit, on: dt.date) -> Suggestion | None:
    """The group that stands on the crew; None for non-members, for other kinds of unit and when nothing is to change."""
    belongs: Membership | None = person.memberships.on(on).first()
    if unit.kind != "crew" or belongs is None or belongs.basis != "crew":
        return None
    plant = unit.plant
    return suggest_group(
        person=person.pk, crew=unit.pk, links=links(plant), stays=members(plant), party=party_tree(plant).at(on)
    )


def _note(verb: str, person: Person, *, by: Account | None, at: dt.datetime, **detail: object) -> None:
    """Staff number and codes only: the trail outlives the person's data."""
    said = {name: value if isinstance(value, list) else str(value) for name, value in detail.items()}
    audits.record(verb=f"people.{verb}", by=by, at=at, subject=person.staff_no, plant=person.plant, detail=said)
