"""The three battles of the invented plant's year: aims with a pair for each, opened before the year began."""

import datetime as dt

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.plant import pack_of, packs
from ronglu.store.models import Account, PartyCampaign
from ronglu.work import battles, campaigns

OPENED = dt.datetime(2025, 12, 26, 10)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
AIMS = {
    "battle_cost": (("SM-02", "R1", "36.2"), ("SM-04", "R1", "51.2"), ("SM-01", "R1", "435000")),
    "battle_safety": (("SM-14b", "R1", "2"), ("SM-15", "R1", "1.5")),
    "battle_quality": (("SM-08", "R1", "98.0"), ("SM-12", "F1", "98.5")),
}
"""Indicator, line and aim; the level of a ratio, the total of a quantity."""


def fight(crowd: Crowd) -> None:
    plant, cast, (first, second) = crowd.made.plant, Cast(crowd), office(crowd)
    led = [(body, found.person) for body in branches(crowd) if (found := secretary_of(cast, body)) and found.person]
    secretaries = [person for _body, person in led]
    known = pack_of(plant.code).indicators
    for code, aims in AIMS.items():
        kit = packs().base.kits[code]
        row = campaigns.open_one(
            plant=plant, kit=kit, title=f"2026 年{kit.zh}", body=crowd.made.bodies["C"], bodies=[led[0][0]], first=FIRST, last=LAST,
            goal=kit.goal, by=first, at=OPENED,
        )  # fmt: skip
        for indicator, line, aim in aims:
            head = crowd.holding("workshop_head", line[0])
            battles.aim_at(
                campaign=row, kit=kit, indicator=known[indicator], unit=crowd.made.units[line], aim=aim,
                party=next(one for one in secretaries if one.pk != head.pk), line=head, by=first, at=OPENED,
            )  # fmt: skip
        _agreed(row, cast, by=first, checks=second)


def _agreed(row: PartyCampaign, cast: Cast, *, by: Account, checks: Account) -> None:
    """The first task of the programme: aims and pairs were told, and somebody else looked."""
    task = row.tasks.order_by("due_on")[0]
    done = dt.datetime.combine(task.due_on - dt.timedelta(days=3), dt.time(15))
    said = "目标和责任人在党委会上定下，逐人签认。"
    campaigns.report(task=task, words=said, by=secretary_of(cast, task.body) or by, at=done)
    campaigns.check(task=task, holds=True, remark="看了会议记录和签认表", by=checks, at=done + dt.timedelta(days=1))
