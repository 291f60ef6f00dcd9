"""What moved lately in the invented group, through the verbs: transfers, secondments, a deputy, a stand-in."""

import datetime as dt

from ronglu.cli.demo.org import Made
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, TODAY
from ronglu.store.models import Account, Person, ShiftRow, Unit
from ronglu.work import deputies, findings, life_findings, people, rosters

MIDDLE = dt.date(2026, 3, 14)
"""A transfer in the middle of the showcase month splits it."""
AWAY = dt.date(2026, 3, 20)
ONE = dt.timedelta(days=1)
LEAVE = (dt.date(2026, 4, 6), dt.date(2026, 4, 20))


def make(crowd: Crowd) -> None:
    made, office = crowd.made, Account.objects.get(person=crowd.holding("party_office", "body C"))
    lines = [line.code for line in made.plan.lines()]
    _transfer(crowd, lines[0], lines[1], office)
    _second(crowd, lines[1], made, office)
    _leave(crowd)
    _stand_in(crowd, lines[0], office)
    check(crowd)


def check(crowd: Crowd) -> None:
    """The organisation rules as of today: some seats are empty, one term has run out."""
    findings.refresh_findings(plant=crowd.made.plant, on=TODAY, at=NOW)


def judge(crowd: Crowd) -> None:
    """The rules on organisational life, once its meetings stand: what was held, what is missing, what is still to come."""
    life_findings.refresh(plant=crowd.made.plant, on=TODAY, at=NOW)


def _transfer(crowd: Crowd, old: str, new: str, by: Account) -> None:
    """A member of crew 甲 goes to crew 乙 of the next line; the group is confirmed by a human two days later."""
    made = crowd.made
    person = _plain_member(crowd, f"{old}-{made.letters[0]}")
    moved = people.transfer(person=person, unit=made.unit(f"{new}-{made.letters[1]}"), on=MIDDLE, by=by, at=NOW)
    if moved.suggestion and moved.suggestion.groups:
        group = next(b for b in made.bodies.values() if b.pk == moved.suggestion.groups[0])
        people.admit(person=person, body=group, on=MIDDLE + dt.timedelta(days=2), by=by, at=NOW)


def _second(crowd: Crowd, line: str, made: Made, by: Account) -> None:
    """借调: two of the last crew work in the plant's technical office for a quarter."""
    crew = crowd.working(f"{line}-{made.letters[-1]}")
    for person in crew[-2:]:
        people.second(
            person=person, unit=made.unit("PT"), on=dt.date(2026, 2, 2), until=dt.date(2026, 5, 6), by=by, at=NOW
        )


def _leave(crowd: Crowd) -> None:
    """The first workshop's head is on leave; the secretary of its first line stands in."""
    workshop = crowd.made.plan.workshops[0]
    head = crowd.holding("workshop_head", workshop.code)
    deputy = crowd.holding("secretary", f"body B-{workshop.lines[0].code}")
    deputies.name(
        absent=head, deputy=deputy, from_on=LEAVE[0], until_on=LEAVE[1],
        by=Account.objects.get(person=head), at=dt.datetime.combine(LEAVE[0], dt.time(8)), reason="休假",
    )  # fmt: skip


def _stand_in(crowd: Crowd, line: str, by: Account) -> None:
    """One of the crew on the first shift is away; one of the crew that has rested since the day before stands for him."""
    unit, day = crowd.made.unit(line), AWAY
    on_duty = _crews(unit, day)
    while not (rested := set(crowd.made.letters) - set(on_duty) - set(_crews(unit, day - ONE))):
        day += ONE
        on_duty = _crews(unit, day)
    absent, standin = (crowd.working(f"{line}-{letter}")[-1] for letter in (on_duty[0], min(rested)))
    rosters.stand_in(unit=unit, day=day, shift_no=1, absent=absent, standin=standin, by=by, at=NOW)


def _crews(unit: Unit, day: dt.date) -> list[str]:
    """Who stood that day, in the order of the shifts."""
    return list(ShiftRow.objects.filter(unit=unit, day=day).order_by("shift_no").values_list("letter", flat=True))


def _plain_member(crowd: Crowd, crew: str) -> Person:
    found = next(h.person for h in crowd.hands if h.unit == crew and h.body and not h.posts)
    assert found is not None
    return found
