"""What tests of marks share: a mission found true in March, and reviewers named for an item."""

import datetime as dt
from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.store.models import Mission, PanelMark, Reviewer
from ronglu.work import marks, missions, teams
from tests.cast import AT, SINCE, Cast

MARCH = Period.month(2026, 3)
LATER = dt.datetime(2026, 4, 2, 10)
PANEL = {"赵安全员": 4, "高书记": 5, "郑师傅": 3}
"""None of them belongs to the converter branch; Σ 12 of 15."""


def verified(cast: Cast, *, by: str = "马主任", code: str = "TJ1", at: dt.datetime = AT) -> Mission:
    """李班长's team of the converter branch: called by its secretary and found true the same day, 10 March."""
    who: dict[str, Any] = {"by": cast.account["王书记"], "at": at}
    team = teams.found(
        plant=cast.plant, code=code, name=f"抢险突击队{code}", kind="shock_rescue", purpose="抢险",
        body=cast.body["QL-B1-甲"], on=SINCE, **who,
    )  # fmt: skip
    teams.join(team=team, person=cast.person["李班长"], role="leader", duties="指挥", on=SINCE, **who)
    made = missions.call(team=team, unit=cast.unit["QL-R1"], why="炉口漏水", **who)
    missions.report(mission=made, report="更换水套", effect="少停一天", by=cast.account["李班长"], at=at)
    missions.verify(mission=made, holds=True, verdict="现场看过，水套已换", by=cast.account[by], at=at)
    return made


def named(cast: Cast, *names: str, item: str = "C4", by: str = "孙干事") -> list[Reviewer]:
    return [
        marks.name_reviewer(
            plant=cast.plant, item=item, account=cast.account[name], on=AT.date(), by=cast.account[by], at=AT
        )
        for name in names
    ]


def give(cast: Cast, mission: Mission, name: str, step: int, reason: str = "按核实的成效", **rest: Any) -> PanelMark:
    said = {"plant": cast.plant, "item": "C4", "month": MARCH, "record": str(mission.pk), "at": LATER} | rest
    return marks.mark(step=step, reason=reason, by=cast.account[name], **said)
