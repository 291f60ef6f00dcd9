"""Meetings for tests: the group of 转炉甲班 on Tuesday 10 March 2026, arranged, opened and written down by its leader 何组长."""

import datetime as dt
from typing import Any

from ronglu.config.plant import packs
from ronglu.store.models import Gathering, Membership, Person, Team, TeamMember
from ronglu.work import gatherings, gatherings_close, gatherings_room
from ronglu.work.gatherings_fill import Line
from tests.cast import AT, ON, SINCE, Cast

HOUR = dt.timedelta(hours=1)
THEN = AT + HOUR


def by(cast: Cast, name: str = "何组长", at: dt.datetime = AT) -> dict[str, Any]:
    return {"by": cast.account[name], "at": at}


def arranged(
    cast: Cast, kind: str = "group_meeting", body: str = "QL-B1-甲", *, name: str = "何组长", starts_at: dt.datetime = AT,
    **more: Any,
) -> Gathering:  # fmt: skip
    return gatherings.arrange(
        body=cast.body[body], kind=kind, starts_at=starts_at, ends_at=starts_at + HOUR, **by(cast, name, AT), **more
    )


def opened(cast: Cast, *args: Any, lines: tuple[Line, ...] = (), **named: Any) -> Gathering:
    name = named.get("name", "何组长")
    row = arranged(cast, *args, **named)
    return gatherings.open(gathering=row, lines=lines, **by(cast, name, row.starts_at))


def came(cast: Cast, row: Gathering, *, away: tuple[str, ...] = (), name: str = "何组长") -> Gathering:
    absent = {cast.person[one].pk: "出差" for one in away}
    return gatherings_room.attend(gathering=row, away=absent, **by(cast, name))


def close(cast: Cast, row: Gathering, *, name: str = "何组长", at: dt.datetime = THEN) -> Gathering:
    return gatherings_close.close(
        gathering=row, action=packs().loops["action"], scope=cast.scope(name, on=ON), **by(cast, name, at)
    )


def held(cast: Cast, *args: Any, away: tuple[str, ...] = (), **named: Any) -> Gathering:
    """Opened, everybody there but `away`, closed."""
    row = opened(cast, *args, **named)
    came(cast, row, away=away, name=named.get("name", "何组长"))
    return close(cast, row, name=named.get("name", "何组长"), at=max(THEN, row.starts_at))


def members(cast: Cast, n: int, body: str = "QL-B1", *, status: str = "full", first: int = 0) -> list[Person]:
    """So many more members of a body."""
    people = Person.objects.bulk_create(
        Person(plant=cast.plant, staff_no=f"4{status[0]}{first + no:03}", name=f"党员{first + no}") for no in range(n)
    )
    Membership.objects.bulk_create(
        Membership(person=one, body=cast.body[body], status=status, from_on=SINCE) for one in people
    )
    return people


def tackling(cast: Cast) -> Team:
    """A tackling team of 转炉党支部: 陈技术员 leads it, 吴师傅 belongs to it."""
    team = Team.objects.create(
        plant=cast.plant, code="T1", name="渣含铜攻关队", kind="shock_tech", body=cast.body["QL-B1"], purpose="降渣含铜",
        from_on=SINCE,
    )  # fmt: skip
    for name, role in (("陈技术员", "leader"), ("吴师傅", "member")):
        TeamMember.objects.create(team=team, person=cast.person[name], role=role, from_on=SINCE)
    return team
