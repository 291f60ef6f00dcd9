"""Who is due at a meeting, who may vote there and who convenes it, as memberships and posts of the day say."""

import datetime as dt

from ronglu.kernel.gathering.guide import Guide
from ronglu.store import history
from ronglu.store.models import Account, Body, GatheringPerson, Membership, Person, Post, Team, TeamMember
from ronglu.work.polls import SEATS

DELEGATED = "delegated"
HEADS = {"secretary": "书记", "leader": "组长"}
"""Posts whose office it is to convene, by the word a guide and a rule have for them."""


def people(guide: Guide, *, body: Body, team: Team | None, on: dt.date) -> dict[int, bool]:
    """Person → whether he may vote, in the order of staff numbers; empty where nobody in particular is due.

    预备党员 come and do not vote.
    """
    if guide.due == "team":
        rows = TeamMember.objects.on(on).filter(team=team).order_by("person__staff_no")
        return dict.fromkeys(rows.values_list("person_id", flat=True), False)
    if guide.due == "committee":
        seats = Post.objects.on(on).filter(body=body, role__in=SEATS).order_by("person__staff_no")
        return dict.fromkeys(seats.values_list("person_id", flat=True), True)
    if guide.due == "members":
        under = [int(key) for key in history.party_tree(body.plant).at(on).subtree(body.pk)]
        listed = Membership.objects.on(on).filter(body__in=under).order_by("person__staff_no", "status")
        return {person: status == "full" for person, status in listed.values_list("person_id", "status")}
    return {}


def missed(first: int, *, here: int) -> dict[int, bool]:
    """Those who were away from the main session. A make-up session decides nothing, so nobody votes there.

    Who is expected at another make-up of it that is still ahead comes to that one: he may not be back before.
    """
    others = GatheringPerson.objects.filter(
        gathering__makeup_of=first, gathering__state__in=("planned", "called"), due=True
    )
    elsewhere = others.exclude(gathering=here).values_list("person_id", flat=True)
    mine = others.filter(gathering=here).values_list("person_id", flat=True)
    rows = GatheringPerson.objects.filter(gathering=first, due=True, mark="away").order_by("person__staff_no")
    rows = rows.exclude(person__in=set(elsewhere) - set(mine))
    return dict.fromkeys(rows.values_list("person_id", flat=True), False)


def remark(first: int) -> None:
    """已补课 at the main session: of those who were away whoever came to a make-up that is closed, and nobody else.

    Called whenever the marks of either change: a make-up may be written down before its meeting, and be put right after it.
    """
    again = GatheringPerson.objects.filter(gathering__makeup_of=first, gathering__state="closed", mark="present")
    rows = GatheringPerson.objects.filter(gathering=first, due=True)
    rows.filter(mark="away", person__in=again.values("person")).update(mark="makeup")
    rows.filter(mark="makeup").exclude(person__in=again.values("person")).update(mark="away")


def convener(guide: Guide, *, body: Body, team: Team | None, on: dt.date, by: Account) -> tuple[Person | None, str]:
    """The one whose office it is (书记, 组长, 队长), else who arranges it; and as what he convenes (R-LIFE-13)."""
    wanted = "leader" if team is not None else guide.convener
    if team is not None:
        row = TeamMember.objects.on(on).filter(team=team, role="leader").select_related("person").first()
        found = row.person if row else None
    elif wanted in HEADS:
        post = Post.objects.on(on).filter(body=body, role=wanted).select_related("person").first()
        found = post.person if post else None
    else:
        found = by.person
    person = found or by.person
    return person, (post_of(person, body=body, team=team, on=on) or DELEGATED) if person else ""


def post_of(person: Person, *, body: Body, team: Team | None, on: dt.date) -> str:
    """secretary or leader of just this body or team that day; else empty."""
    if team is not None:
        return "leader" if TeamMember.objects.on(on).filter(team=team, person=person, role="leader").exists() else ""
    roles = set(Post.objects.on(on).filter(body=body, person=person).values_list("role", flat=True))
    return next((role for role in HEADS if role in roles), "")
