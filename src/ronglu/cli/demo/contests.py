"""A contest that ended in a tie, one that still runs, and two campaigns of the invented plant.

The one that ended lies before the months that are scored: what it says stands on its own page and moves no sheet of the story.
"""

import datetime as dt
from decimal import Decimal

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, THIS_MONTH, TODAY, Scale
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.plant import pack_of, packs
from ronglu.kernel.standing.contest import Terms, Weight
from ronglu.store.models import Account, CampaignTask, Contest, PartyCampaign
from ronglu.store.values import calendar_of
from ronglu.tasks import contests as worker
from ronglu.work import campaigns, contests

LINE = "R1"
WEIGHTS = (Weight("SM-01", 30), Weight("SM-02", 30), Weight("SM-03", 20), Weight("SM-04", 20))
"""处理量、煤耗、放铜包数、电炉电耗."""
GRADE = "SM-06"
ONE = dt.timedelta(days=1)


def hold(crowd: Crowd, scale: Scale) -> None:
    """After the readings, before anything is scored."""
    past = THIS_MONTH - (scale.scored + 1)
    done = _declared(crowd, f"{past.first.month} 月熔炼劳动竞赛", *calendar_of(crowd.made.plant).days_of(past))
    contests.begin(contest=done, at=_at(done.first_on))
    counted = worker.count(contest=done, cause="竞赛结束", at=_at(done.last_on + ONE))
    contests.settle(contest=counted.contest, open_appeals=0, at=_at(done.last_on + 6 * ONE))
    running = _declared(crowd, "二季度首月熔炼劳动竞赛", *calendar_of(crowd.made.plant).days_of(THIS_MONTH))
    contests.begin(contest=running, at=_at(running.first_on))


def campaign(crowd: Crowd) -> None:
    """安全警示月 half way: pledges signed, the lesson held in two branches, the drill still to come; an overhaul's field log."""
    cast = Cast(crowd)
    first, second = office(crowd)
    led = [body for body in branches(crowd) if secretary_of(cast, body)][:3]
    root = crowd.made.bodies["C"]
    month = campaigns.open_one(
        plant=crowd.made.plant, kit=packs().base.kits["safety_month"], title="四月安全警示月", body=root, bodies=led,
        first=THIS_MONTH.first, last=THIS_MONTH.last, goal=packs().base.kits["safety_month"].goal, by=first,
        at=_at(dt.date(2026, 3, 25)),
    )  # fmt: skip
    for body in led:
        secretary = secretary_of(cast, body)
        assert secretary is not None
        campaigns.sign(
            campaign=month, words=packs().base.kits["safety_month"].pledge, by=secretary, at=_at(dt.date(2026, 4, 3))
        )
        _done(month, body.pk, "pledge", "班前会上逐人签名，外委人员同签。", 42, by=secretary, checks=second)
    _done(
        month,
        led[0].pk,
        "lesson",
        "看同类厂转炉喷溅事故案例，各班讲一条本岗的控制办法。",
        38,
        by=secretary_of(cast, led[0]),
        checks=None,
    )
    _overhaul(crowd, cast, led[0].pk)


def _overhaul(crowd: Crowd, cast: Cast, branch: int) -> None:
    kit, plant = packs().base.kits["overhaul"], crowd.made.plant
    body = next(one for one in branches(crowd) if one.pk == branch)
    secretary, (_first, second) = secretary_of(cast, body), office(crowd)
    assert secretary is not None
    row = campaigns.open_one(
        plant=plant, kit=kit, title="转炉年修立功竞赛", body=body, bodies=[body], unit=crowd.made.units[LINE], first=dt.date(2026, 3, 30),
        last=dt.date(2026, 4, 20), goal=kit.goal, aims=[{"indicator": "SM-01", "aim": "14000"}], by=secretary,
        at=_at(dt.date(2026, 3, 28)),
    )  # fmt: skip
    _done(row, branch, "pledge", "目标、职责、任务逐人交底，签名表存支部。", 36, by=secretary, checks=second)
    members = cast.members(body.code.removeprefix(f"{crowd.made.plan.prefix}-"))
    merit = campaigns.tell(
        campaign=row, kind="merit", day=dt.date(2026, 4, 2), person=members[-1], by=secretary, at=_at(dt.date(2026, 4, 2)),
        words="夜里发现炉壳螺栓松动，停吊喊人，避免一次起重事故。",
    )  # fmt: skip
    campaigns.confirm(entry=merit, holds=True, by=second, at=_at(dt.date(2026, 4, 3)))
    campaigns.tell(
        campaign=row,
        kind="note",
        day=TODAY - ONE,
        by=secretary,
        at=NOW - ONE,
        words="水冷件提前半天到货，砌筑班改为两班倒。",
    )


def _declared(crowd: Crowd, title: str, first: dt.date, last: dt.date) -> Contest:
    plant, line = crowd.made.plant, crowd.made.units[LINE]
    known = pack_of(plant.code).indicators
    crews = tuple(
        sorted(unit.pk for code, unit in crowd.made.units.items() if code.startswith(f"{LINE}-") and unit.letter)
    )
    terms = Terms(
        kind="crew",
        teams=crews,
        weights=WEIGHTS,
        first=first,
        last=last,
        covariates=(GRADE,),
        improvement=Decimal("0.30"),
    )
    drafts, declares = office(crowd)
    at = _at(first - 6 * ONE)
    made = contests.draft(plant=plant, unit=line, title=title, terms=terms, known=known, by=drafts, at=at)
    return contests.declare(contest=made, known=known, by=declares, at=at + ONE)


def _done(
    row: PartyCampaign, body: int, kind: str, words: str, people: int, *, by: Account | None, checks: Account | None
) -> None:
    task = CampaignTask.objects.get(campaign=row, body=body, kind=kind)
    assert by is not None
    campaigns.report(task=task, words=words, people=people, by=by, at=_at(min(task.due_on, TODAY - ONE)))
    if checks is not None:
        campaigns.check(task=task, holds=True, remark="看了签名表", by=checks, at=_at(min(task.due_on + ONE, TODAY)))


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10))
