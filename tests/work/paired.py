"""A pair of sister crews for tests: 李班长 (转炉甲班) and 吴师傅 (转炉乙班), who is made a member of the Party for it."""

import datetime as dt

from ronglu.store.models import Contact, Membership
from ronglu.work import contacts
from tests.cast import AT, SINCE, Cast

PAIR = ("李班长", "吴师傅")


def join(cast: Cast, name: str = "吴师傅", body: str = "QL-B1-乙") -> None:
    Membership.objects.get_or_create(person=cast.person[name], body=cast.body[body], status="full", from_on=SINCE)


def proposed(cast: Cast, pair: tuple[str, str] = PAIR, *, by: str = "王书记", at: dt.datetime = AT) -> Contact:
    if "吴师傅" in pair:
        join(cast)
    one, other = (cast.person[name] for name in pair)
    return contacts.propose(one=one, other=other, by=cast.account[by], scope=cast.scope(by), at=at)


def standing(cast: Cast, pair: tuple[str, str] = PAIR, *, at: dt.datetime = AT) -> Contact:
    row = proposed(cast, pair, at=at)
    for name in pair:
        row = contacts.agree(contact=row, by=cast.account[name], at=at)
    return row


def kept(cast: Cast, pair: tuple[str, str] = PAIR) -> Contact:
    """The same one when asked again."""
    one, other = sorted(cast.person[name].pk for name in pair)
    return Contact.objects.filter(one=one, other=other, state="standing").first() or standing(cast, pair)
