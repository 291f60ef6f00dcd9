"""Party bodies: set up, renamed, moved, merged, split, dissolved, their elections and approvals. Never deleted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.kinds import LABELS
from ronglu.store.history import ADVANCED, EXTENDED, approvals_in, approvals_text, party_tree
from ronglu.store.models import Account, Body, BodyState, Membership, Person, Plant, Post, Succession
from ronglu.store.models import Mapping as MappingRow
from ronglu.work import audits, dated, partitions
from ronglu.work.names import name_of


class BadBody(OrgTrouble):
    """党组织不能这样设。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the branches that come out of a split: who and which groups go there."""

    code: str
    name: str
    members: Sequence[Person] = ()
    groups: Sequence[Body] = ()


@transaction.atomic
def create(
    *,
    plant: Plant,
    code: str,
    name: str,
    kind: str,
    on: dt.date,
    by: Account | None,
    at: dt.datetime,
    parent: Body | None = None,
    kindred: str = "line",
    position: int = 0,
    approval: str = "",
    term_ends_on: dt.date | None = None,
) -> Body:
    if Body.objects.filter(plant=plant, code=code).exists():
        raise BadBody(f"编码 {code} 已被另一个党组织使用，请换一个编码")
    if kind not in LABELS or not name.strip():
        raise BadBody("请填写党组织的名称和类型")
    before = _problems(plant)
    body = Body.objects.create(plant=plant, code=code, kindred=kindred, position=position)
    BodyState.objects.create(
        body=body, name=name.strip(), kind=kind, parent=parent, from_on=on, approval=approval, term_ends_on=term_ends_on
    )
    _require_sound(plant, before)
    partitions.touch_since(plant=plant, on=on)
    audits.record(
        verb="bodies.create",
        by=by,
        at=at,
        subject=name,
        plant=plant,
        detail={"code": code, "kind": kind, "on": str(on)},
    )
    return body


@transaction.atomic
def rename(*, body: Body, name: str, on: dt.date, by: Account | None, at: dt.datetime) -> BodyState:
    if not name.strip():
        raise BadBody("党组织名称不能为空")
    return _change(body, "rename", on=on, by=by, at=at, name=name.strip())


@transaction.atomic
def move(*, body: Body, parent: Body | None, on: dt.date, by: Account | None, at: dt.datetime) -> BodyState:
    """Under another superior from a day on; a cycle or a branch under a group is refused."""
    if parent is not None and parent.plant_id != body.plant_id:
        raise BadBody("上级党组织属于另一个厂")
    return _change(body, "move", on=on, by=by, at=at, parent=parent)


@transaction.atomic
def rekind(*, body: Body, kind: str, on: dt.date, by: Account | None, at: dt.datetime) -> BodyState:
    """支部改设总支, 支部改为联合支部 …"""
    return _change(body, "rekind", on=on, by=by, at=at, kind=kind)


@transaction.atomic
def approve(*, body: Body, rule: str, text: str, on: dt.date, by: Account | None, at: dt.datetime) -> BodyState:
    """Records the superior's 批复 or the reason that a rule accepts; it stays until it is withdrawn with an empty text."""
    state = dated.current(body.states, on=on, what=name_of(body, on))
    approvals = approvals_in(state.approval) | {rule: text.strip()}
    kept = {key: said for key, said in approvals.items() if said}
    return _change(body, "approve", on=on, by=by, at=at, approval=_fitting(kept))


@transaction.atomic
def elect(
    *, body: Body, on: dt.date, ends_on: dt.date, by: Account | None, at: dt.datetime, early_approval: str = ""
) -> BodyState:
    """A committee elected on a day, with the end of its term; approvals about the election before are done with."""
    if ends_on <= on:
        raise BadBody(f"任期届满日 {ends_on} 应晚于选举日 {on}")
    state = dated.current(body.states, on=on, what=name_of(body, on))
    approvals = {key: said for key, said in approvals_in(state.approval).items() if key not in (EXTENDED, ADVANCED)}
    if early_approval:
        approvals[ADVANCED] = early_approval
    return _change(body, "elect", on=on, by=by, at=at, term_ends_on=ends_on, approval=_fitting(approvals))


@transaction.atomic
def extend(*, body: Body, until: dt.date, approval: str, on: dt.date, by: Account | None, at: dt.datetime) -> BodyState:
    """The running term is extended with the superior's approval; longer than a year is kept and found by R-ORG-10."""
    state = dated.current(body.states, on=on, what=name_of(body, on))
    if not approval.strip():
        raise BadBody("延期换届须填写上级批复")
    if state.term_ends_on is None or until <= state.term_ends_on:
        raise BadBody(f"延期应晚于原届满日 {state.term_ends_on or '（未登记）'}")
    approvals = approvals_in(state.approval) | {EXTENDED: approval.strip()}
    return _change(body, "extend", on=on, by=by, at=at, term_ends_on=until, approval=_fitting(approvals))


