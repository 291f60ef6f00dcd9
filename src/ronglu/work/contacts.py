"""横班联系: two Party members of sister crews agree to keep in touch; each may pass one sentence a week, and raise a case from it.

What they write is for the two and their secretaries: the trail says that a pair was made or ended, never what was passed on.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from ronglu.kernel.labour import LabourTrouble, written
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Case, Contact, ContactNote, ContactState, Engagement, Membership, Person, Unit
from ronglu.work import audits, cases
from ronglu.work.names import name_of
from ronglu.work.scope import Scope

SENTENCE = 80
"""More is not asked for and not taken."""
PAIR = "contacts.pair"


class BadContact(LabourTrouble):
    """横班联系不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """办成一件事: a case of a loop that anybody may raise, at the writer's own crew, in the same breath as the note."""

    loop: Loop
    given: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def propose(*, one: Person, other: Person, by: Account, scope: Scope, at: dt.datetime) -> Contact:
    """By one of the two, whose yes it is as well, or by somebody who looks after one of them."""
    if one.pk == other.pk:
        raise BadContact("联系的是两个人，请填另一个人的工号")
    on, mine = at.date(), by.person_id
    if mine not in (one.pk, other.pk) and not scope.people(PAIR).filter(pk__in=[one.pk, other.pk]).exists():
        raise BadContact("由两人中的一人，或其所在支部提出")
    one, other = sorted((one, other), key=lambda person: person.pk)
    list(Person.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk"))
    _sisters(one, other, on)
    once = f"{one.pk}-{other.pk}"
    if Contact.objects.filter(once=once).exists():
        raise BadContact(f"{one.name}和{other.name}已经是一对，不用再提")
    row = Contact.objects.create(
        plant=one.plant, one=one, other=other, proposed_by=by, proposed_at=at, once=once,
        one_agreed_at=at if mine == one.pk else None, other_agreed_at=at if mine == other.pk else None,
    )  # fmt: skip
    _note("propose", row, by=by, at=at)
    return row


@transaction.atomic
def agree(*, contact: Contact, by: Account, at: dt.datetime) -> Contact:
    """The second yes begins it."""
    row = _held(contact, ContactState.PROPOSED)
    side = _side(row, by)
    if getattr(row, f"{side}_agreed_at"):
        raise BadContact("您已经同意，等另一人同意")
    setattr(row, f"{side}_agreed_at", at)
    if row.one_agreed_at and row.other_agreed_at:
        row.state, row.from_on = ContactState.STANDING, at.date()
    row.save(update_fields=["one_agreed_at", "other_agreed_at", "state", "from_on"])
    _note("agree", row, by=by, at=at)
    return row


@transaction.atomic
def decline(*, contact: Contact, by: Account, at: dt.datetime) -> Contact:
    """Nobody says why he would rather not."""
    row = _held(contact, ContactState.PROPOSED)
    _side(row, by)
    return _over(row, "decline", ContactState.DECLINED, by=by, at=at)


@transaction.atomic
def end(*, contact: Contact, reason: str, by: Account, scope: Scope, at: dt.datetime) -> Contact:
    """By either of the two, or by who looks after one of them; what was written stays with them."""
    row = _held(contact, ContactState.STANDING)
    two = (row.one_id, row.other_id)
    if by.person_id not in two and not scope.people(PAIR).filter(pk__in=two).exists():
        raise BadContact("由两人中的一人，或其所在支部结束")
    row.until_on = max(at.date(), (row.from_on or at.date()) + dt.timedelta(days=1))
    row.reason = written(reason, what="为什么结束", longest=80)
    return _over(row, "end", ContactState.ENDED, by=by, at=at)


@transaction.atomic
def note(
    *, contact: Contact, words: str, by: Account, scope: Scope, at: dt.datetime, opens: Raise | None = None
) -> ContactNote:
    """One sentence for this week; LoopTrouble says what is wrong with the case that it opens."""
    row = _held(contact, ContactState.STANDING)
    _side(row, by)
    words, week = _sentence(words, "传了什么"), str(Period.week(at.date()))
    ContactNote.objects.filter(contact=row, week=week, by=by, kind="none").delete()
    if ContactNote.objects.filter(contact=row, week=week, by=by).exists():
        raise BadContact("本周您已经记过一句，下周再记")
    case = _raised(opens, by=by, scope=scope, at=at) if opens else None
    return ContactNote.objects.create(contact=row, week=week, kind="note", words=words, case=case, by=by, at=at)


@transaction.atomic
def nothing(*, contact: Contact, reason: str, by: Account, at: dt.datetime) -> ContactNote:
    """Why there was no contact this week, where the rosters do not say it themselves."""
    row = _held(contact, ContactState.STANDING)
    _side(row, by)
    week = str(Period.week(at.date()))
    if ContactNote.objects.filter(contact=row, week=week).exists():
        raise BadContact("本周已经有记录，不用再写原因")
    words = _sentence(reason, "原因")
    return ContactNote.objects.create(contact=row, week=week, kind="none", words=words, by=by, at=at)


def crews_of(people: list[int], *, on: dt.date) -> dict[int, Unit]:
    """Person → the crew he works in that day."""
    rows = Engagement.objects.on(on).filter(person__in=people, unit__kind="crew").select_related("unit")
    return {row.person_id: row.unit for row in rows.order_by("from_on")}


def _sisters(one: Person, other: Person, on: dt.date) -> None:
    """Members of two crews of one line, of two lines of one workshop, or of one letter across the plant."""
    if one.plant_id != other.plant_id:
        raise BadContact("两人不在同一个厂")
    listed = Membership.objects.on(on).filter(person__in=[one, other]).values_list("person_id", flat=True)
    if outside := [person.name for person in (one, other) if person.pk not in set(listed)]:
        raise BadContact(f"{'、'.join(outside)}不是党员，横班联系由党员结成")
    crews = crews_of([one.pk, other.pk], on=on)
    if absent := [person.name for person in (one, other) if person.pk not in crews]:
        raise BadContact(f"{'、'.join(absent)}不在横大班，横班联系在班与班之间结成")
    mine, theirs = crews[one.pk], crews[other.pk]
    if mine.pk == theirs.pk:
        raise BadContact(f"{one.name}和{other.name}同在{name_of(mine, on)}，请找兄弟班的党员")
    above, beside = _above(mine, on), _above(theirs, on)
    near = above[:1] == beside[:1] or (above[1:2] and above[1:2] == beside[1:2])
    if not near and mine.letter != theirs.letter:
        raise BadContact(f"{name_of(mine, on)}和{name_of(theirs, on)}不是同一产线、同一车间，也不是同一班别")


def _above(unit: Unit, on: dt.date) -> list[int]:
    """The line and what stands above it."""
    found: list[int] = []
    state = unit.states.on(on).first()
    while state and state.parent_id and state.parent_id not in found:
        found.append(state.parent_id)
        state = state.parent.states.on(on).first()
    return found


def _raised(opens: Raise, *, by: Account, scope: Scope, at: dt.datetime) -> Case:
    crew = crews_of([by.person_id or 0], on=at.date()).get(by.person_id or 0)
    if crew is None:
        raise BadContact("您现在不在横大班，请到“闭环”里提出")
    found = cases.raise_case(
        loop=opens.loop, plant=crew.plant, unit=crew, given=opens.given, at=at, by=by, scope=scope, origin="contact"
    )
    return found.joined or found.case


def _sentence(text: str, what: str) -> str:
    if "\n" in text.strip():
        raise BadContact(f"{what}：一句话就够，不用分行")
    return written(text, what=what, longest=SENTENCE)


def _held(contact: Contact, state: ContactState) -> Contact:
    row = Contact.objects.select_for_update().select_related("plant", "one", "other").get(pk=contact.pk)
    if row.state != state:
        raise BadContact(f"这一对{row.get_state_display()}，不能再办这一步")
    return row


def _side(row: Contact, by: Account) -> str:
    if by.person_id not in (row.one_id, row.other_id):
        raise BadContact("这是他们两人的联系，由两人自己办")
    return "one" if by.person_id == row.one_id else "other"


def _over(row: Contact, verb: str, state: ContactState, *, by: Account, at: dt.datetime) -> Contact:
    row.state, row.once = state, None
    row.save(update_fields=["state", "once", "until_on", "reason"])
    _note(verb, row, by=by, at=at)
    return row


def _note(verb: str, row: Contact, *, by: Account, at: dt.datetime) -> None:
    audits.record(verb=f"contacts.{verb}", by=by, at=at, subject=f"{row.one.name}—{row.other.name}", plant=row.plant)
