"""Turns the cells of one value column into exact text and scaled integers, and says of every other cell why it is no value."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from ronglu.exchange.job import Job, Special
from ronglu.exchange.measures import Plan
from ronglu.exchange.numbers import PRECISE, is_error, number_text
from ronglu.exchange.percent import settle_percent
from ronglu.exchange.plausible import even, judge
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.words import normal

HUNDRED = Decimal(100)
DELETE = object()


@dataclass(slots=True)
class Read:
    """Lists side by side; `outs` are positions whose value is not believable."""

    texts: list[str] = field(default_factory=list)
    scaled: list[int | None] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    ats: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    outs: list[int] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)

    def without(self, gone: set[int]) -> None:
        if not gone:
            return
        kept = [n for n in range(len(self.texts)) if n not in gone]
        moved = {old: new for new, old in enumerate(kept)}
        for name in ("texts", "scaled", "rows", "ats", "lines"):
            whole = getattr(self, name)
            setattr(self, name, [whole[n] for n in kept])
        self.deleted = [moved[n] for n in self.deleted if n in moved]


def read_column(
    job: Job,
    sheet: Sheet,
    plan: Plan,
    index: int,
    *,
    rows: list[int],
    ats: list[int],
    lines: list[str],
    late: frozenset[int] = frozenset(),
) -> Read | None:
    """None when the whole column is refused. `late` are stamps after the report's period: a zero there is no value."""
    special = job.special(sheet, index)
    percent = settle_percent(job, sheet, plan, index, rows, special)
    if percent is None:
        return None
    read = _read(job, sheet, plan, index, rows, ats, lines, late, special, percent)
    if read.outs:
        refused = judge(job, sheet, plan, index, read)
        if refused is None:
            return None
        read.without(refused)
    elif plan.low is None and plan.high is None and not even(job, sheet, plan, index, read):
        return None
    if special.linked and (count := sum(1 for row in read.rows if row in special.linked)):
        job.collect.add("linked", sheet=sheet.name, column=index, count=count)
    return read


def _read(
    job: Job,
    sheet: Sheet,
    plan: Plan,
    index: int,
    rows: list[int],
    ats: list[int],
    lines: list[str],
    late: frozenset[int],
    special: Special,
    percent: frozenset[int] | set[int],
) -> Read:
    """The loop that every value passes, so plain numbers take the shortest way through it."""
    data, factor, decimals, low, high = sheet.rows or [], plan.factor, plan.decimals, plan.low, plan.high
    plain, bounded = factor == 1 and not percent, low is not None or high is not None
    read = Read()
    texts, scaled, kept, kept_ats, kept_lines = read.texts, read.scaled, read.rows, read.ats, read.lines
    zeros = 0
    text_numbers: list[int] = []
    for row, at, line in zip(rows, ats, lines, strict=True):
        value = data[row][index]
        kind = value.__class__
        if kind is float:
            text = repr(value)
            if text[-2:] == ".0":
                text = text[:-2]
            elif "e" in text:
                text = format(Decimal(text), "f")
        else:
            found = _other(job, sheet, plan, row, index, value, special, text_numbers)
            if found is None:
                continue
            if found is DELETE:
                read.deleted.append(len(texts))
                texts.append(str(value).strip())
                scaled.append(None)
                kept.append(row)
                kept_ats.append(at)
                kept_lines.append(line)
                continue
            text = str(found)
        number = Decimal(text)
        if late and at in late:
            if not number:
                zeros += 1
                continue
            if (
                job.collect.ask("after_period", ("keep", "skip"), sheet=sheet.name, row=row, column=index, value=text)
                != "keep"
            ):
                continue
        if not plain:
            number = PRECISE.multiply(number, factor * HUNDRED if row in percent else factor)
        if bounded and ((low is not None and number < low) or (high is not None and number > high)):
            read.outs.append(len(texts))
        texts.append(text)
        scaled.append(int(number.scaleb(decimals).to_integral_value(ROUND_HALF_UP)))
        kept.append(row)
        kept_ats.append(at)
        kept_lines.append(line)
    if zeros:
        job.collect.add("zero_after_period", sheet=sheet.name, column=index, count=zeros)
    if text_numbers:
        job.collect.add("text_number", sheet=sheet.name, row=text_numbers[0], column=index, count=len(text_numbers))
    return read


def _other(
    job: Job, sheet: Sheet, plan: Plan, row: int, column: int, value: object, special: Special, text_numbers: list[int]
) -> object:
    """Decimal text, DELETE, or None for no value (with its reason, unless it is simply blank)."""
    name, collect = sheet.name, job.collect
    if isinstance(value, str):
        if value == "" or not (text := value.strip()):
            if row in special.errors:
                collect.add("error_value", sheet=name, row=row, column=column, value=special.errors[row])
            elif row in special.uncached:
                collect.ask("formula_uncached", ("skip",), sheet=name, row=row, column=column)
            return None
        found = number_text(text, decimal_comma=job.profile.decimal_comma)
        if found is not None:
            if not job.csv:
                text_numbers.append(row)
            return found
        return _word(job, sheet, plan, row, column, text)
    if isinstance(value, bool):
        collect.ask("not_a_number", ("skip",), sheet=name, row=row, column=column, value="是" if value else "否")
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | datetime | time | timedelta):
        collect.ask("date_as_value", ("skip",), sheet=name, row=row, column=column, value=value)
    return None


def _word(job: Job, sheet: Sheet, plan: Plan, row: int, column: int, text: str) -> object:
    plain = normal(text)
    if plain in job.nulls:
        return None
    if plain in job.deletes:
        return DELETE
    if is_error(text):
        job.collect.add("error_value", sheet=sheet.name, row=row, column=column, value=text)
        return None
    if (
        plan.is_percent
        and plain.endswith("%")
        and (found := number_text(plain[:-1], decimal_comma=job.profile.decimal_comma)) is not None
    ):
        return found
    job.collect.ask("text_in_value", ("skip",), sheet=sheet.name, row=row, column=column, value=text)
    return None
