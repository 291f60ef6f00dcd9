"""Reads the two-level header of a monthly form: what each column is, from the words of both levels, never from its position."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ronglu.exchange.header import SEARCHED, Title, fill_merged, titles
from ronglu.exchange.job import Job
from ronglu.exchange.prescan import column_number
from ronglu.exchange.problems import letter
from ronglu.exchange.profile import GROUPS, SPANS, Role
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.words import normal, split_unit, words_of

MONTH = re.compile(r"(\d{1,2})月份?")
DAY = re.compile(r"(\d{1,2})[日号]?")
KEYS = (Role.LABEL, Role.UNIT, Role.CODE)
DEEPEST = 3  # header rows below the first


@dataclass(frozen=True, slots=True)
class Span:
    """What a column holds: group actual/last/plan, span month/ytd/year or m (one of the months) or d (a day), with its number."""

    group: str
    span: str
    number: int = 0

    @property
    def name(self) -> str:
        return f"{self.group}.{ {'m': 'months', 'd': 'days'}.get(self.span, self.span) }"


@dataclass(slots=True)
class MatrixHeader:
    top: int
    bottom: int
    keys: dict[Role, int] = field(default_factory=dict)
    spans: list[tuple[Span, Title]] = field(default_factory=list)


class Words:
    """The synonym table with what this profile adds."""

    def __init__(self, job: Job) -> None:
        extra = job.profile.synonyms
        self.groups = {word: group for group in GROUPS for word in words_of(f"group.{group}", extra)}
        self.spans = {word: span for span in SPANS for word in words_of(f"span.{span}", extra)}
        self.both = {
            word: (group, span)
            for group in GROUPS
            for span in SPANS
            for word in words_of(f"both.{group}.{span}", extra)
        }
        self.keys = {word: role for role in KEYS for word in words_of(str(role), extra)}
        self.ignored = words_of("compared", extra) | words_of("remark", extra)

    def headers(self, text: str) -> bool:
        text = split_unit(text)[0]
        return (
            text in self.groups
            or text in self.spans
            or text in self.both
            or bool(MONTH.fullmatch(text))
            or text in self.ignored
        )

    def span(self, levels: tuple[str, ...]) -> Span | None:
        """The upper level decides the group: 上年同期 over 本月实际 is last year's month."""
        texts = [split_unit(level)[0] for level in levels]
        *above, last = texts
        group = next((self.groups[text] for text in reversed(above) if text in self.groups), "")
        if last in self.both and not (group and last in self.spans):
            own, span = self.both[last]
            return Span(group or own, span)
        if found := MONTH.fullmatch(last):
            return Span(group or "actual", "m", int(found[1])) if 1 <= int(found[1]) <= 12 else None
        if last in self.spans:
            return Span(group or "actual", self.spans[last])
        if last in self.groups:
            return Span(self.groups[last], "month")
        if found := DAY.fullmatch(last.removesuffix(".0")):
            return Span(group or "actual", "d", int(found[1])) if 1 <= int(found[1]) <= 31 else None
        return None


def read_header(job: Job, sheet: Sheet) -> MatrixHeader | None:
    words = Words(job)
    where = _rows(job, sheet, words)
    if where is None:
        job.collect.add(
            "header_missing", sheet=sheet.name, wanted="项目、本月、累计", rows=min(SEARCHED, len(sheet.rows or []))
        )
        return None
    header = MatrixHeader(*where)
    fill_merged(sheet, header.top, header.bottom)
    pins = {column_number(column.at): column.role for column in job.profile.columns if column.at}
    unknown = []
    for title in titles(sheet, header.top, header.bottom):
        role = pins.get(title.index) or next((words.keys[name] for name in title.names() if name in words.keys), None)
        if role in KEYS:
            header.keys.setdefault(role, title.index)
        elif any(name in words.ignored for name in title.names()) or role is Role.IGNORE:
            continue
        elif span := words.span(title.levels):
            header.spans.append((span, title))
        else:
            unknown.append(title)
    _days_only_as_a_month(header, unknown)
    return header if _complete(job, sheet, header, unknown) else None


def _rows(job: Job, sheet: Sheet, words: Words) -> tuple[int, int] | None:
    """First row with the label word or two header words; down to the last one without numbers that still has header words."""
    rows = sheet.rows or []
    if job.profile.header_at:
        return job.profile.header_at - 1, job.profile.header_at - 2 + job.profile.header_rows
    for number, row in enumerate(rows[:SEARCHED]):
        texts = [normal(cell) for cell in row if isinstance(cell, str) and cell.strip()]
        counted = sum(words.headers(text) for text in texts)
        days = sum(isinstance(cell, float) and 1 <= cell <= 31 for cell in row) + sum(
            bool(DAY.fullmatch(text)) for text in texts
        )
        labelled = any(text in words.keys for text in texts)
        if counted >= 2 or (labelled and (counted or days >= 10 or _has_header(rows, number + 1, words))):
            bottom = number
            while bottom + 1 < len(rows) and bottom - number < DEEPEST - 1 and _has_header(rows, bottom + 1, words):
                bottom += 1
            return number, bottom
    return None


def _has_header(rows: list[list[object]], number: int, words: Words) -> bool:
    if number >= len(rows) or any(isinstance(cell, int | float) for cell in rows[number]):
        return False
    return sum(words.headers(normal(cell)) for cell in rows[number] if isinstance(cell, str)) >= 1


def _days_only_as_a_month(header: MatrixHeader, unknown: list[Title]) -> None:
    """Lone numbers over columns are days only where there are ten or more of them."""
    days = [pair for pair in header.spans if pair[0].span == "d"]
    if days and len(days) < 10:
        header.spans = [pair for pair in header.spans if pair[0].span != "d"]
        unknown += [title for _, title in days]


def _complete(job: Job, sheet: Sheet, header: MatrixHeader, unknown: list[Title]) -> bool:
    collect = job.collect
    for title in unknown:
        collect.ask(
            "word_unknown", ("skip",), sheet=sheet.name, row=header.bottom, column=title.index, value=title.shown
        )
    if Role.LABEL not in header.keys:
        collect.add(
            "column_missing",
            sheet=sheet.name,
            row=header.bottom,
            word="项目",
            present="、".join(t.shown for _, t in header.spans),
        )
        return False
    for span, count in Counter(span for span, _ in header.spans).items():
        if count > 1:
            places = "、".join(f"{letter(t.index)}({t.shown})" for s, t in header.spans if s == span)
            collect.add(
                "column_twice",
                sheet=sheet.name,
                row=header.bottom,
                word=f"{GROUPS[span.group]} {SPANS.get(span.span, span.number)}",
                places=places,
            )
            header.spans = [(s, t) for s, t in header.spans if s != span]
    return bool(header.spans)
