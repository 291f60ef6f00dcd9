"""A branch's members in the demo: promises agreed, an assessed skill signed, points found in records and taken through their states."""

import datetime as dt

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, SHOWCASE, THIS_MONTH
from ronglu.config.plant import pack_of
from ronglu.facts.persons import records
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Body, Person, PointEntry
from ronglu.tasks import standing
from ronglu.tasks.assess import assess_month
from ronglu.work import committees, lift_months, lifts, points

BASELINE = Period.quarter(2025, 4)
DAY = dt.timedelta(days=1)
GOALS = (
    ("考过高级工", "本班处理量月月达到计划"),
    ("独立处理转炉烟罩漏水", "本岗渣含铜比去年低 0.1 个百分点"),
    ("学会看三台炉的热平衡", "本班电耗不高于计划"),
)


def history(crowd: Crowd) -> None:
    """The quarter before, from what is on record, while none of its months is closed."""
    plant, pack = crowd.made.plant, pack_of(crowd.made.plan.code)
    for month in BASELINE.down(Grain.MONTH):
        found = records(plant=plant, month=month, loops=pack.loops)
        at = dt.datetime.combine(month.last, dt.time(18))
        lift_months.compute(plant=plant, rules=pack.standing.lift, month=month, records=found, attained={}, at=at)


def settle(crowd: Crowd) -> None:
    """With the boards there: figures and points of the open months, then what the committee of one branch made of them."""
    plant, rules = crowd.made.plant, pack_of(crowd.made.plan.code).standing
    standing.tend(plant=plant, at=NOW - 7 * DAY)
    body, seats = branch(crowd)
    members = [one for one in committees.members_of(body, on=NOW.date()) if one.pk not in {s.person_id for s in seats}]
    for (ability, results), member in zip(GOALS, members, strict=False):
        _promise(member, seats, ability, results)
    _skill(members, seats)
    for entry in PointEntry.objects.filter(body=body, person__in=members).order_by("pk")[:6]:
        points.verify(entry=entry, by=seats[0], at=NOW - 7 * DAY)
    points.tell(plant=plant, rules=rules.points, at=NOW - 6 * DAY)
    points.book(plant=plant, rules=rules.points, at=dt.datetime.combine(NOW.date(), dt.time(0, 10)))
    assess_month(plant=plant, month=SHOWCASE, at=NOW, cause="化验复核、履职核实后重算")


def branch(crowd: Crowd) -> tuple[Body, list[Account]]:
    """The branch with most entries whose committee has two accounts: one enters, the other settles."""
    plant, on = crowd.made.plant, NOW.date()
    accounts = Account.objects.filter(person__plant=plant, person__isnull=False).select_related("person")
    found: dict[int, list[Account]] = {}
    for one in accounts.filter(person__posts__role__in=committees.SEATS).distinct().order_by("pk"):
        for body in committees.branches_of(one, on=on):
            found.setdefault(body, []).append(one)
    able = {body: seats for body, seats in found.items() if len(seats) > 1}
    best = max(able, key=lambda body: (PointEntry.objects.filter(body=body).count(), -body))
    return Body.objects.get(pk=best), able[best]


def _promise(member: Person, seats: list[Account], ability: str, results: str) -> None:
    own = Account.objects.filter(person=member).first()
    if own is None or seats[0].person is None:
        return
    at = dt.datetime(THIS_MONTH.first.year, 1, 12, 9)
    plan = lifts.promise(
        person=member, year=at.year, ability=ability, results=results, mentor=seats[0].person, by=own, at=at
    )
    if results != GOALS[-1][1]:
        lifts.agree(plan=plan, by=seats[0], at=at + DAY)
        lifts.note(
            plan=plan,
            quarter=Period.quarter(at.year, 1),
            text="操作稳了，理论要补；下一季跟炉长学配料",
            by=seats[0],
            at=NOW - DAY,
        )


def _skill(members: list[Person], seats: list[Account]) -> None:
    """One signed, one waiting."""
    rules = pack_of(members[0].plant.code).standing.lift
    for no, member in enumerate(members[:2]):
        row = lifts.enter(
            person=member,
            month=SHOWCASE,
            dimension="skill",
            figure_h=7800,
            ground="三月岗位技能考评 78 分",
            by=seats[0],
            at=NOW - DAY,
        )
        if no == 0:
            lifts.sign(row=row, rules=rules, by=seats[-1], at=NOW - DAY)
