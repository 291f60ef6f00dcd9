"""A battle of the year 2026 for the converter line, and what the boards know of its months."""

import datetime as dt
from typing import Any

from ronglu.config.plant import pack_of, packs
from ronglu.store.models import BattleAim, IndicatorRow, PartyCampaign
from ronglu.work import battles, campaigns
from tests.cast import Cast

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
BEFORE = dt.datetime(2025, 12, 20, 9)
ON = dt.date(2026, 3, 10)
CHARGE, COAL = "SM-01", "SM-02"


def battle(cast: Cast, kit: str = "battle_cost") -> PartyCampaign:
    """The same one when asked again."""
    found = PartyCampaign.objects.filter(plant=cast.plant, kit=kit).first()
    declared = packs().base.kits[kit]
    return found or campaigns.open_one(
        plant=cast.plant, kit=declared, title=f"2026 年{declared.zh}", body=cast.body["QL-C"], bodies=[cast.body["QL-B1"]],
        first=FIRST, last=LAST, goal=declared.goal, by=cast.account["孙干事"], at=BEFORE,
    )  # fmt: skip


def aimed(cast: Cast, indicator: str = CHARGE, aim: str = "120000", **said: Any) -> BattleAim:
    row = battle(cast)
    found = BattleAim.objects.filter(campaign=row, indicator=indicator).first()
    pair = {"party": cast.person["王书记"], "line": cast.person["马主任"], "unit": cast.unit["QL-R1"]}
    return found or battles.aim_at(
        campaign=row, kit=packs().base.kits[row.kit], indicator=pack_of("qinglan").indicators[indicator], aim=aim,
        by=cast.account["孙干事"], at=BEFORE, **(pair | said),
    )  # fmt: skip


def month(cast: Cast, indicator: str, period: str, num: str, den: str = "", plan: str = "", value: str = "1") -> None:
    """A stored month of the line as the worker writes it."""
    IndicatorRow.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], indicator=indicator, grain="month", period=period,
        month=int(period.replace("-", "")), numerator=num, denominator=den, value=value, plan=plan, covered=1, expected=1,
    )  # fmt: skip
