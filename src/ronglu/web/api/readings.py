"""Readings in and out."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from ronglu.config import clock
from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.web.api import entry
from ronglu.web.api.auth import scope_for
from ronglu.web.api.errors import ANSWERS, Fault, Problem, not_found
from ronglu.web.api.schemas import CODE, PLAIN, PLANT, Day, ReadingOut, ReadingPage, ReadingsIn, Written
from ronglu.work.queries import served
from ronglu.work.readings import Entry

if TYPE_CHECKING:
    from ronglu.store.models import Reading

router = Router(tags=["读数"])
LONGEST = dt.timedelta(days=366)


@router.get("", response={200: ReadingPage, **ANSWERS}, operation_id="listReadings", summary="一个单位的读数")
def list_readings(
    request: HttpRequest,
    unit: CODE,
    first: Annotated[Day, Query(alias="from", description="首个生产日")],
    last: Annotated[Day, Query(alias="to", description="末个生产日，含")],
    plant: PLANT = "",
    series: Annotated[str, Field(max_length=60, pattern=PLAIN)] = "",
    versions: Annotated[bool, Query(description="true：连同已更正、退回的旧版本")] = False,
    after: Annotated[int, Field(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Field(ge=1, le=1000)] = 200,
) -> ReadingPage:
    """按生产日取；一页一页往后取，next 是下一页的 after。"""
    if last < first or last - first > LONGEST:
        raise Fault(422, "period", f"止日应不早于起日，且一次不超过 {LONGEST.days} 天", "query.to")
    scope = scope_for(request, "readings:read", "readings.see")
    where = served.plant(scope=scope, code=plant, verb="readings.see")
    if where is None:
        raise not_found("厂", "query.plant")
    found = served.unit(scope=scope, plant=where, code=unit, verb="readings.see")
    if found is None:
        raise not_found("单位", "query.unit")
    rows = served.readings(
        unit=found, series=series, first=first, last=last, after=after, limit=limit + 1, versions=versions
    )
    declared = pack_of(where.code).series
    items = [_out(row, unit, declared[row.channel.series].decimals if row.channel.series in declared else None)
             for row in rows[:limit]]  # fmt: skip
    return ReadingPage(items=items, next=items[-1].id if len(rows) > limit else None)


@router.post(
    "",
    response={200: Written, **ANSWERS, 409: Problem},
    operation_id="enterReadings",
    summary="写入一批读数",
)
def enter_readings(request: HttpRequest, given: ReadingsIn) -> Written:
    """一批要么全入、要么全不入；同样的一批再来一次不改变什么。写入的是预报，由另一人审核后才计分。"""
    scope = scope_for(request, "readings:write", "readings.enter")
    where = served.plant(scope=scope, code=given.plant, verb="readings.enter")
    if where is None:
        raise not_found("厂", "body.plant")
    units = {one.code: one for one in scope.units("readings.enter").filter(plant=where)}
    declared = pack_of(where.code).series
    for number, row in enumerate(given.rows):
        if row.unit not in units:
            raise not_found("单位", f"body.rows[{number}].unit")
        if row.series not in declared:
            raise not_found("数列", f"body.rows[{number}].series")
    rows = [
        Entry(
            unit=units[row.unit], series=row.series, decimals=declared[row.series].decimals, starts_at=row.starts_at,
            text=row.value, reason=row.reason, grain=row.grain,
        )
        for row in given.rows
    ]  # fmt: skip
    return entry.enter(rows=rows, by=request.auth.account, at=clock.now())  # type: ignore[attr-defined]


def _out(row: "Reading", unit: str, decimals: int | None) -> ReadingOut:
    value = None if row.value is None or decimals is None else f"{from_scaled(row.value, decimals):f}"
    return ReadingOut(
        id=row.pk, unit=unit, series=row.channel.series, grain=row.channel.grain, starts_at=row.starts_at,
        ends_at=row.ends_at, day=row.day, shift=row.shift_no, version=row.version, text=row.text, value=value,
        state=row.state, known_at=row.known_at, place=row.place,
    )  # fmt: skip
