"""Who may open the pages of 五个一, tiers, titles, the model office, the crew sheet and duty scores: a part of access_table.py."""

import datetime as dt
from typing import Any

from ronglu.config.plant import packs
from ronglu.work import standards
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, MEMBERS, Rule

# members of the other branches of the plant
OTHERS = {"郑师傅"}


def _branch(cast: Cast) -> dict[str, Any]:
    return {"code": "QL-B1"}


def _waiting(cast: Cast) -> int:
    found = cast.body["QL-B1"].standards.first() or standards.enter(
        body=cast.body["QL-B1"], kind=packs().base.standards.kinds["venue"], evidence="三楼", on=dt.date(2026, 1, 1),
        until_on=dt.date(2026, 7, 1), by=cast.account["王书记"], at=AT,
    )  # fmt: skip
    return found.pk


STANDARDS: dict[str, Rule] = {
    "standards": Rule("standards.see"),
    "standards_xlsx": Rule("standards.see"),
    "honours": Rule("standards.see"),
    "honours_xlsx": Rule("standards.see"),
    "model_offices": Rule("standards.see"),
    "crew_sheet": Rule("boards.see"),
    # no month was scored yet: nothing to take away
    "crew_xlsx": Rule("boards.see", ok=404),
    "duty_xlsx": Rule("duty_scores.see", ok=404, kwargs=lambda cast: {"staff_no": "20102"}),
    "duty_scores": Rule("duty_scores.see"),
    # 王书记's own figures: himself, the office, the plant's committee
    "duty_score": Rule(
        "duty_scores.see", kwargs=lambda cast: {"staff_no": "20102"}, blind=MEMBERS - {"王书记", "孙干事", "高书记"}
    ),
    "compute_others": Rule("sheet.assess", ok=405, kwargs=lambda cast: {"month": "2026-03"}),
    "standard": Rule("standards.see", kwargs=_branch, blind=BESIDE | OTHERS),
    "standard_new": Rule("standards.enter", kwargs=_branch, blind=BESIDE),
    "standard_correct": Rule("standards.enter", kwargs=lambda cast: {"pk": _waiting(cast)}, blind=BESIDE),
    "standard_check": Rule("standards.check", kwargs=lambda cast: {"pk": _waiting(cast), "deed": "check"}),
}
