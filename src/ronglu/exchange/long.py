"""Reads a long table: one row a stamp (and shift, and line), one column a series."""

from datetime import date, datetime, timedelta

from ronglu.exchange.cells import Read, read_column
from ronglu.exchange.header import Header, fill_merged, locate
from ronglu.exchange.job import Job
from ronglu.exchange.long_rows import Rows, read_rows
from ronglu.exchange.measures import Plan, settle
from ronglu.exchange.profile import Role
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.totals import check_totals


def read_long(job: Job, sheet: Sheet) -> None:
    header = locate(sheet, job.profile, job.collect)
    if header is None or header.one(Role.STAMP) is None:
        return
    _square(sheet, header)
    keys = [
        index for role in (Role.STAMP, Role.CLOCK, Role.SHIFT, Role.LINE) if (index := header.one(role)) is not None
    ]
    fill_merged(sheet, header.bottom + 1, len(sheet.rows or []), keys)
    rows = read_rows(job, sheet, header)
    if rows is None or not rows.rows:
        if rows is not None:
            job.collect.add("no_rows", sheet=sheet.name)
        return
    job.rows_read += len(rows.rows)
    late = _window(job, sheet, rows)
    number = job.sheet_number(sheet.name)
    columns: list[tuple[Plan, int, Read]] = []
    for plan, index in _plans(job, sheet, header):
        lines = [plan.line] * len(rows.rows) if plan.line and header.one(Role.LINE) is None else rows.lines
        read = read_column(job, sheet, plan, index, rows=rows.rows, ats=rows.ats, lines=lines, late=late)
        if read is not None:
            columns.append((plan, index, read))
    check_totals(job, sheet, columns, rows)
    for plan, index, read in columns:
        job.extend(
            sheet=number,
            column=index,
            series=plan.series,
            lines=read.lines,
            ats=read.ats,
            texts=read.texts,
            scaled=read.scaled,
            rows=read.rows,
            deleted=read.deleted,
            linked=job.special(sheet, index).linked,
        )


def _square(sheet: Sheet, header: Header) -> None:
    """Short lines of a CSV are blank to the right."""
    width = max((title.index for _, title in header.found), default=0) + 1
    for row in sheet.rows or []:
        if len(row) < width:
            row.extend([""] * (width - len(row)))


def _plans(job: Job, sheet: Sheet, header: Header) -> list[tuple[Plan, int]]:
    found = []
    for column, title in header.found:
        if column.role is Role.VALUE:
            plan = settle(
                column.measure,
                stated_unit=title.unit,
                line=job.profile.line,
                series=job.series,
                collect=job.collect,
                sheet=sheet.name,
                row=max(header.bottom, 0),
                column=title.index,
            )
            if plan is not None:
                job.decimals[plan.series] = plan.decimals
                found.append((plan, title.index))
    return found


def _window(job: Job, sheet: Sheet, rows: Rows) -> frozenset[int]:
    """Stamps after the report's period; rows before it are another period's and asked about."""
    if job.expected is None:
        return frozenset()
    starts_at, ends_at = job.calendar.span(job.expected)
    stamps = job.values.stamps
    early = [n for n, at in enumerate(rows.ats) if stamps[at].starts_at < starts_at]
    if early:
        first = rows.rows[early[0]]
        answer = job.collect.ask(
            "before_period",
            ("keep", "skip"),
            sheet=sheet.name,
            row=first,
            count=len(early),
            expected=str(job.expected),
            key=f"before_period:{sheet.name}",
            value=_shown(stamps[rows.ats[early[0]]].starts_at),
        )
        if answer != "keep":
            rows.leave_out(set(early))
    return (
        frozenset(at for at in set(rows.ats) if stamps[at].starts_at >= ends_at)
        if job.profile.zero_after
        else frozenset()
    )


def _shown(at: datetime | date) -> str:
    return (
        f"{at:%Y-%m-%d}"
        if not isinstance(at, datetime) or at - datetime.combine(at.date(), datetime.min.time()) == timedelta()
        else f"{at:%Y-%m-%d %H:%M}"
    )
