"""Who may open the pages of burden and contribution: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Contribution
from tests.cast import Cast
from tests.web.access_rule import BESIDE, Rule
from tests.work.contributed import better, claim, indicator, measure

SEE, CLAIM, CONFIRM, REVIEW = (
    "contributions.see",
    "contributions.claim",
    "contributions.confirm",
    "contributions.review",
)


def _claimed(cast: Cast) -> dict[str, Any]:
    """The claim of the converter branch, the same one when asked again."""
    found = Contribution.objects.first()
    if found is None:
        better(cast)
        found = claim(cast, measure(cast))
    return {"pk": found.pk}


def _line(cast: Cast) -> dict[str, Any]:
    _claimed(cast)
    return {"unit": cast.unit["QL-R1"].pk, "indicator": indicator(cast).code, "month": "2026-03"}


BURDEN: dict[str, Rule] = {
    "burden": Rule("rules.see"),
    "burden_xlsx": Rule("rules.see"),
    "burden_budget": Rule("burden.budget"),
    "burden_usual": Rule("burden.budget"),
    "red_list": Rule("rules.see"),
    "contributions": Rule(SEE),
    "contributions_xlsx": Rule(SEE),
    "contribution_new": Rule(CLAIM, kwargs=_line, blind=BESIDE),
    "contribution": Rule(SEE, kwargs=_claimed, blind=BESIDE),
    "contribution_confirm": Rule(CONFIRM, ok=405, kwargs=_claimed),
    "contribution_settle": Rule(REVIEW, ok=405, kwargs=_claimed),
}
