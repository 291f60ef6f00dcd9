"""Who sits on the committee of a branch, in person or standing in for a member: those who may see and settle what is personal."""

import datetime as dt

from ronglu.kernel.org.kinds import BRANCHES
from ronglu.store.homes import Homes
from ronglu.store.models import Account, Body, BodyState, Membership, Person, Plant
from ronglu.work.holdings import holdings_of

SEATS = frozenset({"secretary", "deputy", "organiser", "propaganda", "discipline", "member"})


def branches_of(account: Account, *, on: dt.date) -> dict[int, frozenset[int]]:
    """Branch → the persons in whose name he sits there: himself, or those he stands in for."""
    seats = [one for one in holdings_of(account, on=on) if one.kind == "post" and one.what in SEATS and one.body_id]
    states = BodyState.objects.on(on).filter(body__in=[one.body_id for one in seats], kind__in=BRANCHES)
    branches = set(states.values_list("body_id", flat=True))
    found: dict[int, frozenset[int]] = {}
    for one in seats:
        if one.body_id in branches:
            names = {one.for_person or account.person_id} - {None}
            found[one.body_id] = found.get(one.body_id, frozenset()) | names
    return found


def sits(account: Account, body: Body, *, on: dt.date) -> frozenset[int]:
    """In whose names he sits on the committee of the branch; nobody's: he does not."""
    return branches_of(account, on=on).get(body.pk, frozenset())


def branch_of(person: Person, *, on: dt.date, homes: Homes | None = None) -> Body | None:
    """The branch that the member belongs to on the day; None for who is no member."""
    place = (
        Membership.objects.on(on)
        .filter(person=person)
        .order_by("-from_on", "pk")
        .values_list("body_id", flat=True)
        .first()
    )
    branch = (homes or Homes.of(person.plant)).of_body(place, on) if place else None
    return Body.objects.filter(pk=branch).first() if branch else None


def members_of(body: Body, *, on: dt.date, homes: Homes | None = None) -> list[Person]:
    """Members of the branch and of its groups on the day, in the order of their names."""
    homes = homes or Homes.of(body.plant)
    rows = Membership.objects.on(on).filter(body__plant=body.plant).select_related("person")
    found = {row.person_id: row.person for row in rows if homes.of_body(row.body_id, on) == body.pk}
    return sorted(found.values(), key=lambda one: (one.pinyin or one.name, one.staff_no))


class Members:
    """Whose member everybody of a plant was on any day: one query, however many days are asked for."""

    def __init__(self, plant: Plant) -> None:
        self._homes = Homes.of(plant)
        self._rows = list(Membership.objects.filter(body__plant=plant).order_by("from_on", "pk"))
        self._on: dict[dt.date, dict[int, int]] = {}

    def on(self, day: dt.date) -> dict[int, int]:
        """Member → branch; who belongs to two groups belongs to the branch he came to last."""
        if day not in self._on:
            places = {row.person_id: row.body_id for row in self._rows if row.holds(day)}
            branches = {body: self._homes.of_body(body, day) for body in set(places.values())}
            self._on[day] = {who: branch for who, body in places.items() if (branch := branches[body]) is not None}
        return self._on[day]


def body_by_code(code: str) -> Body | None:
    return Body.objects.filter(code=code).first()
