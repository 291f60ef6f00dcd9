"""Places each row of a long table: its stamp, its line; sorts out signature lines, totals and rows without a date."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ronglu.exchange import dates
from ronglu.exchange.header import Header
from ronglu.exchange.job import Job
from ronglu.exchange.periods import month_in
from ronglu.exchange.profile import Role
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.words import normal
from ronglu.kernel.time.period import Period
from ronglu.kernel.time.stamp import StampMode

BAD = -1


@dataclass(slots=True)
class Rows:
    """`totals` are rows recognised as sums, with the word that said so."""

    rows: list[int] = field(default_factory=list)
    ats: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    totals: list[tuple[int, str]] = field(default_factory=list)

    def leave_out(self, gone: set[int]) -> None:
        for name in ("rows", "ats", "lines"):
            whole = getattr(self, name)
            setattr(self, name, [item for n, item in enumerate(whole) if n not in gone])


def read_rows(job: Job, sheet: Sheet, header: Header) -> Rows | None:
    """None while the order of day and month has not been answered."""
    order = _order(job, sheet, header)
    return None if order is None else _Reader(job, sheet, header, order).run()


def _order(job: Job, sheet: Sheet, header: Header) -> str | None:
    profile, column = job.profile, header.need(Role.STAMP)
    if profile.date_order or profile.date_formats:
        return profile.date_order
    texts = [
        row[column] for row in (sheet.rows or [])[header.bottom + 1 :] if isinstance(row[column], str) and row[column]
    ]
    order = dates.order_of(texts)
    if order == "mixed":
        job.collect.add("date_order_mixed", sheet=sheet.name, column=column)
        return None
    if order == "both":
        example = next(text for text in texts if dates.order_of([text]) == "both")
        return (
            job.collect.ask(
                "date_order",
                ("dmy", "mdy"),
                sheet=sheet.name,
                column=column,
                value=example,
                key=f"date_order:{sheet.name}",
                dmy=_shown(example, "dmy"),
                mdy=_shown(example, "mdy"),
            )
            or None
        )
    return order


def _shown(text: str, order: str) -> str:
    at = dates.read_stamp(text, order=order)
    return f"{at:%Y-%m-%d}" if at else "?"


class _Reader:
    def __init__(self, job: Job, sheet: Sheet, header: Header, order: str) -> None:
        self.job, self.sheet, self.order = job, sheet, order
        self.first = header.bottom + 1
        self.stamp = header.need(Role.STAMP)
        self.clock, self.shift, self.line = (header.one(role) for role in (Role.CLOCK, Role.SHIFT, Role.LINE))
        self.mode, self.interval = job.profile.stamp, timedelta(minutes=job.profile.interval_minutes)
        self.lines = {normal(word): code for word, code in job.profile.lines.items()}
        self.shifts = {normal(word): no for word, no in job.profile.shifts.items()}

    def run(self) -> Rows:
        """One pass; rows that repeat a stamp or a line cost two look-ups."""
        found, slots, fixed = Rows(), set[tuple[int, str]](), self.job.profile.line
        seen_ats: dict[tuple[object, ...], int] = {}
        seen_lines: dict[object, str] = {}
        data, stamp, clock, shift, line = self.sheet.rows or [], self.stamp, self.clock, self.shift, self.line
        for number in range(self.first, len(data)):
            row = data[number]
            key = (row[stamp], row[clock] if clock is not None else None, row[shift] if shift is not None else None)
            at = seen_ats.get(key)
            if at is None:
                at = self._place(number, row, key, found)
                if at is None:
                    break
                if at >= 0:
                    seen_ats[key] = at
            if at < 0:
                continue
            code = fixed
            if line is not None:
                word = row[line]
                if word not in seen_lines:
                    known = self._line(number, word, found)
                    if known is None:
                        continue
                    seen_lines[word] = known
                code = seen_lines[word]
            found.rows.append(number)
            found.ats.append(at)
            found.lines.append(code)
            slots.add((at, code))
        if len(slots) < len(found.rows) or self.job.values.sheets:
            self.job.repeated = True
        return found

    def _place(self, number: int, row: list[object], key: tuple[object, ...], found: Rows) -> int | None:
        """Stamp number; BAD for a row that is no data (said why); None at the end of the table."""
        label, clock, shift = key
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        empty = not words and all(cell == "" for cell in row)
        if empty:
            return BAD
        at = self._label(label, clock)
        if at is None:
            if words and self.job.is_stop(words[0]):
                self._after_stop(number, words[0])
                return None
            if self._total(number, [label, shift, *words[:1]], found):
                return BAD
            if normal(str(label)) and not isinstance(label, str):
                self._bad("date_bad", number, label)
            elif str(label).strip():
                if self._has_values(row):
                    self._bad("date_bad", number, label)
            elif self._has_values(row):
                self._bad("date_missing", number, "")
            return BAD
        if self._total(number, [shift], found):
            return BAD
        return self._stamp(number, at, shift)

    def _has_values(self, row: list[object]) -> bool:
        return any(isinstance(cell, int | float) for cell in row) or (
            self.job.csv and sum(1 for cell in row if str(cell).strip()) > 1
        )

    def _bad(self, code: str, row: int, value: object) -> None:
        self.job.collect.add(code, sheet=self.sheet.name, row=row, column=self.stamp, value=value)

    def _total(self, number: int, cells: list[object], found: Rows) -> bool:
        word = next(
            (cell for cell in cells if isinstance(cell, str) and cell.strip() and self.job.is_total(cell)), None
        )
        if word is None:
            return False
        found.totals.append((number, word))
        self.job.collect.add("totals_skipped", sheet=self.sheet.name, row=number, value=word.strip())
        return True

    def _label(self, label: object, clock: object) -> datetime | None:
        profile = self.job.profile
        if isinstance(label, str) and not label.strip():
            return None
        at = dates.read_stamp(label, order=self.order, formats=profile.date_formats, date1904=self.job.date1904)
        if at is None and profile.grain in ("month", "settlement"):
            month = month_in(str(label), year=self.job.expected.first.year if self.job.expected else None)
            at = datetime.combine(month.first, datetime.min.time()) if month else None
        if at is None or clock in (None, ""):
            return at
        hours = dates.read_clock(clock)
        return None if hours is None else datetime.combine(at.date(), datetime.min.time()) + hours

    def _stamp(self, number: int, at: datetime, shift: object) -> int:
        job, grain, calendar = self.job, self.job.profile.grain, self.job.calendar
        if grain in ("instant", "hour"):
            if self.mode in (StampMode.CLOSES, StampMode.CLOSES_24):
                at = dates.close_up(at)
            return job.stamp(job.stamper.place(label=at, mode=self.mode, interval=self.interval or None))
        day = at.date()
        if grain == "shift":
            no = self._shift_no(day, shift)
            if no is None:
                code = "shift_unknown" if str(shift or "").strip() else "shift_missing"
                known = "、".join([*self.job.profile.shifts, *(slot.name for slot in calendar.shifts_on(day))])
                job.collect.add(
                    code, sheet=self.sheet.name, row=number, column=self.shift, value=shift or "", known=known
                )
                return BAD
            return job.span(*calendar.bounds(day, no), day, no)
        if grain == "day":
            return job.span(*calendar.bounds(day), day)
        month = Period.month(day.year, day.month)
        return job.span(*calendar.span(month), calendar.days_of(month)[1], 0, month)

    def _shift_no(self, day: date, shift: object) -> int | None:
        word = normal(str(int(shift)) if isinstance(shift, float) and shift.is_integer() else str(shift or ""))
        if word in self.shifts:
            return self.shifts[word]
        slots = self.job.calendar.shifts_on(day)
        for slot in slots:
            if word and word in (
                normal(slot.name),
                normal(slot.name) + "班",
                normal(slot.name).removesuffix("班"),
                str(slot.no),
            ):
                return slot.no
        return None

    def _line(self, number: int, word: object, found: Rows) -> str | None:
        text = str(int(word)) if isinstance(word, float) and word.is_integer() else str(word)
        if not text.strip():
            self.job.collect.add("line_missing", sheet=self.sheet.name, row=number, column=self.line)
            return None
        code = self.lines.get(normal(text)) if self.lines else text.strip()
        if self.job.is_total(text) and (not self.lines or code is None):
            found.totals.append((number, text))
            self.job.collect.add(
                "totals_skipped", sheet=self.sheet.name, row=number, column=self.line, value=text.strip()
            )
            return None
        if code is None:
            known = "、".join(self.job.profile.lines)
            self.job.collect.add(
                "line_unknown", sheet=self.sheet.name, row=number, column=self.line, value=text, known=known
            )
        return code

    def _after_stop(self, number: int, word: str) -> None:
        """What stands below the signatures is not read; when it looks like data, that is said."""
        rest = (self.sheet.rows or [])[number + 1 :]
        more = sum(1 for row in rest if self._label(row[self.stamp], "") is not None and self._has_values(row))
        if more:
            self.job.collect.ask(
                "rows_after_stop", ("skip",), sheet=self.sheet.name, row=number, value=word.strip(), count=more
            )
