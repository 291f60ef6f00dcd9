"""The trial reading of a file: everything wrong in it and what it would change; nothing is written but the report."""

from pathlib import Path
from typing import Any

from django.conf import settings

from ronglu.config.clock import now
from ronglu.exchange.errors_book import write_errors
from ronglu.exchange.problems import Problem, Severity
from ronglu.store.models import Import, Job
from ronglu.tasks.imports import import_of, module_of, path_of, told
from ronglu.tasks.run import Progress
from ronglu.work import imports
from ronglu.work.imports import Report

WHOLE = 5_000  # problems up to which the error workbook shows all rows of the file, not only the faulty ones


def run(job: Job, progress: Progress) -> dict[str, Any]:
    """args: import (key); result: its counts."""
    imported = import_of(job)
    with told(imported):
        report = module_of(imported).check(path_of(imported), imported=imported, progress=progress)
        if report.problems:
            progress(0, 0, "整理错误表")
            write_book(imported, report)
        imports.checked(imported=imported, report=report, at=now())
        return dict(report.counts)
    return {}


def book_of(imported: Import) -> Path:
    return Path(settings.HOME) / imports.errors_path(imported)


def write_book(imported: Import, report: Report) -> None:
    found = [_problem(p) for p in report.problems]
    sheets = list(report.sheets)
    write_errors(path_of(imported), found, book_of(imported), sheets=sheets, faulty_only=_rows(report) > WHOLE)


def _rows(report: Report) -> int:
    return sum(int(n) for n in report.counts.values())


def _problem(plain: Any) -> Problem:
    known = {name: plain[name] for name in ("code", "message", "sheet", "row", "column", "value", "key")}
    return Problem(severity=Severity(plain["severity"]), choices=tuple(plain["choices"]), **known)
