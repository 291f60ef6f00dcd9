"""党费 of one branch: who had not paid, told by its secretary and told again to nobody else (R-EDU-08).

No scope, role or stand-in opens this: only the post of 书记 of that very branch, held that day. What the rule finds is
worked out anew when he looks and never stands as a row, so that no list, book, figure or interface can hold it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.kernel.org.facts import SECRETARY
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.regulation.book import RuleBook
from ronglu.kernel.regulation.engine import judged
from ronglu.kernel.regulation.facts import PersonFacts, Unpaid
from ronglu.kernel.regulation.finding import State
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.history import party_tree
from ronglu.store.models import Account, Body, BodyState, DuesMonth, DuesUnpaid, Membership, Person, Post
from ronglu.store.rulebook import regulations
from ronglu.work import audits

RULE = "R-EDU-08"
EXCUSED = "有正当理由"
MONTHS_BACK = 24


class BadDues(OrgTrouble):
    """党费不能这样登记。"""


@dataclass(frozen=True, slots=True)
class Alert:
    name: str
    months: int
    """How long in a row, up to the newest month that was told."""


def branch_of(*, person: int | None, on: dt.date) -> Body | None:
    """The branch whose 书记 this person is that day; what was a branch once and is a 总支 now is none."""
    branches = BodyState.objects.on(on).filter(kind__in=BRANCHES)
    posts = Post.objects.on(on).filter(person=person, role=SECRETARY, body__in=branches.values("body"))
    held = posts.select_related("body__plant").order_by("body__position", "body__code").first() if person else None
    return held.body if held else None


def members(*, branch: Body, month: Period, on: dt.date) -> list[Person]:
    """Who belonged to the branch or a group of it on the last day of the month, or today; by name."""
    day = min(month.last, on)
    view = party_tree(branch.plant).at(day)
    under = view.subtree(branch.pk) if branch.pk in view else ()
    rows = Membership.objects.on(day).filter(body__in=under).select_related("person")
    return sorted({row.person for row in rows}, key=lambda one: (one.name, one.pk))


@transaction.atomic
def keep(
    *, branch: Body, month: Period, unpaid: Collection[int], excused: Collection[int], by: Account, at: dt.datetime
) -> DuesMonth:
    """All had paid but these (keys of persons). Told again it replaces what was told. The trail has no name and no number."""
    on = at.date()
    if branch_of(person=by.person_id, on=on) != branch:
        raise BadDues("党费只由本支部的书记登记")
    now = Period.of(on, Grain.MONTH)
    if month.grain is not Grain.MONTH or not now - MONTHS_BACK <= month <= now:
        raise BadDues(f"{month.label}不能登记，请选 {now - MONTHS_BACK} 到 {now} 之间的月份")
    known = {one.pk for one in members(branch=branch, month=month, on=on)}
    if strange := set(unpaid) - known:
        raise BadDues(f"有 {len(strange)} 个人这个月不在本支部，请刷新页面再登记")
    if set(excused) - set(unpaid):
        raise BadDues("“有正当理由”只对没有交的人勾选")
    row, _new = DuesMonth.objects.update_or_create(body=branch, month=month.yyyymm, defaults={"by": by, "at": at})
    row.unpaid.all().delete()
    DuesUnpaid.objects.bulk_create(
        DuesUnpaid(month=row, person_id=one, excused=one in excused) for one in sorted(unpaid)
    )
    detail = {"month": month.yyyymm}
    audits.record(verb="dues.keep", by=by, at=at, subject=branch.code, plant=branch.plant, detail=detail)
    return row


def told(*, branch: Body, month: Period) -> dict[int, bool] | None:
    """Who had not paid, and whether for a good reason; None while the month has not been told."""
    row = DuesMonth.objects.filter(body=branch, month=month.yyyymm).first()
    return None if row is None else dict(row.unpaid.values_list("person", "excused"))


def alerts(*, branch: Body, on: dt.date) -> list[Alert]:
    """Whom the rule finds in the newest month told: long unpaid without a reason."""
    rows = list(DuesMonth.objects.filter(body=branch).order_by("-month")[: MONTHS_BACK + 1])
    if not rows:
        return []
    newest = Period.from_yyyymm(rows[0].month)
    unpaid: dict[int, list[Unpaid]] = defaultdict(list)
    for month, person, excused in DuesUnpaid.objects.filter(month__in=rows).values_list(
        "month__month", "person", "excused"
    ):
        first = Period.from_yyyymm(month).first
        unpaid[person].append(Unpaid(month=first, reason=EXCUSED if excused else ""))
    book = regulations(branch.plant)
    asked = RuleBook(tuple(rule for rule in book.rules if rule.id == RULE))
    people = members(branch=branch, month=newest, on=on)
    facts = [
        PersonFacts(id=one.pk, name=one.name, from_on=dt.date.min, unpaid=tuple(unpaid[one.pk]))
        for one in people
        if one.pk in unpaid
    ]
    found = judged(asked, facts, first=newest.first, last=newest.last, on=max(on, newest.last))
    names = {one.pk: one.name for one in people}
    return [Alert(names[int(one.subject.id)], int(one.measured or 0)) for one in found if one.state is State.MISSED]
