"""A month's workbook of one line as a statistician would hand it in, the profile that reads it, and its way in."""

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from ronglu.exchange.arrive import arrive
from ronglu.exchange.profile import Column, Measure, Profile, Role
from ronglu.exchange.profile_text import to_dict
from ronglu.store.models import Account, Import, Job, Plant
from ronglu.tasks.run import perform
from ronglu.work import imports, sources

AT = dt.datetime(2026, 4, 2, 9, 0)
HEAD = ("日期", "班次", "入炉精矿(t)", "用煤(kg)")
FIRST = dt.date(2026, 3, 1)
Row = tuple[Any, ...]


def month_rows(days: int = 31, *, feed: Any = 10, coal: Any = 430) -> list[Row]:
    on = [FIRST + dt.timedelta(days=n) for n in range(days)]
    return [(day, shift, feed, coal) for day in on for shift in ("白", "中", "夜")]


def write_book(path: Path, rows: list[Row], head: Row = HEAD) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page, dated = book.add_worksheet("班报"), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate([head, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(number, column, dt.datetime.combine(value, dt.time()), dated)
                else:
                    page.write(number, column, value)
    return path


def profile(**more: Any) -> Profile:
    """日期, 班次, feed and coal of QL-R1."""
    columns = (
        Column(Role.STAMP, ("日期",)),
        Column(Role.SHIFT, ("班次",)),
        Column(Role.VALUE, ("入炉精矿",), measure=Measure(series="sm_feed_dry", unit="t")),
        Column(Role.VALUE, ("用煤",), measure=Measure(series="sm_coal", unit="kg")),
    )
    return Profile(**{"name": "转炉班报", "columns": columns, "line": "QL-R1"} | more)


def bring(
    book: Path, *, plant: Plant, by: Account, home: Path, reads: Profile | None = None, source: Any = None, **more: Any
) -> Import:
    """Uploaded with a source (a new one with the profile `reads`, else the one above), not yet read."""
    kept_as = to_dict(reads or profile(**more))
    source = source or sources.save(plant=plant, name=f"来源 {book.stem}", profile=kept_as, by=by, at=AT)
    with book.open("rb") as file:
        kept = arrive(book.name, iter(lambda: file.read(65536), b""), home)
    one = imports.File(name=book.name, digest=kept.digest, size=kept.size, path=kept.path)
    return imports.upload(plant=plant, kind="readings", file=one, by=by, at=AT, source=source)


def check(imported: Import, **more: Any) -> Import:
    return _work(imports.check(imported=imported, by=imported.created_by, at=AT, **more), imported)


def confirm(imported: Import, **more: Any) -> Import:
    return _work(imports.confirm(imported=imported, by=imported.created_by, at=AT, **more), imported)


def _work(job: Job, imported: Import) -> Import:
    """What the worker would do with the job, in this process; the reading child is the real one."""
    perform(job)
    imported.refresh_from_db()
    return imported
