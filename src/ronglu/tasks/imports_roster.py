"""A personnel roster from a file: forbidden columns refused by name, doubtful ones asked about, then taken whole."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ronglu.config.clock import today
from ronglu.exchange.guard import check as guard
from ronglu.exchange.problems import Problem
from ronglu.exchange.roster import answered, header_problems, row_problems
from ronglu.exchange.sandbox import Sheet, read_file
from ronglu.exchange.table import GUIDE, LISTS
from ronglu.store.models import Account, Import
from ronglu.tasks.run import Progress
from ronglu.work import rosters_in
from ronglu.work.imports import NotReady, Report
from ronglu.work.rosters_in import Plan


@dataclass(frozen=True, slots=True)
class _Roster:
    """One sheet, and what the person said about its columns. Option `on`: the day from which it holds (else today)."""

    sheet: Sheet
    imported: Import

    @property
    def columns(self) -> dict[str, Any]:
        rows = self.sheet.rows or []
        header = rosters_in.check_columns(rows=rows)
        confirmed, ignore = answered(header, self.imported.options.get("answers", {}))
        return {"rows": rows, "confirmed": confirmed, "ignore": ignore}

    @property
    def on(self) -> dt.date:
        text = self.imported.options.get("on")
        return dt.date.fromisoformat(text) if text else today()


def check(path: Path, *, imported: Import, progress: Progress) -> Report:
    roster = _read(path, imported, progress)
    header = rosters_in.check_columns(**roster.columns)
    if not header.ready:
        return _report(roster.sheet, Plan(), header_problems(roster.sheet, header))
    progress(0, 0, "与花名册核对")
    plan = rosters_in.dry_run(plant=imported.plant, on=roster.on, **roster.columns)
    return _report(roster.sheet, plan, _rows(roster.sheet, plan))


def write(path: Path, *, imported: Import, by: Account, at: dt.datetime, progress: Progress) -> dict[str, int]:
    roster = _read(path, imported, progress)
    try:
        plan = rosters_in.take(plant=imported.plant, on=roster.on, by=by, at=at, **roster.columns)
    except rosters_in.BadRoster as bad:
        raise NotReady(_report(roster.sheet, Plan(), row_problems(roster.sheet, bad.problems))) from bad
    return _counts(plan)


def _read(path: Path, imported: Import, progress: Progress) -> _Roster:
    """The first visible sheet that holds something."""
    sheets = read_file(guard(path), progress=progress).sheets
    full = (one for one in sheets if one.rows and one.name not in (GUIDE, LISTS))
    return _Roster(next(full, sheets[0]), imported)


def _rows(sheet: Sheet, plan: Plan) -> list[Problem]:
    let_go = (f"{text}：不是本系统的职务，不记录" for text in plan.let_go)
    return [*row_problems(sheet, plan.problems), *row_problems(sheet, let_go, "row_note")]


def _report(sheet: Sheet, plan: Plan, problems: Iterable[Problem]) -> Report:
    return Report(counts=_counts(plan), problems=[p.as_dict() for p in problems], sheets=[sheet.name])


def _counts(plan: Plan) -> dict[str, int]:
    """Persons: one who is new counts once, whatever else was entered of him."""
    changed = {*plan.corrected, *plan.moved, *plan.admitted, *plan.appointed} - set(plan.new)
    touched = len(plan.new) + len(changed)
    return {"new": len(plan.new), "changed": len(changed), "unchanged": max(0, plan.people - touched)}
