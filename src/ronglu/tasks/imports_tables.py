"""Small tables from a file: read by their declared columns, rehearsed for the trial reading, taken whole when confirmed."""

import datetime as dt
from pathlib import Path

from ronglu.config.clock import now
from ronglu.config.plant import pack_of
from ronglu.exchange.problems import Problem, problem
from ronglu.exchange.table import TableRead, read_table
from ronglu.kernel.table import TableFaults, Taken
from ronglu.store.models import Account, Import
from ronglu.tasks.run import Progress
from ronglu.work.imports import NotReady, Report
from ronglu.work.tables import run


def check(path: Path, *, imported: Import, progress: Progress) -> Report:
    at = now()
    read = _read(path, imported, at.date(), progress)
    if not read.ready:
        return _report(read, read.problems)
    progress(0, 0, "与已有的数核对")
    try:
        done = run.rehearse(imported.kind, **_what(imported, read), by=imported.created_by, at=at)
    except TableFaults as wrong:
        return _report(read, [*read.problems, *read.faults(wrong.faults)])
    said = [problem("row_note", what=text) for text in done.says]
    return _report(read, [*read.asked(done.asks), *said, *read.faults(done.notes), *read.problems], done)


def write(path: Path, *, imported: Import, by: Account, at: dt.datetime, progress: Progress) -> dict[str, int]:
    read = _read(path, imported, at.date(), progress)
    if not read.ready:
        raise NotReady(_report(read, read.problems))
    try:
        return _counts(run.take(imported.kind, **_what(imported, read), by=by, at=at))
    except TableFaults as wrong:
        problems = [*read.problems, *read.faults(wrong.faults), *read.asked(wrong.asks)]
        raise NotReady(_report(read, problems)) from wrong


def _read(path: Path, imported: Import, on: dt.date, progress: Progress) -> TableRead:
    table = run.declare(imported.kind, plant=imported.plant, pack=pack_of(imported.plant.code), on=on)
    return read_table(path, table, progress=progress)


def _what(imported: Import, read: TableRead) -> dict[str, object]:
    plant = imported.plant
    return {"plant": plant, "pack": pack_of(plant.code), "rows": read.rows, "batch": imported}


def _report(read: TableRead, problems: list[Problem], done: Taken | None = None) -> Report:
    return Report(
        counts=_counts(done or Taken()),
        problems=[p.as_dict() for p in problems],
        sheets=read.sheets,
        frozen=done.frozen if done else 0,
    )


def _counts(done: Taken) -> dict[str, int]:
    """What a mark takes away is a change of what was there."""
    return {"new": done.new, "changed": done.changed + done.deleted, "unchanged": done.unchanged}