@transaction.atomic
def merge(
    *, bodies: Sequence[Body], code: str, name: str, on: dt.date, by: Account | None, at: dt.datetime, kind: str = ""
) -> Body:
    """Several become a new one: members, groups and mapped units go over, posts end, the old ones are closed."""
    if len({body.pk for body in bodies}) < 2:
        raise BadBody("合并需要至少两个党组织")
    sound = _problems(bodies[0].plant)
    first = dated.current(bodies[0].states, on=on, what=name_of(bodies[0], on))
    after = create(
        plant=bodies[0].plant, code=code, name=name, kind=kind or first.kind, parent=first.parent,
        on=on, by=by, at=at, kindred=bodies[0].kindred, position=bodies[0].position,
    )  # fmt: skip
    units: set[int] = set()
    for body in bodies:
        units |= set(body.mappings.on(on).values_list("unit_id", flat=True))
        _hand_over(body, after, on=on)
        _close(body, on=on)
        Succession.objects.create(before=body, after=after, on=on, kind="merge")
    _require_sound(after.plant, sound)
    MappingRow.objects.bulk_create([MappingRow(body=after, unit_id=unit, from_on=on) for unit in sorted(units)])
    names = [name_of(body, on) for body in bodies]
    audits.record(
        verb="bodies.merge", by=by, at=at, subject=name, plant=after.plant, detail={"merged": names, "on": str(on)}
    )
    return after


@transaction.atomic
def split(*, body: Body, into: Sequence[Part], on: dt.date, by: Account | None, at: dt.datetime) -> list[Body]:
    """One becomes several. Everyone and every group must be given a new place; the mapped units are mapped anew after."""
    state = dated.current(body.states, on=on, what=name_of(body, on))
    _require_all_placed(body, into, on)
    parts = []
    for part in into:
        after = create(
            plant=body.plant, code=part.code, name=part.name, kind=state.kind, parent=state.parent,
            on=on, by=by, at=at, kindred=body.kindred, position=body.position,
        )  # fmt: skip
        for group in part.groups:
            dated.change(group.states, on=on, what=name_of(group, on), parent=after)
        for person in part.members:
            dated.move(person.memberships.filter(body=body), on=on, what=person.name, body=after)
        Succession.objects.create(before=body, after=after, on=on, kind="split")
        parts.append(after)
    _close(body, on=on)
    audits.record(
        verb="bodies.split",
        by=by,
        at=at,
        subject=state.name,
        plant=body.plant,
        detail={"into": [p.name for p in into], "on": str(on)},
    )
    return parts


@transaction.atomic
def dissolve(*, body: Body, on: dt.date, by: Account | None, at: dt.datetime) -> None:
    """Closed from a day on; refused while members or subordinate bodies are in it."""
    name = name_of(body, on)
    if Membership.objects.on(on).filter(body=body).exists():
        raise BadBody(f"{name}仍有党员，请先转出组织关系")
    if BodyState.objects.on(on).filter(parent=body).exists():
        raise BadBody(f"{name}仍有下级党组织，请先调整隶属")
    _close(body, on=on)
    partitions.touch_since(plant=body.plant, on=on)
    audits.record(verb="bodies.dissolve", by=by, at=at, subject=name, plant=body.plant, detail={"on": str(on)})


def _change(body: Body, verb: str, *, on: dt.date, by: Account | None, at: dt.datetime, **changes: object) -> BodyState:
    name, before = name_of(body, on), _problems(body.plant)
    state: BodyState = dated.change(body.states, on=on, what=name, **changes)
    _require_sound(body.plant, before)
    partitions.touch_since(plant=body.plant, on=on)
    said = {key: name_of(value, on) if isinstance(value, Body) else str(value) for key, value in changes.items()}
    audits.record(verb=f"bodies.{verb}", by=by, at=at, subject=name, plant=body.plant, detail={"on": str(on), **said})
    return state


def _problems(plant: Plant) -> set[str]:
    return set(party_tree(plant).problems())


def _require_sound(plant: Plant, before: set[str]) -> None:
    """What was already wrong does not forbid putting other things right."""
    new = [problem for problem in party_tree(plant).problems() if problem not in before]
    if new:
        raise BadBody("；".join(new))


def _hand_over(body: Body, after: Body, *, on: dt.date) -> None:
    for group in {state.body for state in BodyState.objects.on(on).filter(parent=body).select_related("body")}:
        dated.change(group.states, on=on, what=name_of(group, on), parent=after)
    for member in Membership.objects.on(on).filter(body=body).select_related("person"):
        dated.move(member.person.memberships.filter(body=body), on=on, what=member.person.name, body=after)


def _close(body: Body, *, on: dt.date) -> None:
    for rows in (body.mappings, Post.objects.filter(body=body), body.states):
        dated.end_all(rows.all(), on=on)


def _require_all_placed(body: Body, into: Sequence[Part], on: dt.date) -> None:
    groups = {state.body_id: state.name for state in BodyState.objects.on(on).filter(parent=body)}
    people = dict(Membership.objects.on(on).filter(body=body).values_list("person_id", "person__name"))
    _once(groups, [group.pk for part in into for group in part.groups], "党小组")
    _once(people, [person.pk for part in into for person in part.members], "党员")
    if len(into) < 2:
        raise BadBody("拆分需要至少两个新的党组织")


def _once(there: Mapping[int, str], given: list[int], what: str) -> None:
    left = [name for pk, name in there.items() if pk not in given]
    if left:
        raise BadBody(f"拆分后没有去处的{what}：{'、'.join(left)}")
    if strange := set(given) - set(there):
        raise BadBody(f"拆分名单中有 {len(strange)} 个{what}不在原党组织内")
    if len(given) != len(set(given)):
        raise BadBody(f"拆分名单中有{what}被分到两处")


def _fitting(approvals: Mapping[str, str]) -> str:
    text = approvals_text(approvals)
    if len(text) > 200:
        raise BadBody("批复文字合计不能超过 200 字，请只写文号")
    return text
