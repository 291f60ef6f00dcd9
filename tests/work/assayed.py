"""Assay sheets made for tests: one clean lot of cathode, changed where a test says so."""

import datetime as dt
from typing import Any

from ronglu.config.plant import pack_of
from ronglu.store.models import AssaySheet
from ronglu.work import assays
from tests.cast import AT, Cast
from tests.kernel.measure.test_grading import CLEAN

BOOK = pack_of("qinglan").base.grades
GB = "GB/T 467-2010"
SAMPLED = dt.datetime(2026, 3, 9, 14, 30)


def said(sampled_at: dt.datetime = SAMPLED, weight: str = "", standard: str = GB, **other: str) -> assays.Said:
    return assays.Said(standard=standard, sampled_at=sampled_at, weight=weight, values=CLEAN | other)


def entered(cast: Cast, lot: str = "A-1", *, by: str = "周统计员", unit: str = "QL-R1", **more: Any) -> AssaySheet:
    return assays.enter(unit=cast.unit[unit], lot=lot, said=said(**more), book=BOOK, by=cast.account[by], at=AT)


def confirmed(cast: Cast, lot: str = "A-1", *, by: str = "陈技术员", **more: Any) -> AssaySheet:
    return confirm(cast, entered(cast, lot, **more), by=by)


def confirm(cast: Cast, sheet: AssaySheet, *, by: str = "陈技术员", holds: bool = True, said: str = "") -> AssaySheet:
    return assays.confirm(sheet=sheet, holds=holds, said=said, book=BOOK, by=cast.account[by], at=AT)
