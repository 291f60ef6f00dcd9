"""Hazard bulletins, a risk list and a few months of dues of the invented plant."""

import datetime as dt

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.kernel.org.kinds import PLANT
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Unit
from ronglu.work import bulletins, dues, risks

LISTED, COUNTED, TOLD = dt.datetime(2026, 1, 8, 9), dt.datetime(2026, 4, 2, 9), dt.datetime(2026, 4, 3, 15)
PERIODS = ("2026-02", "2026-03", "2026-Q1")
WAITING = "2026-04"
DUES = tuple(Period.month(2026, month) for month in (1, 2, 3))
RISKS = (
    ("高温熔体吊运", "包体倾翻，熔体遇水爆炸", "red", "炉长", ("吊运路线下方清人并设警戒", "包坑无积水，每班查一次", "耳轴和吊具每月探伤")),
    ("天车吊运", "吊物坠落伤人", "orange", "天车工", ("班前试制动和限位", "专人指挥，不站在吊物下")),
    ("煤气管道作业", "煤气中毒", "red", "煤气工", ("两人同行，带便携报警仪", "动火前吹扫、测含氧量")),
    ("酸液输送", "酸液灼伤", "yellow", "酸泵工", ("法兰加防护罩", "洗眼器每班放水试一次")),
    ("皮带机巡检", "卷入伤害", "orange", "巡检工", ("拉绳开关每周试验", "不停机不清料")),
    ("高处检修", "坠落", "yellow", "检修班长", ("系安全带，高挂低用", "临边有护栏")),
    ("配电室送电", "触电", "", "电工", ("一人操作一人监护", "挂牌上锁")),
)  # fmt: skip
"""The last one nobody has graded yet."""


def keep(crowd: Crowd) -> None:
    """All had paid in these months: whoever has not is nobody's to look at, not even in an invented plant."""
    cast = Cast(crowd)
    officers = [cast.account(one) for one in cast.at_post("safety_officer")]
    heads = [cast.account(one) for one in cast.at_post("plant_head")]
    if officers and heads:
        _list(crowd, officers[0])
        _bulletins(crowd, officers[0], heads[0])
    for body in branches(crowd):
        hand = secretary_of(cast, body)
        if hand is not None and dues.branch_of(person=hand.person_id, on=NOW.date()) == body:
            for month in DUES:
                dues.keep(branch=body, month=month, unpaid=(), excused=(), by=hand, at=NOW)


def _list(crowd: Crowd, by: Account) -> None:
    """Along the lines of the plant."""
    lines = [crowd.made.unit(line.code) for line in crowd.made.plan.lines()]
    for no, (activity, what, grade, post, controls) in enumerate(RISKS):
        risks.register(
            plant=crowd.made.plant, unit=lines[no % len(lines)], activity=activity, what=what, grade=grade, post=post,
            controls=controls, reviewed_on=LISTED.date() if grade else None, by=by, at=LISTED,
        )  # fmt: skip


def _bulletins(crowd: Crowd, officer: Account, head: Account) -> None:
    """February, March and the first quarter told at the notice board, April so far waits for the other's look."""
    plant = Unit.objects.get(plant=crowd.made.plant, kind=PLANT)
    for period in PERIODS:
        row = bulletins.propose(unit=plant, period=Period.parse(period), by=officer, at=COUNTED)
        bulletins.publish(bulletin=row, place="board", announced_on=TOLD.date(), by=head, at=TOLD)
    bulletins.propose(unit=plant, period=Period.parse(WAITING), by=officer, at=NOW)
