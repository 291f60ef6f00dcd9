"""Assay sheets: entered as the laboratory wrote them, graded by the plant's table, confirmed by another; corrected in new versions."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from ronglu.kernel.measure.grading import GradeBook, GradeTrouble, LimitTable, assayed, grade
from ronglu.kernel.measure.rounding import NumberError, to_decimal
from ronglu.store.models import Account, AssaySheet, AssayState, Import, Unit, UnitKind
from ronglu.work import audits, hands
from ronglu.work.names import name_of

SEE, ENTER, CONFIRM = "assays.see", "assays.enter", "assays.confirm"
LATE = dt.timedelta(minutes=5)
LONGEST = 40
KINDS = (UnitKind.LINE, UnitKind.STEP)


class BadAssay(GradeTrouble):
    """化验单不能这样办。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands on the laboratory's paper. A blank value was not measured."""

    standard: str
    sampled_at: dt.datetime
    values: Mapping[str, str] = field(default_factory=dict)
    weight: str = ""


@transaction.atomic
def enter(
    *, unit: Unit, lot: str, said: Said, book: GradeBook, by: Account, at: dt.datetime, batch: Import | None = None
) -> AssaySheet:
    """The first version of a lot; one that was entered before is corrected instead."""
    if not (lot := lot.strip()) or len(lot) > LONGEST:
        raise BadAssay(f"请填写批号，最多 {LONGEST} 个字")
    if unit.kind not in KINDS:
        raise BadAssay(f"化验单记在产线或工序名下，{name_of(unit, at.date())}是{unit.get_kind_display()}")
    _alone(unit)
    if (before := newest(unit=unit, lot=lot, standard=said.standard)) is not None:
        raise BadAssay(
            f"批号 {lot} 已有化验单（第 {before.version} 版，{before.get_state_display()}），有错请更正那一张"
        )
    row = AssaySheet(plant=unit.plant, unit=unit, lot=lot, entered_by=by, entered_at=at, batch=batch)
    return _write("enter", row, said, book, by=by, at=at)


@transaction.atomic
def correct(
    *, sheet: AssaySheet, said: Said, why: str, book: GradeBook, by: Account, at: dt.datetime, batch: Import | None = None
) -> AssaySheet:  # fmt: skip
    """A new version, to be confirmed like the first; a confirmed one counts until then."""
    before = _newest_locked(sheet)
    if before.pk != sheet.pk:
        raise BadAssay(f"批号 {sheet.lot} 已有第 {before.version} 版，请在新的一版上更正")
    if not (why := why.strip()):
        raise BadAssay("请写明为什么更正")
    if said.standard != before.standard:
        raise BadAssay("更正不能换标准；按另一个标准评的，另录一张")
    if same(before, said):
        raise BadAssay("和现在的化验单一样，没有改动")
    if before.state != AssayState.CONFIRMED:
        AssaySheet.objects.filter(pk=before.pk).update(state=AssayState.SUPERSEDED)
    row = AssaySheet(
        plant=before.plant, unit=before.unit, lot=before.lot, version=before.version + 1, why=why[:200], entered_by=by,
        entered_at=at, batch=batch,
    )  # fmt: skip
    return _write("correct", row, said, book, by=by, at=at, why=why)


