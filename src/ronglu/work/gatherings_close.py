"""办结: what still stands against closing a meeting, and what closing does: cases of the resolutions, marks of who made it up."""

import datetime as dt

from django.db import transaction

from ronglu.kernel.gathering.errors import GatheringTrouble
from ronglu.kernel.gathering.guide import Guide
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.time.period import Grain, Period
from ronglu.store.models import Account, Case, Gathering, GatheringState, Resolution, Unit
from ronglu.work import cases, closings, gathering_facts, gatherings, gatherings_due, study
from ronglu.work.gatherings_fill import units_of
from ronglu.work.scope import Scope

RESULT = "assign"
"""The move of an action that names who does it."""


def blockers(gathering: Gathering, guide: Guide) -> list[str]:
    """Everything that must be put right first, in words; each says where. Five queries."""
    found = [*_attendance(gathering), *_unsettled(gathering), *_votes(gathering)]
    told = gathering.data
    missing = [one.label for one in guide.inputs if one.needed and not told.get(one.code)]
    return [*found, *(f"请填写“{label}”" for label in missing)]


def _attendance(gathering: Gathering) -> list[str]:
    marks = list(gathering.people.filter(due=True).values_list("mark", flat=True))
    if unmarked := sum(not mark for mark in marks):
        return [f"到会还没有登记：{unmarked} 人"]
    return ["到会人数还没有登记"] if not gathering.present else []


def _unsettled(gathering: Gathering) -> list[str]:
    told = (lacks(row.no, row.text, row.owner_id, row.due_on) for row in gathering.resolutions.all())
    return [one for one in told if one]


def lacks(no: int, text: str, owner: object, due_on: dt.date | None) -> str:
    """What a resolution needs before its meeting closes; "" where it has both."""
    words = [word for word, known in (("责任人", owner), ("期限", due_on)) if known is None]
    return f"第 {no} 条决议没有{'和'.join(words)}：{text[:20]}" if words else ""


def _votes(gathering: Gathering) -> list[str]:
    """A vote rests on who was there: when fewer were there than it says, it has to be written down again, or is none."""
    there = gathering.people.filter(due=True, voting=True, mark="present").count()
    return [
        f"第 {one.no} 项表决按有表决权的到会 {one.voting} 人记的，现在只登记到会 {there} 人：去掉它，重记一次"
        for one in gathering.votes.filter(voting__gt=there)
    ]


@transaction.atomic
def close(*, gathering: Gathering, action: Loop, by: Account, scope: Scope, at: dt.datetime) -> Gathering:
    """Makes a case of each resolution with its owner and date; refused, and nothing done, while one of them lacks either."""
    row = gatherings.held(gathering, GatheringState.OPEN)
    closings.refuse_closed(plant=row.plant, month=Period.of(row.starts_at.date(), Grain.MONTH))
    guide = gatherings.guide_of(row)
    if found := blockers(row, guide):
        raise GatheringTrouble(found)
    for one in row.resolutions.filter(case=None).select_related("owner"):
        one.case = _case(row, one, action=action, by=by, scope=scope, at=at)
        one.save(update_fields=["case"])
    row.state, row.closed_by, row.closed_at = GatheringState.CLOSED, by, at
    row.save(update_fields=["state", "closed_by", "closed_at"])
    if row.makeup_of_id is not None:
        gatherings_due.remark(row.makeup_of_id)
    gathering_facts.touch(row)
    study.gathered(gathering=row, by=by, at=at)
    gatherings.note("close", row, by=by, at=at, resolutions=row.resolutions.count(), present=row.present, due=row.due)
    return row


def _case(row: Gathering, one: Resolution, *, action: Loop, by: Account, scope: Scope, at: dt.datetime) -> Case:
    """An action of the plant's ordinary loop: another than its owner checks it, as everywhere."""
    given = {
        "what": one.text, "source": "meeting", "finish_by": str(one.due_on),
        "said": f"{row.starts_at:%Y-%m-%d} {row.title} 第 {one.no} 条",
    }  # fmt: skip
    case = cases.raise_case(
        loop=action, plant=row.plant, given=given, at=at, by=by, scope=scope, unit=_place(row), body=row.body,
        origin="meeting",
    ).case  # fmt: skip
    cases.move(
        loop=action, case=case, code=RESULT, seen=case.seen, given={"doer": one.owner_id}, at=at, by=by, scope=scope,
        origin="meeting",
    )  # fmt: skip
    return case


def _place(row: Gathering) -> Unit:
    """Where the body stands; a body of no unit acts for the whole plant."""
    units = units_of(row)
    return units[0] if units else Unit.objects.filter(plant=row.plant, kind="plant").order_by("pk")[0]
