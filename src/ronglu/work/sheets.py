"""Sheet versions of a plant: published whole and from a month on, never changed afterwards."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Max

from ronglu.kernel.rules.errors import SheetProblem
from ronglu.kernel.rules.examples import build_examples, gaps, run
from ronglu.kernel.rules.linter import RedList, refuse
from ronglu.kernel.rules.load import build, digest
from ronglu.kernel.rules.sheet import Sheet
from ronglu.kernel.time.period import Period
from ronglu.store.models import Account, Plant, Run, SheetVersion
from ronglu.work import audits

CODE = "shuangbai"


class NoSheet(ValueError):
    """No sheet is in force for the month."""


@transaction.atomic
def publish(
    *,
    plant: Plant,
    declaration: Mapping[str, Any],
    examples: Mapping[str, Any],
    red: RedList,
    from_month: Period,
    by: Account | None,
    at: dt.datetime,
    document: str = "",
) -> SheetVersion:
    """A new version in force from `from_month`; raises SheetProblem with everything that speaks against it.

    The sheet must hold together, pass the linter, and give what its worked examples (item → rows) say.
    """
    sheet = build(declaration)
    refuse(sheet, red)
    require_examples(sheet, examples)
    versions = SheetVersion.objects.filter(plant=plant, code=sheet.code)
    require_month(plant, sheet, versions.order_by("-version").first(), from_month)
    made = SheetVersion.objects.create(
        plant=plant,
        code=sheet.code,
        version=(versions.aggregate(n=Max("version"))["n"] or 0) + 1,
        from_month=from_month.yyyymm,
        declaration=json.loads(json.dumps(declaration)),
        digest=digest(declaration),
        examples=json.loads(json.dumps(examples)),
        document=document,
        published_by=by,
        published_at=at,
    )
    detail = {"version": made.version, "from_month": str(from_month), "digest": made.digest}
    audits.record(
        verb="sheet.publish", by=by, at=at, plant=plant, subject=f"{sheet.code} v{made.version}", detail=detail
    )
    return made


def in_force(*, plant: Plant, month: Period) -> SheetVersion:
    """The version a month is scored under; raises NoSheet in words."""
    found = SheetVersion.objects.filter(plant=plant, code=CODE, from_month__lte=month.yyyymm)
    version = found.order_by("-from_month", "-version").first()
    if version is None:
        raise NoSheet(f"{plant.name}在 {month} 没有已发布的双百表：请先由党群工作部发布一版起用月不晚于 {month} 的表")
    return version


def sheet_of(version: SheetVersion) -> Sheet:
    """The sheet as it was published; building one takes a while, so the last few stay at hand."""
    return _built(json.dumps(version.declaration, sort_keys=True, ensure_ascii=False))


@lru_cache(maxsize=8)
def _built(text: str) -> Sheet:
    return build(json.loads(text))


def require_examples(sheet: Sheet, rows: Mapping[str, Any]) -> None:
    """Every item has its examples, and each gives what it says; raises SheetProblem."""
    examples = build_examples("例子", {"examples": rows})
    problems = gaps(sheet.items, examples)
    known = {item.code: item for item in sheet.items}
    problems += [text for one in examples if one.item in known for text in run(known[one.item], one)]
    if problems:
        raise SheetProblem(f"考核表“{sheet.name}”的例子", problems)


def require_month(plant: Plant, sheet: Sheet, last: SheetVersion | None, from_month: Period) -> None:
    """A month that was scored keeps the rules it was scored by; the same content twice is no new version."""
    problems = []
    if from_month < sheet.from_month:
        problems.append(f"起用月 {from_month} 早于表里写的起用月 {sheet.from_month}")
    scored = Run.objects.filter(plant=plant, sheet__code=sheet.code).aggregate(n=Max("month"))["n"]
    if scored is not None and from_month.yyyymm <= scored:
        past = Period.from_yyyymm(scored)
        problems.append(f"{past} 已经计过分，规则不能倒改；新版最早从 {past + 1} 起用")
    if last is not None and last.digest == digest(sheet.declaration) and last.from_month <= from_month.yyyymm:
        problems.append(f"内容与第 {last.version} 版完全一样，不必再发布")
    if problems:
        raise SheetProblem(f"考核表“{sheet.name}”不能从 {from_month} 起用，", problems)