@transaction.atomic
def confirm(
    *, sheet: AssaySheet, holds: bool, book: GradeBook, by: Account, at: dt.datetime, said: str = ""
) -> AssaySheet:
    """The second person compared it with the laboratory's paper; the version before it stops counting."""
    row = _newest_locked(sheet)
    if row.pk != sheet.pk or row.state != AssayState.ENTERED:
        raise BadAssay(f"批号 {row.lot} 第 {sheet.version} 版不在待核对，请刷新再看")
    hands.apart(by, row.entered_by, on=at.date(), trouble=BadAssay, own="录入的人不能自己核对，请由另一人核对")
    if not holds and not said.strip():
        raise BadAssay("请写明哪里不对，录入的人才知道改什么")
    if holds:
        _grade(row, _table(book, row.standard))
        older = AssaySheet.objects.filter(unit=row.unit, lot=row.lot, standard=row.standard, version__lt=row.version)
        older.exclude(state=AssayState.SUPERSEDED).update(state=AssayState.SUPERSEDED)
    row.state = AssayState.CONFIRMED if holds else AssayState.REJECTED
    row.confirmed_by, row.confirmed_at, row.said = by, at, said.strip()[:200]
    row.save()
    _note("confirm" if holds else "reject", row, by=by, at=at, said=row.said)
    return row


def newest(*, unit: Unit, lot: str, standard: str) -> AssaySheet | None:
    rows = AssaySheet.objects.filter(unit=unit, lot=lot, standard=standard)
    return rows.select_related("plant", "unit__plant", "entered_by").order_by("-version").first()


def same(sheet: AssaySheet, said: Said) -> bool:
    """Whether the paper says what the sheet says already; .0010 and .001 are the same assay."""
    mine = {element: assayed(text) for element, text in sheet.values.items()}
    theirs = {element: assayed(text) for element, text in said.values.items() if text.strip()}
    return (mine, weight_of(sheet.weight), sheet.sampled_at) == (theirs, weight_of(said.weight), said.sampled_at)


def _write(
    verb: str, row: AssaySheet, said: Said, book: GradeBook, *, by: Account, at: dt.datetime, **more: str
) -> AssaySheet:
    table = _table(book, said.standard)
    if said.sampled_at > at + LATE:
        raise BadAssay(f"取样时间 {said.sampled_at:%Y-%m-%d %H:%M} 还没到")
    values = {element: text.strip() for element, text in said.values.items() if text.strip()}
    if not values:
        raise BadAssay("一个化验值也没有")
    if unknown := [element for element in values if element not in table.elements]:
        raise BadAssay(f"{table.code} 不看{'、'.join(unknown)}，请核对元素")
    weight = weight_of(said.weight)
    row.standard, row.sampled_at, row.values = table.code, said.sampled_at, values
    row.weight = "" if weight is None else f"{weight:f}"
    _grade(row, table)
    row.save()
    _note(verb, row, by=by, at=at, **more)
    return row


def _grade(row: AssaySheet, table: LimitTable) -> None:
    found = grade(table, {element: assayed(text) for element, text in row.values.items()})
    row.verdict = found.as_data() | {"source": table.source, "note": table.note, "unit": table.unit}
    row.outcome, row.grade = found.outcome.value, found.grade.code if found.grade else ""


def _table(book: GradeBook, code: str) -> LimitTable:
    table = book.table(code)
    if table is None:
        raise BadAssay(f"没有标准 {code}，现有：{'、'.join(one.code for one in book.tables)}")
    return table


def weight_of(text: str) -> Decimal | None:
    """Tonnes, or None where nobody weighed the lot."""
    if not text.strip():
        return None
    try:
        value = to_decimal(text)
    except NumberError:
        value = Decimal(0)
    if value <= 0:
        raise BadAssay(f"批重“{text}”应为大于 0 的吨数，如 2.486")
    return value


def _alone(unit: Unit) -> None:
    """Of two who enter one lot at once, one waits here."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def _newest_locked(sheet: AssaySheet) -> AssaySheet:
    _alone(sheet.unit)
    found = newest(unit=sheet.unit, lot=sheet.lot, standard=sheet.standard)
    assert found is not None
    return found


def _note(verb: str, row: AssaySheet, *, by: Account, at: dt.datetime, **more: str) -> None:
    detail = {"version": row.version, "values": row.values, "outcome": row.outcome, "grade": row.grade, **more}
    audits.record(verb=f"assays.{verb}", by=by, at=at, subject=row.lot, plant=row.plant, detail=detail)
