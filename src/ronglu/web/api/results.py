"""Indicators with their values, runs, and the scores of a month."""

from typing import TYPE_CHECKING, Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from ronglu.config.plant import pack_of
from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.time.period import Grain, Period
from ronglu.web.api.auth import scope_for
from ronglu.web.api.errors import ANSWERS, not_found
from ronglu.web.api.schemas import (
    CODE,
    MONTH,
    PERIOD,
    PLAIN,
    PLANT,
    IndicatorOut,
    ResultDetail,
    ResultOut,
    RunOut,
    SheetMonth,
    TotalOut,
    ValueOut,
)
from ronglu.work.queries import served
from ronglu.work.scope import Scope

if TYPE_CHECKING:
    from ronglu.store.models import Plant, Result, Run, Total

router = Router()
TAG_I, TAG_R = ["指标"], ["结果"]
Month = Annotated[str, Path(pattern=MONTH, description="年-月，如 2026-03")]


@router.get("/indicators", response={200: list[IndicatorOut], **ANSWERS}, tags=TAG_I,
            operation_id="listIndicators", summary="厂的指标")  # fmt: skip
def list_indicators(request: HttpRequest, plant: PLANT = "") -> list[IndicatorOut]:
    """该厂工艺模块声明的指标。"""
    where = _plant(scope_for(request, "results:read", "boards.see"), plant, "boards.see")
    return [
        IndicatorOut(
            code=one.code, name=one.name, en=one.en, unit=one.unit, direction=str(one.direction),
            rollup=str(one.rollup), decimals=one.decimals, source=one.source, status=str(one.status),
        )
        for one in pack_of(where.code).indicators.values()
    ]  # fmt: skip


@router.get("/indicators/{code}/values", response={200: list[ValueOut], **ANSWERS}, tags=TAG_I,
            operation_id="listValues", summary="一个单位的指标值")  # fmt: skip
def list_values(
    request: HttpRequest,
    code: Annotated[str, Path(max_length=40, pattern=PLAIN)],
    unit: CODE,
    grain: Grain = Grain.MONTH,
    first: Annotated[str, Query(alias="from", pattern=PERIOD, description="首个时段，如 2026-03")] = "",
    last: Annotated[str, Query(alias="to", pattern=PERIOD, description="末个时段，含")] = "",
    plant: PLANT = "",
) -> list[ValueOut]:
    """先合计、后相除；covered/expected 是有数与应有。"""
    scope = scope_for(request, "results:read", "boards.see")
    where = _plant(scope, plant, "boards.see")
    found = served.unit(scope=scope, plant=where, code=unit, verb="boards.see")
    if found is None:
        raise not_found("单位", "query.unit")
    if code not in pack_of(where.code).indicators:
        raise not_found("指标", "path.code")
    rows = served.values(unit=found, indicator=code, grain=str(grain), first=first, last=last)
    return [
        ValueOut(
            period=row.period, crew=row.letter, value=row.value or None, numerator=row.numerator or None,
            denominator=row.denominator or None, plan=row.plan or None, covered=row.covered, expected=row.expected,
            pending=row.pending,
        )
        for row in rows[:1000]
    ]  # fmt: skip


@router.get("/runs", response={200: list[RunOut], **ANSWERS}, tags=TAG_R, operation_id="listRuns", summary="历次计分")
def list_runs(
    request: HttpRequest, plant: PLANT = "", month: Annotated[str, Query(pattern=f"^$|{MONTH}")] = ""
) -> list[RunOut]:
    """新的在前，最多 200 次。"""
    where = _plant(scope_for(request, "results:read", "sheet.see"), plant, "sheet.see")
    return [_run(run) for run in served.runs(plant=where, month=_number(month))[:200]]


@router.get("/results/{month}", response={200: SheetMonth, **ANSWERS}, tags=TAG_R,
            operation_id="getSheet", summary="一个月的考核表")  # fmt: skip
def get_sheet(request: HttpRequest, month: Month, plant: PLANT = "") -> SheetMonth:
    """最近一次计分；只含范围内的党组织。分数是两位小数的文本。"""
    scope = scope_for(request, "results:read", "sheet.see")
    run = _newest(_plant(scope, plant, "sheet.see"), month)
    results, totals = served.results(scope=scope, run=run)
    return SheetMonth(run=_run(run), totals=[_total(one) for one in totals], results=[_result(one) for one in results])


@router.get("/results/{month}/{body}/{item}", response={200: ResultDetail, **ANSWERS}, tags=TAG_R,
            operation_id="getResult", summary="一项得分和它的依据")  # fmt: skip
def get_result(
    request: HttpRequest,
    month: Month,
    body: Annotated[str, Path(max_length=40, pattern=PLAIN)],
    item: Annotated[str, Path(max_length=10, pattern=PLAIN)],
    plant: PLANT = "",
) -> ResultDetail:
    """依据里是分子、分母、规则参数和取数条件，可据以重算。"""
    scope = scope_for(request, "results:read", "sheet.see")
    where = _plant(scope, plant, "sheet.see")
    found = served.body(scope=scope, plant=where, code=body)
    if found is None:
        raise not_found("党组织", "path.body")
    result = served.result(run=_newest(where, month), body=found, item=item)
    if result is None:
        raise not_found("考核项", "path.item")
    share = None if result.share is None else f"{from_scaled(result.share, 9):f}"
    return ResultDetail(**_result(result).dict(), share=share, basis=result.basis)


def _plant(scope: Scope, code: str, verb: str) -> "Plant":
    found = served.plant(scope=scope, code=code, verb=verb)
    if found is None:
        raise not_found("厂", "query.plant")
    return found


def _newest(plant: "Plant", month: str) -> "Run":
    run = served.runs(plant=plant, month=_number(month)).first()
    if run is None:
        raise not_found("月份的计分", "path.month")
    return run


def _number(month: str) -> int | None:
    return int(month.replace("-", "")) if month else None


def _run(run: "Run") -> RunOut:
    return RunOut(
        month=str(Period.from_yyyymm(run.month)), number=run.number, at=run.at, sheet=run.sheet.code,
        sheet_version=run.sheet.version, digest=run.digest, cause=run.cause,
    )  # fmt: skip


def _points(hundredths: int | None) -> str | None:
    return None if hundredths is None else f"{from_scaled(hundredths, 2):f}"


def _total(row: "Total") -> TotalOut:
    return TotalOut(
        body=row.body.code, scale=row.scale, applicable=_points(row.applicable) or "", available=_points(row.available) or "",
        won=_points(row.won) or "", converted=_points(row.converted), grade=row.grade, vetoed=row.vetoed,
    )  # fmt: skip


def _result(row: "Result") -> ResultOut:
    return ResultOut(
        body=row.body.code, item=row.item, state=row.state, points=_points(row.points) or "", won=_points(row.won),
        covered=row.covered, expected=row.expected,
    )  # fmt: skip
