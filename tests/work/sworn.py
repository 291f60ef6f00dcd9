"""What tests of commitments and duties share: a discipline officer of the plant, a discipline member of a branch, papers asked for."""

import datetime as dt

from ronglu.store.models import Account, Body, Commitment, Engagement, Membership, Person, Post
from ronglu.work import commitments
from tests.cast import AT, ON, SINCE, Cast

DUE = dt.date(2026, 3, 31)
OFFICER, MEMBER = "钱纪检", "何组长"


def officer(cast: Cast) -> Account:
    """纪检 of the plant."""
    if OFFICER not in cast.account:
        join(cast, OFFICER, "20120", "QL-B3")
        Post.objects.create(
            person=cast.person[OFFICER], role="discipline_office", body=cast.body["QL-C"], from_on=SINCE
        )
    return cast.account[OFFICER]


def discipline_member(cast: Cast) -> Account:
    """何组长 sits as 纪检委员 of the converter branch."""
    Post.objects.get_or_create(
        person=cast.person[MEMBER], role="discipline", body=cast.body["QL-B1"], defaults={"from_on": SINCE}
    )
    return cast.account[MEMBER]


def join(cast: Cast, name: str, staff_no: str, body: str) -> Person:
    person = Person.objects.create(plant=cast.plant, staff_no=staff_no, name=name)
    Engagement.objects.create(person=person, unit=cast.unit["QL-PO"], from_on=SINCE)
    Membership.objects.create(person=person, body=cast.body[body], status="full", from_on=SINCE)
    cast.person[name] = person
    cast.account[name] = Account.objects.create(staff_no=staff_no, person=person, must_change=False)
    return person


def asked(
    cast: Cast, *names: str, body: str = "QL-B1", kind: str = "pledge", due_on: dt.date = DUE, at: dt.datetime = AT
) -> list[Commitment]:
    people = [cast.person[name] for name in names]
    return commitments.ask(
        body=cast.body[body], people=people, kind=kind, year=due_on.year, due_on=due_on, by=officer(cast), at=at
    )


def signed(cast: Cast, row: Commitment, *, on: dt.date = ON, at: dt.datetime = AT) -> Commitment:
    """By the signer himself."""
    return commitments.sign(commitment=row, on=on, kept="第 3 盒", by=cast.account[row.person.name], at=at)


def confirmed(cast: Cast, row: Commitment, *, on: dt.date = ON, at: dt.datetime = AT) -> Commitment:
    return commitments.confirm(
        commitment=signed(cast, row, on=on, at=at), holds=True, reason="", by=officer(cast), at=at
    )


def crowd(cast: Cast, body: Body, n: int) -> list[str]:
    """So many members more of a body."""
    names = [f"签约人{no:02d}" for no in range(n)]
    for no, name in enumerate(names):
        join(cast, name, f"206{no:02d}", body.code)
    return names
