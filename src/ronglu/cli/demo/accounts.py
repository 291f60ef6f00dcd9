"""Accounts of the invented group: everyone who works or has a post, the administrators, one shift terminal; one password for all, one PIN for a line."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from ronglu.cli.demo.people import Crowd
from ronglu.store.models import Account, Person, Pin, Zone
from ronglu.work import pins
from ronglu.work.roles import roles

PASSWORD = "Ronglu-demo-2026"
PIN = "417280"
WORKERS = 2
SALT = "ronglu-demo"
APART = {
    "group": ("集团", ["group_reader"]),
    "sysadmin": ("系统管理员", ["system_admin"]),
    "secadmin": ("安全管理员", ["security_admin"]),
    "auditor": ("审计员", ["auditor"]),
}
CAST = (
    ("statistician", 1, "W"),
    ("statistician", 1, "W2"),
    ("technician", 1, "W"),
    ("technician", 1, "W2"),
    ("crew_leader", 1, "丙"),
    ("leader", 1, "body 甲"),
    ("secretary", 1, "body B"),
    ("workshop_head", 1, "W"),
    ("party_office", 1, "body C"),
    ("party_office", 2, "body C"),
    ("discipline_office", 1, "body C"),
    ("union", 1, ""),
    ("safety_officer", 1, ""),
    ("finance", 1, ""),
    ("quality", 1, "LAB"),
    ("secretary", 1, "body C"),
    ("plant_head", 1, ""),
)
"""Role, the how-manieth holder, and where: of the first line (W its workshop, W2 the other one, 丙 its third crew) or of the plant."""


SAID = {
    ("secretary", "body C"): "厂党委书记",
    ("statistician", "W2"): "统计员（第二车间）",
    ("technician", "W2"): "技术员（第二车间）",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of what `ronglu demo` prints."""

    staff_no: str
    name: str
    role: str


def make(crowds: Sequence[Crowd]) -> None:
    """One hash for all: 800 slow ones would take longer than the whole demo."""
    secret = make_password(PASSWORD, salt=SALT)
    for crowd in crowds:
        people = [hand.person for hand in crowd.hands if hand.posts or hand.unit is not None]
        Account.objects.bulk_create(
            Account(staff_no=person.staff_no, person=person, password=secret, must_change=False)
            for person in people
            if person is not None
        )
    line = crowds[0].made.unit(_line(crowds[0]))
    kiosk = {"kiosk": ("交接终端", [f"kiosk@unit:{line.pk}"])}
    Account.objects.bulk_create(
        Account(staff_no=code, label=label, roles=held, password=secret, must_change=False)
        for code, (label, held) in (APART | kiosk).items()
    )


def at_terminal(crowd: Crowd) -> list[Printed]:
    """Who has a PIN: the leaders of the terminal's line, who hand over, and the last of its first crew, who report."""
    line, letters = _line(crowd), crowd.made.letters
    leaders = [(crowd.holding("crew_leader", f"{line}-{letter}"), f"{letter}班班长") for letter in letters]
    workers = [(one, f"{letters[0]}班职工") for one in crowd.working(_crew(crowd))[-WORKERS:]]
    return [Printed(person.staff_no, person.name, role) for person, role in (*leaders, *workers)]


def set_pins(crowd: Crowd, at: dt.datetime) -> None:
    """As each would set his own; not for everybody, since every PIN is hashed slowly. Then with one salt: every copy is alike."""
    for one in at_terminal(crowd):
        pins.set_pin(account=Account.objects.get(staff_no=one.staff_no), pin=PIN, at=at)
    Pin.objects.update(digest=make_password(PIN, salt=SALT))


def printed(crowd: Crowd) -> list[Printed]:
    """The cast of one plant, one of each role, and the accounts beside no person."""
    names = {post: role.zh for role in roles().roles.values() for post in role.posts}
    names |= {"secretary": "支部书记", "leader": "党小组长", "quality": "质检", "technician": "技术员（审核）"}
    names |= {"statistician": "统计员（导入）", "party_office": "党群部", "workshop_head": "车间主任"}
    found = []
    for role, number, spot in CAST:
        person = _holder(crowd, role, number, spot)
        if person is not None:
            said = SAID.get((role, spot), names[role])
            found.append(Printed(person.staff_no, person.name, said))
    worker = crowd.working(_crew(crowd))[-1]
    found.append(Printed(worker.staff_no, worker.name, "职工"))
    return found + [Printed(code, label, label) for code, (label, _) in APART.items()] + [_kiosk()]


def labelled(crowd: Crowd) -> Zone:
    """A zone whose QR label one may try: the post of the second crew of the first line."""
    return Zone.objects.filter(unit=crowd.made.unit(f"{_line(crowd)}-{crowd.made.letters[1]}"), kind="own").earliest(
        "pk"
    )


def answers_for(zone: Zone) -> Person:
    """Who gets first what is reported there."""
    return Person.objects.filter(zones__zone=zone, zones__until_on=None).earliest("zones__pk")


def _kiosk() -> Printed:
    return Printed("kiosk", "交接终端", "交接终端")


def _holder(crowd: Crowd, role: str, number: int, spot: str) -> Person | None:
    workshops, line = crowd.made.plan.workshops, _line(crowd)
    places = {"W": workshops[0].code, "W2": workshops[-1].code, "丙": f"{line}-{crowd.made.letters[2]}"}
    places |= {"body 甲": f"body B-{_crew(crowd)}", "body B": f"body B-{line}"}
    place = places.get(spot, spot)
    found = [hand.person for hand in crowd.hands if (role, place) in hand.posts]
    return found[number - 1] if len(found) >= number else None


def _line(crowd: Crowd) -> str:
    return crowd.made.plan.workshops[0].lines[0].code


def _crew(crowd: Crowd) -> str:
    return f"{_line(crowd)}-{crowd.made.letters[0]}"
