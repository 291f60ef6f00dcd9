"""Commitments of the first quarter, quarter points, a self-inspection, help and talks of the invented plant."""

import datetime as dt

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.plant import packs
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Body
from ronglu.work import aid, commitments, inspections, quarter_points, serving, talks
from ronglu.work.inspections import Found

ASKED, SIGNED, MET = dt.datetime(2026, 4, 1, 9), dt.datetime(2026, 4, 3, 16), dt.datetime(2026, 4, 8, 10)
HANDED, BACK, LOOKED = dt.datetime(2026, 3, 2, 9), dt.datetime(2026, 3, 9, 16), dt.datetime(2026, 3, 13, 10)
DUE = dt.date(2026, 3, 31)
UNSIGNED, UNSEEN = 2, 5
"""By their place in the row: a branch where one has not signed yet, one where a paper still waits to be looked at."""
QUARTER = Period.quarter(2026, 1)
POINTS = {
    "study": "支部党员大会上观看一部警示教育片，三名党员谈了体会",
    "duty": "书记和各委员签了责任书，分工写进支部手册",
    "rules": "对照领料制度查了一遍，补两处签字",
    "supervision": "班前会上抽查劳保和酒精检测，没有发现问题",
}
HEARD = "夜班更衣室热水不够，想装一台电热水器"


def keep(crowd: Crowd) -> None:
    """Every committee is asked to sign; a few still have it before them, one paper waits to be looked at."""
    cast = Cast(crowd)
    judges = [cast.account(one) for role in ("discipline_office", "discipline") for one in cast.at_post(role, "body C")]
    bodies = [(body, hand) for body in branches(crowd) if (hand := secretary_of(cast, body)) is not None]
    for no, (body, hand) in enumerate(bodies):
        if judges:
            _papers(cast, body, judges, no)
        for code, words in list(POINTS.items())[: 4 - no % 3]:
            quarter_points.fill(body=body, quarter=QUARTER, point=code, done=True, words=words, by=hand, at=SIGNED)
    _inspect(cast, *bodies[0])
    _care(cast, crowd, *bodies[0])


def _papers(cast: Cast, body: Body, judges: list[Account], no: int) -> None:
    people = [
        one for one in commitments.people_of(body=body, whom="committee", on=HANDED.date()) if one.pk in cast.accounts
    ]
    if not people:
        return
    rows = commitments.ask(
        body=body, people=people, kind="responsibility", year=2026, due_on=DUE, by=judges[0], at=HANDED
    )
    for place, row in enumerate(rows):
        if no == UNSIGNED and not place:
            continue
        row = commitments.sign(
            commitment=row, on=BACK.date(), kept="2026 年第 1 盒", by=cast.accounts[row.person_id], at=BACK
        )
        judge = next(one for one in judges if one.person_id != row.person_id)
        if no != UNSEEN or place:
            commitments.confirm(commitment=row, holds=True, reason="", by=judge, at=LOOKED)


def _inspect(cast: Cast, body: Body, hand: Account) -> None:
    """One held with a finding, one still to be held."""
    scope, plan = cast.scope(hand, MET.date()), {"body": body, "by": hand, "at": ASKED}
    row = inspections.plan(title="物资领用与报废", scope="一季度领料单、报废单和回收记录", due_on=MET.date(), **plan)
    inspections.plan(title="招待费与公务用车", scope="上半年报销单据", due_on=dt.date(2026, 6, 20), **plan)
    row = inspections.hold(
        inspection=row, on=MET.date(), result="抽查 40 笔，1 笔报废没有两人签字，其余齐全", by=hand, at=MET
    )
    owner = next((one for one in cast.members(_code(cast, body)) if one.pk != hand.person_id), None)
    if owner is not None:
        found = Found(what="补报废单签字，报废须两人到场", owner=owner, finish_by=dt.date(2026, 4, 24))
        inspections.find(inspection=row, found=found, loop=packs().loops["action"], by=hand, scope=scope, at=MET)


def _care(cast: Cast, crowd: Crowd, body: Body, hand: Account) -> None:
    """A pair that has begun, one that waits for a yes, talks of a month, a visit that became a problem to be solved."""
    people = cast.members(_code(cast, body))[:4]
    for (one, other), axis in zip(zip(people[::2], people[1::2], strict=False), ("work", "life"), strict=False):
        by = cast.account(one)
        row = aid.propose(one=one, other=other, axis=axis, by=by, scope=cast.scope(by, MET.date()), at=SIGNED)
        if axis == "work":
            row = aid.agree(pair=row, by=cast.account(other), at=SIGNED)
            aid.note(pair=row, gave=True, words="教了一个班的炉口判断", on=MET.date(), by=by, at=MET)
    for day in (2, 7, 8):
        talks.heart(body=body, pair="committee_member", on=dt.date(2026, 4, day), by=hand, at=MET)
    talks.face(body=body, headings=["situation", "duties", "development"], people=26, on=MET.date(), by=hand, at=MET)
    unit = crowd.made.unit("R1")
    serving.record(
        plant=crowd.made.plant, link="crew", serves=["people"], on=MET.date(), unit=unit, heard=HEARD,
        opens=packs().loops["problem"], by=hand, scope=cast.scope(hand, MET.date()), at=min(MET, NOW),
    )  # fmt: skip


def _code(cast: Cast, body: Body) -> str:
    return body.code.removeprefix(f"{cast.crowd.made.plan.prefix}-")
