"""Who works where in an invented plant, who is a party member and where, who holds which posts.

Written in bulk for the same reason as the trees; what moves later (a transfer, a secondment, a deputy) is `moves`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from ronglu.cli.demo.group import Line, Office, OfficeBranch, Workshop
from ronglu.cli.demo.names import Names
from ronglu.cli.demo.org import SINCE, Made
from ronglu.cli.demo.scale import SEED, Scale
from ronglu.store.models import BodyState, Engagement, Membership, Person, Post
from ronglu.work.pinyin import spelled

GRADES = ("", "初级工", "中级工", "高级工", "技师", "高级技师")
ENDED = {
    ("qinglan", "B-2", "organiser"): dt.date(2026, 1, 20),
    ("baishi", "B-X2-丙", "leader"): dt.date(2026, 2, 20),
}
"""Seats left since then and not filled again: R-ORG-14 finds the first after 60 days, R-ORG-08 the second at once."""
OVERDUE = ("yunling", "B-1", dt.date(2026, 1, 31))
"""A branch whose term ran out then, without an election: R-ORG-10."""
ENDING = {("qinglan", "B-F1"): dt.date(2026, 8, 31), ("qinglan", "B-3"): dt.date(2026, 6, 30)}
"""Branches whose term ends within half a year: they are told to prepare."""
ELECTIONS = tuple(dt.date(2023, 9, 15) + dt.timedelta(days=53 * n) for n in range(14))


@dataclass
class Hand:
    """One person before he is written. `posts` are (role, place), a place is a unit's code or "body " + a body's."""

    unit: str | None
    body: str = ""
    status: str = "full"
    basis: str = "crew"
    kind: str = "regular"
    old: bool = False
    posts: list[tuple[str, str]] = field(default_factory=list)
    person: Person | None = None

    def seat(self, role: str, body: str) -> "Hand":
        self.posts.append((role, f"body {body}"))
        return self


@dataclass
class Crowd:
    """The people of a plant, in the order of their staff numbers."""

    made: Made
    hands: list[Hand] = field(default_factory=list)

    def add(self, unit: str | None, *posts: str, body: str = "", **said: object) -> Hand:
        hand = Hand(unit, body, **said)  # type: ignore[arg-type]
        hand.posts += [(role, unit or "") for role in posts]
        self.hands.append(hand)
        return hand

    def holding(self, role: str, place: str) -> Person:
        """The first who holds a post; `place` is a unit's code or "body " + a body's."""
        found = next(hand.person for hand in self.hands if (role, place) in hand.posts)
        assert found is not None
        return found

    def working(self, unit: str) -> list[Person]:
        return [hand.person for hand in self.hands if hand.unit == unit and hand.person is not None]


def make(made: Made, scale: Scale) -> Crowd:
    crowd = Crowd(made)
    _leaders(crowd)
    for workshop in made.plan.workshops:
        _workshop(crowd, workshop)
        for line in workshop.lines:
            _line(crowd, workshop, line, scale)
    for number, branch in enumerate(made.plan.others, start=1):
        _others(crowd, branch, f"B-{number}")
    _retired(crowd, made.plan.retired, f"B-{len(made.plan.others) + 1}")
    _committees(crowd)
    _write(crowd)
    return crowd


def _leaders(crowd: Crowd) -> None:
    """The heads of the plant belong to the group of the party office, as those it serves."""
    home = next(
        f"B-{n}-{b.units[0].code}" for n, b in enumerate(crowd.made.plan.others, start=1) if b.kindred == "office"
    )
    for posts, seat in (
        ((), "secretary"),
        (("plant_head",), "deputy"),
        ((), "discipline"),
        (("plant_head",), "member"),
    ):
        crowd.add("", *posts, body=home, basis="service", old=True).seat(seat, "C")


def _workshop(crowd: Crowd, workshop: Workshop) -> None:
    first = workshop.lines[0].code
    homes = [f"B-{first}-{letter}" for letter in crowd.made.letters]
    head = crowd.add(workshop.code, "workshop_head", body=homes[2], basis="service", old=True)
    head.seat("deputy", f"B-{first}")
    crowd.add(workshop.code, "statistician", body=homes[3], basis="service")
    crowd.add(workshop.code, "dispatcher")
    crowd.add(workshop.code, "technician", body=homes[0], basis="service")
    crowd.add(workshop.code, "equipment")


def _line(crowd: Crowd, workshop: Workshop, line: Line, scale: Scale) -> None:
    """Secretary and technician of the line, and its crews; two or three members in each crew, more in its group."""
    made, branch = crowd.made, f"B-{line.code}"
    letters = made.letters
    # 双向进入、交叉任职: the secretary is a deputy head of the workshop as well
    secretary = crowd.add(line.code, body=f"{branch}-{letters[0]}", basis="service", old=True)
    secretary.seat("secretary", branch).posts.append(("workshop_head", workshop.code))
    technician = crowd.add(line.code, "technician", body=f"{branch}-{letters[1]}", basis="service", old=True)
    technician.seat("organiser", branch)
    for number, letter in enumerate(letters):
        crew, group = f"{line.code}-{letter}", f"{branch}-{letter}"
        home = group if group in made.bodies else f"{branch}-{letters[0]}"
        leader = crowd.add(crew, "crew_leader", body=home, old=True)
        if number < 2:
            leader.seat("propaganda" if number == 0 else "discipline", branch)
        second = crowd.add(crew, body=home)
        if home == group:
            second.seat("leader", group)
        if number % 2 == 0:
            status = "probationary" if letter == letters[2] else "full"
            crowd.add(crew, body=home, status=status)
        for _ in range(scale.crew - sum(hand.unit == crew for hand in crowd.hands)):
            crowd.add(crew)


def _others(crowd: Crowd, branch: OfficeBranch, code: str) -> None:
    many = sum(unit.people for unit in branch.units)
    members = max(7, (many * 3) // 5)
    hands = [hand for unit in branch.units for hand in _office(crowd, branch, code, unit)]
    # the heads of each place first, then who comes next, until the branch has its members
    for hand in sorted(hands, key=lambda h: (h.body == "", crowd.hands.index(h)))[:members]:
        hand.body = hand.body or (f"{code}-{hand.unit}" if branch.kindred == "office" else code)
    seated = [hand for hand in hands if hand.body][: 3 if members < 9 else 4]
    for hand, role in zip(seated, ("secretary", "organiser", "discipline", "propaganda"), strict=False):
        hand.old = True
        hand.seat(role, code)


def _office(crowd: Crowd, branch: OfficeBranch, code: str, unit: Office) -> Iterator[Hand]:
    posts = OFFICE_POSTS.get(unit.code, ())
    for number in range(unit.people):
        outside = branch.kindred == "service" and number >= unit.people - 2
        hand = crowd.add(unit.code, kind="contractor" if outside else "regular")
        if number < len(posts):
            role, place = posts[number]
            hand.posts.append((role, place))
        if number == 0:
            hand.body = f"{code}-{unit.code}" if branch.kindred == "office" else code
            if branch.kindred == "office":
                hand.seat("leader", hand.body)
            elif unit.kind == "workshop":
                hand.posts.append(("workshop_head", unit.code))
        yield hand


OFFICE_POSTS: dict[str, tuple[tuple[str, str], ...]] = {
    "PO": (("party_office", "body C"), ("party_office", "body C"), ("discipline_office", "body C"), ("union", "")),
    "FIN": (("finance", ""),),
    "PT": (("dispatcher", ""), ("statistician", ""), ("technician", "")),
    "HSE": (("safety_officer", ""), ("safety_officer", "")),
    "LAB": (("quality", ""),),
    "QC": (("quality", ""),),
}


def _retired(crowd: Crowd, branch: OfficeBranch, code: str) -> None:
    hands = [crowd.add(None, body=code, basis="service", old=True) for _ in range(branch.units[0].people)]
    for hand, role in zip(hands, ("secretary", "organiser", "discipline"), strict=False):
        hand.seat(role, code)


def _committees(crowd: Crowd) -> None:
    """党委 of seven and 总支 of five, from those who already lead a branch or a workshop."""
    plan = crowd.made.plan
    heads = [h for h in crowd.hands if any(r == "workshop_head" for r, _ in h.posts) and h.old]
    office = [h for h in crowd.hands if ("party_office", "body C") in h.posts]
    office[0].old = office[1].old = True
    office[0].seat("organiser", "C")
    office[1].seat("propaganda", "C")
    heads[0].seat("member", "C")
    for workshop in plan.workshops:
        if workshop.general:
            seats = {(role, f"body B-{line.code}") for line in workshop.lines for role in LEADING}
            mine = [hand for hand in crowd.hands if seats & set(hand.posts)]
            for hand, role in zip(mine, ("secretary", "deputy", "organiser", "propaganda", "discipline"), strict=False):
                hand.seat(role, f"Z-{workshop.code}")


def _write(crowd: Crowd) -> None:
    made = crowd.made
    chance, names = Random(f"{SEED}:people:{made.plan.code}"), Names(f"{SEED}:names:{made.plan.code}")
    numbers = count(made.plan.number * 10_000 + 1)
    for hand in crowd.hands:
        hand.person = _person(hand, made, str(next(numbers)), names.next(), chance)
    Person.objects.bulk_create(hand.person for hand in crowd.hands if hand.person)
    Engagement.objects.bulk_create(
        Engagement(person=h.person, unit=made.unit(h.unit), kind=h.kind, from_on=_begins(h, chance))
        for h in crowd.hands
        if h.unit is not None
    )
    terms = _terms(crowd)
    Membership.objects.bulk_create(_membership(h, made) for h in crowd.hands if h.body)
    Post.objects.bulk_create(_posts(crowd, terms))


def _person(hand: Hand, made: Made, staff_no: str, name: str, chance: Random) -> Person:
    pinyin, initials = spelled(name)
    joined = None
    if hand.body:
        first, last = (1996, 2014) if hand.old else (2005, 2023)
        year = 2025 if hand.status == "probationary" else chance.randint(first, last)
        joined = dt.date(year, chance.randint(5, 7) if year == 2025 else chance.randint(1, 12), chance.randint(1, 28))
    grade = chance.choice(GRADES)
    phone = f"内线 {made.plan.number}{chance.randint(100, 999)}" if hand.posts and hand.unit is not None else ""
    return Person(
        plant=made.plant, staff_no=staff_no, name=name, pinyin=pinyin, initials=initials, joined_on=joined,
        grades=[grade] if grade and hand.unit is not None else [], contact=phone,
    )  # fmt: skip


def _begins(hand: Hand, chance: Random) -> dt.date:
    if hand.old or hand.posts or hand.body:
        return SINCE
    return chance.choice((SINCE, SINCE, dt.date(2022, 7, 1), dt.date(2024, 7, 1), dt.date(2025, 7, 1)))


def _membership(hand: Hand, made: Made) -> Membership:
    assert hand.person is not None and hand.person.joined_on is not None
    body = made.body(hand.body)
    since = max(SINCE, hand.person.joined_on, BodyState.objects.filter(body=body).earliest("from_on").from_on)
    return Membership(person=hand.person, body=body, status=hand.status, basis=hand.basis, from_on=since)


def _terms(crowd: Crowd) -> dict[str, tuple[dt.date, dt.date]]:
    """Day of the election and end of the term of each body that elects; written to its states."""
    made, found = crowd.made, {}
    elections = (ELECTIONS[n % len(ELECTIONS)] for n in count(made.plan.number))
    for code, body in made.bodies.items():
        kind = made.kinds[f"body {code}"]
        if kind == "group":
            continue
        elected = next(elections)
        ends = elected.replace(year=elected.year + (5 if kind == "committee" else 3))
        if (made.plan.code, code) == OVERDUE[:2]:
            elected, ends = OVERDUE[2].replace(year=OVERDUE[2].year - 3), OVERDUE[2]
        if (soon := ENDING.get((made.plan.code, code))) is not None:
            elected, ends = soon.replace(year=soon.year - 3), soon
        BodyState.objects.filter(body=body).update(term_ends_on=ends)
        found[code] = (elected, ends)
    return found


def _posts(crowd: Crowd, terms: dict[str, tuple[dt.date, dt.date]]) -> Iterable[Post]:
    made = crowd.made
    for hand in crowd.hands:
        for role, place in hand.posts:
            code = place.removeprefix("body ")
            if place == code:
                yield Post(person=hand.person, role=role, unit=made.unit(code), from_on=SINCE)
                continue
            body = made.body(code)
            elected, ends = terms.get(code, (BodyState.objects.filter(body=body).earliest("from_on").from_on, None))
            yield Post(
                person=hand.person, role=role, body=body, from_on=elected if role in SEATS else SINCE,
                until_on=ENDED.get((made.plan.code, code, role)), term_ends_on=ends if role in SEATS else None,
            )  # fmt: skip


LEADING = ("secretary", "deputy", "organiser")
SEATS = frozenset({"secretary", "deputy", "organiser", "propaganda", "discipline", "member", "leader"})
