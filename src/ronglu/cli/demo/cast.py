"""Who may stand for what in the invented stories: the people of a plant by place, with their accounts and what each may do."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ronglu.cli.demo.people import Crowd, Hand
from ronglu.cli.demo.scale import TODAY
from ronglu.store.models import Account, Body, Person, Unit
from ronglu.work.cases_people import PeopleBook
from ronglu.work.scope import Scope, scope_of


@dataclass
class Cast:
    """One plant's people; places are the codes of `org.Made`, without the plant's prefix."""

    crowd: Crowd
    accounts: dict[int, Account] = field(init=False)
    _hands: dict[int, Hand] = field(init=False)
    _book: PeopleBook = field(default_factory=lambda: PeopleBook(TODAY))
    _scopes: dict[int, Scope] = field(default_factory=dict)
    _held: dict[tuple[str, int | None, int | None], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = Account.objects.filter(person__plant=self.crowd.made.plant).select_related("person")
        self.accounts = {row.person_id: row for row in rows if row.person_id is not None}
        self._hands = {hand.person.pk: hand for hand in self.crowd.hands if hand.person is not None}

    def person(self, pk: int) -> Person:
        found = self._hands[pk].person
        assert found is not None
        return found

    def account(self, person: Person) -> Account:
        return self.accounts[person.pk]

    def scope(self, account: Account, on: dt.date) -> Scope:
        """As of the first day on which he acts in these stories; posts hardly change within them."""
        if account.pk not in self._scopes:
            self._scopes[account.pk] = scope_of(account, on=on)
        return self._scopes[account.pk]

    def workers(self, crew: str) -> list[Person]:
        """A crew without its leader; an office or a workshop without its head."""
        return self._found(hand for hand in self.crowd.hands if hand.unit == crew and not _leads(hand))

    def members(self, body: str) -> list[Person]:
        """Who belongs to a body or to a group below it."""
        return self._found(
            hand
            for hand in self.crowd.hands
            if hand.unit is not None and (hand.body == body or hand.body.startswith(f"{body}-"))
        )

    def at_post(self, role: str, place: str = "") -> list[Person]:
        """Who holds a post anywhere in the plant, or at one place."""
        return self._found(
            hand for hand in self.crowd.hands if any(r == role and place in ("", p) for r, p in hand.posts)
        )

    def holders(self, role: str, *, unit: Unit | None, body: int | None) -> list[int]:
        """The nearest holders of a role; for a crew the leader of its own group comes first."""
        key = (role, unit.pk if unit else None, body)
        if key not in self._held:
            plant = self.crowd.made.plant.pk
            group = self.group_of(unit) if unit is not None and role == "group_leader" else None
            near = self._book.of(role, plant=plant, unit=key[1], body=group.pk if group else body)
            self._held[key] = sorted(near & set(self.accounts))
        return self._held[key]

    def led_by(self, pk: int) -> str:
        """The code of the branch whose secretary somebody is."""
        places = (place for role, place in self._hands[pk].posts if role == "secretary" and place.startswith("body B-"))
        return next(places).removeprefix("body ")

    def group_of(self, unit: Unit) -> Body | None:
        """The party group of a crew, by the code they share."""
        code = self.code(unit)
        return self.crowd.made.bodies.get(f"B-{code}")

    def code(self, unit: Unit) -> str:
        return unit.code.removeprefix(f"{self.crowd.made.plan.prefix}-")

    def _found(self, hands: Iterator[Hand] | Iterable[Hand]) -> list[Person]:
        people = (hand.person for hand in hands)
        return [one for one in people if one is not None and one.pk in self.accounts]


def _leads(hand: Hand) -> bool:
    return any(role in ("crew_leader", "workshop_head") for role, _ in hand.posts)
