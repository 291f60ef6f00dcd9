"""Reads a monthly form: items in rows, this year's and last year's month and cumulated figures in columns."""

from datetime import date, timedelta

from ronglu.exchange.cells import read_column
from ronglu.exchange.job import Job
from ronglu.exchange.labels import Labels, Line
from ronglu.exchange.matrix_header import MatrixHeader, Span, read_header
from ronglu.exchange.measures import Plan, settle
from ronglu.exchange.periods import Chosen, choose
from ronglu.exchange.problems import cell_name
from ronglu.exchange.profile import Item
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.values import Figure
from ronglu.kernel.time.period import Period


def read_matrix(job: Job, sheet: Sheet) -> None:
    header = read_header(job, sheet)
    if header is None:
        return
    period = choose(job, sheet, top=header.top, bottom=header.bottom)
    if period is None:
        return
    job.periods[sheet.name] = period.text
    labels = Labels(job, sheet, header)
    columns = {title.index: _Column(job, period, span) for span, title in header.spans}
    for line in labels.lines():
        item = labels.item(line)
        if item is not None:
            job.rows_read += 1
            _row(job, sheet, header, columns, line, item)
    for item in job.profile.items:
        if item not in labels.used:
            job.collect.add("item_absent", sheet=sheet.name, value=item.label, parent=item.parent)
    job.repeated = True


class _Column:
    """Where the numbers of one column belong in time; `late` are the months after the report's."""

    def __init__(self, job: Job, period: Chosen, span: Span) -> None:
        self.span, self.at, self.late, self.period = span, -1, False, ""
        month = period.month - 12 if span.group == "last" else period.month
        if span.span == "m":
            month = Period.month(month.first.year, span.number)
            self.late = span.group == "actual" and month > period.month
        self.period = str(month)
        if span.span == "d":
            day = _day(job, month, span.number)
            if day is not None:
                self.period, self.at = str(Period.day(day)), job.span(*job.calendar.bounds(day), day)
        elif span.span in ("month", "m"):
            if period.whole or span.span == "m" or span.group == "last":
                self.at = job.span(*job.calendar.span(month), job.calendar.days_of(month)[1], 0, month)
            else:
                self.period = period.text
                self.at = job.span(*period.span(job.calendar), period.last, 0, period.month)

    @property
    def kind(self) -> str:
        return {"m": "month", "d": "day"}.get(self.span.span, self.span.span)


def _day(job: Job, month: Period, number: int) -> date | None:
    first, last = job.calendar.days_of(month)
    return next((day for n in range((last - first).days + 1) if (day := first + timedelta(days=n)).day == number), None)


def _row(job: Job, sheet: Sheet, header: MatrixHeader, columns: dict[int, _Column], line: Line, item: Item) -> None:
    plan = settle(
        item.measure,
        stated_unit=line.unit,
        line=job.profile.line,
        series=job.series,
        collect=job.collect,
        sheet=sheet.name,
        row=line.row,
        column=None,
    )
    if plan is None:
        return
    for span, title in header.spans:
        _cell(job, sheet, plan, columns[title.index], title.index, line.row, taken=span.name in job.profile.take)


def _cell(job: Job, sheet: Sheet, plan: Plan, column: _Column, index: int, row: int, *, taken: bool) -> None:
    if column.span.span == "d" and column.at < 0:
        if (sheet.rows or [])[row][index] not in ("", 0.0):
            job.collect.ask("no_such_day", ("skip",), sheet=sheet.name, row=row, column=index, value=column.span.number)
        return
    late = frozenset({column.at}) if column.late and job.profile.zero_after else frozenset()
    read = read_column(job, sheet, plan, index, rows=[row], ats=[column.at], lines=[plan.line], late=late)
    if read is None or not read.texts:
        return
    if read.scaled[0] is not None:
        job.figures.append(
            Figure(
                plan.line,
                plan.series,
                column.span.group,
                column.kind,
                column.period,
                read.scaled[0],
                plan.decimals,
                read.texts[0],
                sheet.name,
                cell_name(row, index),
            )
        )
    if taken and column.at >= 0:
        job.extend(
            sheet=job.sheet_number(sheet.name),
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
