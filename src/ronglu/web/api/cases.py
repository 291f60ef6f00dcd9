"""Cases of the closed loops: listed, read, raised. What is done to them needs a person at a page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.web.api.auth import scope_for
from ronglu.web.api.errors import ANSWERS, Fault, not_found
from ronglu.web.api.schemas import PLAIN, PLANT, CaseIn, CaseOut, CasePage, Raised
from ronglu.work import cases
from ronglu.work.queries import served, served_cases

if TYPE_CHECKING:
    from ronglu.store.models import Case

router = Router(tags=["闭环"])
READ, WRITE = "cases:read", "cases:write"


@router.get("", response={200: CasePage, **ANSWERS}, operation_id="listCases", summary="范围内的事项")
def list_cases(
    request: HttpRequest,
    plant: PLANT = "",
    loop: Annotated[str, Field(max_length=40, pattern=PLAIN, description="闭环代码，如 hazard；不给就是全部")] = "",
    phase: Annotated[Phase | None, Query(description="阶段；不给就是全部")] = None,
    after: Annotated[int, Field(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Field(ge=1, le=1000)] = 200,
) -> CasePage:
    """一页一页往后取，next 是下一页的 after；保密件只给可以看的人；不含个人。"""
    scope = scope_for(request, READ, "cases.see")
    where = served.plant(scope=scope, code=plant, verb="cases.see")
    if where is None:
        raise not_found("厂", "query.plant")
    loops = pack_of(where.code).loops
    if loop and loop not in loops:
        raise not_found("闭环", "query.loop")
    wanted = {loop: loops[loop]} if loop else loops
    rows = served_cases.page(
        scope=scope, loops=wanted, plant=where, phase=phase.value if phase else "", after=after, limit=limit + 1
    )
    codes = served_cases.codes_of(rows[:limit], wanted)
    items = [_out(row, wanted, codes) for row in rows[:limit]]
    return CasePage(items=items, next=items[-1].id if len(rows) > limit else None)


@router.get("/{number}", response={200: CaseOut, **ANSWERS}, operation_id="getCase", summary="一件事项")
def get_case(
    request: HttpRequest, number: Annotated[str, Path(max_length=40, pattern=PLAIN)], plant: PLANT = ""
) -> CaseOut:  # fmt: skip
    """按编号取。"""
    scope = scope_for(request, READ, "cases.see")
    where = served.plant(scope=scope, code=plant, verb="cases.see")
    if where is None:
        raise not_found("厂", "query.plant")
    loops = pack_of(where.code).loops
    found = served_cases.one(scope=scope, loops=loops, plant=where, number=number)
    if found is None:
        raise not_found("事项", "path.number")
    return _out(found, loops, served_cases.codes_of([found], loops))


@router.post("", response={200: Raised, **ANSWERS}, operation_id="raiseCase", summary="提出一件事项")
def raise_case(request: HttpRequest, given: CaseIn) -> Raised:
    """以令牌所属的人的名义提出；同处同类不久前办结的，前案会重新打开，joined 是它的编号。"""
    scope = scope_for(request, WRITE, "cases.raise")
    where = served.plant(scope=scope, code=given.plant, verb="cases.raise")
    if where is None:
        raise not_found("厂", "body.plant")
    pack = pack_of(where.code)
    loop = pack.loops.get(given.loop)
    if loop is None:
        raise not_found("闭环", "body.loop")
    try:
        made = cases.raise_case(
            loop=loop, plant=where, at=clock.now(),
            given=served_cases.given(loop, where, given.fields, indicators=pack.indicators),
            by=request.auth.account, scope=scope, confidential=given.confidential, origin="api",  # type: ignore[attr-defined]
            **served_cases.place(where, unit=given.unit, zone=given.zone, body=given.body),
        )  # fmt: skip
    except LoopTrouble as trouble:
        raise Fault(422, "not_accepted", str(trouble), "body") from trouble
    return Raised(number=made.case.number, state=made.case.state, joined=made.joined.number if made.joined else None)


def _out(row: "Case", loops: Mapping[str, Loop], codes: served_cases.Codes) -> CaseOut:
    return CaseOut(
        id=row.pk, number=row.number, loop=row.loop, title=row.title, state=row.state, phase=row.phase,
        unit=row.unit.code if row.unit else None, zone=row.zone.code if row.zone else None,
        body=row.body.code if row.body else None, raised_at=row.raised_at, due_at=row.due_at, closed_at=row.closed_at,
        fields=served_cases.told(row, loops[row.loop], codes),
    )  # fmt: skip
