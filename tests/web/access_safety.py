"""Who may open the pages of hazard bulletins, of the risk list and of dues: a part of access_table.py."""

from typing import Any

from ronglu.kernel.time.period import Period
from ronglu.work import bulletins, risks
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, STAFF, Rule


def _bulletin(cast: Cast, **more: Any) -> dict[str, Any]:
    """A published one, which all of its plant may read."""
    row = cast.plant.hazard_bulletins.first()
    if row is None:
        row = bulletins.propose(
            unit=cast.unit["QL"], period=Period.parse("2026-02"), by=cast.account["赵安全员"], at=AT
        )
        bulletins.publish(bulletin=row, place="board", announced_on=AT.date(), by=cast.account["马主任"], at=AT)
    return {"pk": row.pk} | more


def _risk(cast: Cast, **more: Any) -> dict[str, Any]:
    row = cast.plant.risks.first() or risks.register(
        plant=cast.plant, unit=cast.unit["QL-R1"], activity="转炉出钢", what="钢水喷溅烫伤", post="炉长",
        controls=["出钢前清场"], grade="red", by=cast.account["赵安全员"], at=AT,
    )  # fmt: skip
    return {"pk": row.pk} | more


# who published it cannot take it back, and who edits no risk has no form for it: not found
NOT_TO_WITHDRAW = STAFF - {"赵安全员"}
NOT_TO_EDIT = STAFF - {"赵安全员", "马主任"}

SAFETY: dict[str, Rule] = {
    "bulletins": Rule("bulletins.see"),
    "bulletin_new": Rule("bulletins.propose"),
    "bulletin": Rule("bulletins.see", kwargs=_bulletin, blind=BESIDE),
    "bulletin_word": Rule("bulletins.see", kwargs=_bulletin, blind=BESIDE),
    "bulletin_deed": Rule("bulletins.see", kwargs=lambda cast: _bulletin(cast, deed="withdraw"), blind=NOT_TO_WITHDRAW),
    "risks": Rule("risks.see"),
    "risks_export": Rule("risks.see"),
    "risk_new": Rule("risks.edit"),
    "risk": Rule("risks.see", kwargs=_risk, blind=BESIDE),
    "risk_deed": Rule("risks.see", kwargs=lambda cast: _risk(cast, deed="change"), blind=NOT_TO_EDIT),
    "template_risks": Rule("risks.edit"),
    "dues": Rule("dues.keep"),
}
