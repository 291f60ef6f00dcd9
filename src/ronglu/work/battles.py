"""The aims of a year's battle: set with the pair that answers for each, taken back with a reason while it runs."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.labour import number, written
from ronglu.kernel.measure.indicator import Direction, Indicator, RollUp
from ronglu.kernel.standing.kit import Kit, KitTrouble
from ronglu.store.models import Account, BattleAim, CampaignState, PartyCampaign, Person, Unit
from ronglu.work import audits

ADDS_UP = (RollUp.SUM, RollUp.COUNT, RollUp.RATIO, RollUp.WMEAN)
"""What several months come to follows from their numerators and denominators; of a highest or a last value it does not."""


def fit(indicator: Indicator) -> bool:
    """Whether an indicator can be aimed at over a year."""
    return indicator.rollup in ADDS_UP and indicator.direction in (Direction.UP, Direction.DOWN)


@transaction.atomic
def aim_at(
    *, campaign: PartyCampaign, kit: Kit, indicator: Indicator, unit: Unit, aim: str, party: Person, line: Person,
    by: Account, at: dt.datetime,
) -> BattleAim:  # fmt: skip
    """`party` and `line` are two persons: one of the Party organisation, one of the management."""
    _require_open(campaign)
    if not kit.battle:
        raise KitTrouble([f"“{kit.zh}”不是攻坚战，没有攻坚目标"])
    if not fit(indicator):
        raise KitTrouble([f"{indicator.name}不能逐月累计，或没有好坏方向，不能作攻坚目标"])
    if not aim.strip() or number(aim, what="目标值") is None:
        raise KitTrouble([f"请写明{indicator.name}的目标值"])
    if party.pk == line.pk:
        raise KitTrouble(["党组织责任人和行政责任人应是两个人"])
    if BattleAim.objects.filter(campaign=campaign, indicator=indicator.code, unit=unit).exists():
        raise KitTrouble([f"这个单位的{indicator.name}已有目标；要改请先撤下"])
    row = BattleAim.objects.create(
        campaign=campaign,
        indicator=indicator.code,
        unit=unit,
        aim=aim.strip(),
        party=party,
        line=line,
        set_by=by,
        set_at=at,
    )
    _note("aim", row, by=by, at=at, pair=[party.staff_no, line.staff_no])
    return row


@transaction.atomic
def give_up(*, row: BattleAim, reason: str, by: Account, at: dt.datetime) -> None:
    """What it was stays on the trail."""
    _require_open(row.campaign)
    _note("unaim", row, by=by, at=at, reason=written(reason, what="撤下的原因", longest=200))
    row.delete()


def _require_open(campaign: PartyCampaign) -> None:
    campaign.refresh_from_db(fields=["state"])
    if campaign.state != CampaignState.OPEN:
        raise KitTrouble([f"这项活动{campaign.get_state_display()}"])


def _note(verb: str, row: BattleAim, *, by: Account, at: dt.datetime, **detail: object) -> None:
    said = {"indicator": row.indicator, "unit": row.unit.code, "aim": row.aim} | detail
    audits.record(
        verb=f"campaigns.{verb}", by=by, at=at, subject=row.campaign.title, plant=row.campaign.plant, detail=said
    )
