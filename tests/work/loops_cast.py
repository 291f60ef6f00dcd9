"""What tests of cases share: the declared loops, a zone with an owner, and one line for a step of a person of the cast."""

import datetime as dt
from typing import Any

from ronglu.kernel.loops.loop import Loop
from ronglu.packs.loader import load
from ronglu.store.models import Case, CaseRow, CaseStep, Unit, Zone, ZoneOwner
from ronglu.work import case_rows, cases
from ronglu.work.cases import Raised
from ronglu.work.scope import scope_of
from tests.cast import AT, SINCE, Cast

LOOPS = load(["qinglan"]).loops
HAZARD = LOOPS["hazard"]


def zone(cast: Cast, *, owner: str = "李班长", unit: str = "QL-R1-甲", code: str = "Z1") -> Zone:
    made = Zone.objects.create(
        plant=cast.plant,
        unit=cast.unit[unit],
        code=code,
        name="2# 转炉烟罩",
        kind="own",
        token=f"tok{code}",
        from_on=SINCE,
    )
    ZoneOwner.objects.create(zone=made, person=cast.person[owner], duty="own", from_on=SINCE)
    return made


def report(
    cast: Cast,
    by: str | None = "吴师傅",
    *,
    loop: Loop = HAZARD,
    at: dt.datetime = AT,
    unit: Unit | None = None,
    **rest: Any,
) -> Raised:
    """A case raised by a person of the cast, or by nobody."""
    given = rest.pop("given", {"kind": "equipment", "what": "法兰渗水"})
    account = cast.account[by] if by else None
    scope = scope_of(account, on=at.date()) if account else None
    if "zone" not in rest:
        rest["unit"] = unit or cast.unit["QL-R1-甲"]
    return cases.raise_case(loop=loop, plant=cast.plant, given=given, at=at, by=account, scope=scope, **rest)


def step(
    cast: Cast, case: Case, by: str, code: str, *, loop: Loop = HAZARD, at: dt.datetime = AT, seen: int | None = None,
    reason: str = "", **given: Any,
) -> CaseStep:  # fmt: skip
    """One move by a person of the cast, who has just looked at the case; persons are named by their names."""
    case.refresh_from_db()
    named = {k: cast.person[v].pk if isinstance(v, str) and v in cast.person else v for k, v in given.items()}
    made = cases.move(
        loop=loop, case=case, code=code, seen=case.seen if seen is None else seen, given=named, at=at,
        by=cast.account[by], scope=scope_of(cast.account[by], on=at.date()), reason=reason,
    )  # fmt: skip
    case.refresh_from_db()
    return made


def line(
    cast: Cast, case: Case, by: str, *, who: str, due_on: dt.date, loop: Loop = HAZARD, kind: str = "measure",
    at: dt.datetime = AT, **given: Any,
) -> CaseRow:  # fmt: skip
    """A line added by one person of the cast for another."""
    return case_rows.add(
        loop=loop, case=case, kind=kind, given=given or {"measure": "更换石墨垫片"}, at=at, by=cast.account[by],
        scope=scope_of(cast.account[by], on=at.date()), person=cast.person[who], due_on=due_on,
    )  # fmt: skip


def settle(
    cast: Cast, row: CaseRow, by: str, act: str, *, loop: Loop = HAZARD, at: dt.datetime = AT, reason: str = ""
) -> CaseRow:
    """done, pass, return or drop of a line, by a person of the cast."""
    return case_rows.settle(
        loop=loop, line=row, act=act, at=at, by=cast.account[by], scope=scope_of(cast.account[by], on=at.date()),
        reason=reason,
    )  # fmt: skip
