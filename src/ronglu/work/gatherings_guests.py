"""列席: persons of the plant by their staff number, and from outside how many of which office; a name from outside is never kept."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Choice
from ronglu.store.models import Account, Gathering, GatheringPerson, Person
from ronglu.work import gatherings, guides
from ronglu.work.gatherings_room import BEFORE

MOST = 99


@transaction.atomic
def invite(
    *, gathering: Gathering, by: Account, at: dt.datetime, person: Person | None = None, who: str = "", count: int = 1
) -> Gathering:  # fmt: skip
    """One of the plant, or `count` of an office of the list (again: the new number holds); they neither vote nor count as due."""
    row = gatherings.held(gathering, *BEFORE)
    if (person is None) == (not who):
        raise GatheringTrouble("列席的写一样：本厂的人写工号，外来的选身份")
    if person is not None:
        _of_plant(row, person)
        GatheringPerson.objects.create(gathering=row, person=person, due=False)
    else:
        if who not in guides.guests():
            raise GatheringTrouble(f"没有“{who}”这种身份，请从列表里选")
        if not 1 <= count <= MOST:
            raise GatheringTrouble(f"人数应在 1 到 {MOST} 之间，现为 {count}")
        kept = [one for one in row.guests if one["code"] != who]
        row.guests = [*kept, {"code": who, "count": count}]
        row.save(update_fields=["guests"])
    gatherings.note("invite", row, by=by, at=at, outside=person is None)
    return row


@transaction.atomic
def dismiss(*, gathering: Gathering, key: str, by: Account, at: dt.datetime) -> Gathering:
    """`key`: the person's number in the table, or the code of the office."""
    row = gatherings.held(gathering, *BEFORE)
    gone = key.isdecimal() and row.people.filter(due=False, person=int(key)).delete()[0]
    left = [one for one in row.guests if one["code"] != key]
    if not gone and len(left) == len(row.guests):
        raise GatheringTrouble("列席名单刚刚被改过，请刷新")
    row.guests = left
    row.save(update_fields=["guests"])
    gatherings.note("dismiss", row, by=by, at=at)
    return row


def outside(row: Gathering) -> Iterable[tuple[Choice, int]]:
    """In the order of the list; an office that is no longer on it keeps its code."""
    counts = {str(one["code"]): int(one["count"]) for one in row.guests}
    known = guides.guests()
    for code in [*(one for one in known if one in counts), *(one for one in counts if one not in known)]:
        yield known.get(code, Choice(code=code, label=code)), counts[code]


def _of_plant(row: Gathering, person: Person) -> None:
    if person.plant_id != row.plant_id:
        raise GatheringTrouble(f"{person.name}不是本厂的人，外来的只记身份和人数")
    there = row.people.filter(person=person).first()
    if there is not None:
        raise GatheringTrouble(f"{person.name}{'是应到的人，不用列席' if there.due else '已经在列席名单里'}")
