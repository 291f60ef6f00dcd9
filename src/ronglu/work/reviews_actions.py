"""A quarter's advice turned into a corrective action: a case of its own, linked both ways, and the line says its number."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Case, CaseRow, Mapping, Unit
from ronglu.work import case_rows, cases
from ronglu.work.scope import Scope

ADVICE, KIND = "advice", "follows"


@transaction.atomic
def act_on(
    *, quarterly: Loop, action: Loop, line: CaseRow, what: str, finish_by: dt.date, at: dt.datetime, by: Account, scope: Scope
) -> Case:  # fmt: skip
    """By whom the advice was given to; refused as the loop of the comment and the loop of actions each refuse."""
    card = line.case
    if line.kind != ADVICE or line.state != "open":
        raise LoopTrouble("这条建议已经转成行动项，请刷新后再看")
    if card.body is None:
        raise LoopTrouble("这张点评卡没有写明支部")
    given = {
        "what": what, "source": "assessment", "finish_by": str(finish_by),
        "said": f"{card.number} {card.data.get('quarter', '')} 季点评：{line.data.get('advice', '')}"[:120],
    }  # fmt: skip
    made = cases.raise_case(
        loop=action, plant=card.plant, given=given, at=at, by=by, scope=scope, unit=place_of(card, at.date()), body=card.body
    ).case  # fmt: skip
    cases.link(case=made, other=card, kind=KIND, at=at)
    case_rows.settle(
        loop=quarterly, line=line, act="done", given={"action": made.number}, at=at, by=by, scope=scope
    )  # fmt: skip
    return made


def place_of(card: Case, on: dt.date) -> Unit:
    """The unit that the branch stands on; a branch of no unit acts for the whole plant."""
    row = Mapping.objects.on(on).filter(body=card.body).select_related("unit").order_by("pk").first()
    return row.unit if row else Unit.objects.filter(plant=card.plant, kind="plant").order_by("pk")[0]
