"""Looks at a workbook and proposes how to read it, for a person who then points at columns; proposes, never decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ronglu.exchange import dates
from ronglu.exchange.guard import Checked, check
from ronglu.exchange.header import SEARCHED, Title, fill_merged, titles
from ronglu.exchange.limits import Limits
from ronglu.exchange.numbers import number_text
from ronglu.exchange.problems import letter
from ronglu.exchange.profile import Column, Measure, Profile, Role, SheetRule
from ronglu.exchange.sandbox import Read, Sheet, read_file
from ronglu.exchange.words import normal, split_unit, words_of
from ronglu.kernel.measure.series import Series

KEYS = (Role.STAMP, Role.CLOCK, Role.SHIFT, Role.LINE)
SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of one sheet as text, and what is known of its other rows and of the other sheets."""

    sheet: str
    sheets: tuple[tuple[str, str, int, int], ...]  # name, state, rows, columns (0 × 0 for sheets not looked into)
    letters: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    hidden_rows: tuple[tuple[int, int], ...]
    hidden_columns: tuple[tuple[int, int], ...]
    encoding: str
    delimiter: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column may be; `why` says it to the person."""

    letter: str
    title: str
    role: Role | None
    series: tuple[str, ...] = ()  # candidates, best first
    unit: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    profile: Profile
    sheet: str
    header_row: int  # counted from 1
    guesses: tuple[Guess, ...]
    open_points: tuple[str, ...] = field(default_factory=tuple)  # what the person has to say


def preview(path: str | Path | Checked, sheet: str = "", *, rows: int = 30, limits: Limits = Limits()) -> Preview:
    """The named sheet (also a hidden one), else the first visible one that holds something."""
    read = _head(path, sheet, rows, limits)
    chosen = _pick(read, sheet)
    scan = chosen.scan
    shown = tuple(tuple(_text(cell) for cell in row) for row in (chosen.rows or [])[:rows])
    width = max((len(row) for row in shown), default=0)
    return Preview(
        chosen.name,
        tuple((s.name, s.scan.state, s.scan.rows, s.scan.columns) for s in read.sheets),
        tuple(letter(n) for n in range(width)),
        shown,
        tuple(scan.merged),
        tuple(scan.hidden_rows),
        tuple(scan.hidden_columns),
        read.encoding,
        read.delimiter,
    )


def suggest(
    path: str | Path | Checked,
    sheet: str = "",
    *,
    series: Mapping[str, Series] | None = None,
    lines: Collection[str] = (),
    header_row: int | None = None,
    name: str = "新方案",
    limits: Limits = Limits(),
) -> Suggestion:
    """A profile for a long table with what the words, units and first rows show. Never raises for an odd table: the gaps are open points."""
    chosen = _pick(_head(path, sheet, SAMPLE, limits), sheet)
    rows = chosen.rows or []
    top = header_row - 1 if header_row else _header(rows)
    fill_merged(chosen, top, top)
    body = rows[top + 1 :]
    guesses = [_guess(title, body, series or {}, lines) for title in titles(chosen, top, top)]
    guesses = _once(guesses)
    columns = tuple(_column(guess) for guess in guesses if guess.role is not None)
    grain = "shift" if any(g.role is Role.SHIFT for g in guesses) else "instant" if _has_clock(guesses, body) else "day"
    profile = Profile(
        name=name,
        sheets=SheetRule(names=() if chosen.name == "CSV" else (chosen.name.strip(),)),
        columns=columns,
        grain=grain,
    )
    return Suggestion(profile, chosen.name, top + 1, tuple(guesses), tuple(_open(profile, guesses)))


def pin(
    profile: Profile, *, column: str, role: Role, words: tuple[str, ...] = (), measure: Measure | None = None
) -> Profile:
    """The profile after the person pointed at a column (by letter); an earlier meaning of it, or of its words, goes."""
    taken = {normal(word) for word in words}
    kept = tuple(c for c in profile.columns if c.at != column and not taken & {normal(word) for word in c.words})
    added = () if role is Role.IGNORE else (Column(role, words, "" if words else column, measure=measure or Measure()),)
    return replace(profile, columns=kept + added)


def _head(path: str | Path | Checked, sheet: str, rows: int, limits: Limits) -> Read:
    checked = path if isinstance(path, Checked) else check(path, limits=limits)
    select: dict[str, Any] = {"names": [sheet.strip()], "hidden": [sheet.strip()]} if sheet else {}
    return read_file(checked, select=select, limits=limits, head=max(rows, SEARCHED))


def _pick(read: Read, sheet: str) -> Sheet:
    if found := next((s for s in read.sheets if s.name.strip() == sheet.strip() and s.rows is not None), None):
        return found
    return next((s for s in read.sheets if s.rows), read.sheets[0])


def _header(rows: list[list[Any]]) -> int:
    """The row with the most words that has numbers or dates below it; known header words count double."""
    known = frozenset().union(*(words_of(str(role)) for role in KEYS))
    best, most = 0, 0.0
    for number, row in enumerate(rows[:SEARCHED]):
        words = [cell for cell in row if isinstance(cell, str) and cell.strip() and number_text(cell) is None]
        below = rows[number + 1] if number + 1 < len(rows) else []
        figures = sum(1 for cell in below if _is_number(cell) or _is_date(cell))
        score = len(set(words)) + sum(split_unit(word)[0] in known for word in words) if figures else 0
        if score > most:
            best, most = number, score
    return best


def _guess(title: Title, body: list[list[Any]], series: Mapping[str, Series], lines: Collection[str]) -> Guess:
    cells = [row[title.index] for row in body if title.index < len(row) and str(row[title.index]).strip()]
    at, shown, names = letter(title.index), title.shown, title.names()
    for role in KEYS:
        if any(name in words_of(str(role)) for name in names):
            return Guess(at, shown, role, why="表头用词")
    if cells and sum(map(_is_date, cells)) * 2 > len(cells):
        return Guess(at, shown, Role.STAMP, why="内容是日期")
    if cells and sum(str(cell).strip() in lines for cell in cells) * 2 > len(cells):
        return Guess(at, shown, Role.LINE, why="内容是产线")
    numbers = sum(map(_is_number, cells))
    if not cells or numbers * 2 < len(cells):
        return Guess(at, shown, None, why="内容是文字" if cells else "没有内容")
    return Guess(at, shown, Role.VALUE, _candidates(title, series), title.unit, "内容是数")


def _candidates(title: Title, series: Mapping[str, Series]) -> tuple[str, ...]:
    """Series whose name is, or is contained in, the title; the same unit first."""
    from ronglu.exchange import units

    scored = []
    names = title.names()
    for code, item in series.items():
        own = normal(item.name)
        score = (
            4
            if own in names or normal(item.en) in names or normal(code) in names
            else 2
            if any(own in name or name in own for name in names if name)
            else 0
        )
        if score:
            scored.append((score + (1 if title.unit and units.factor(title.unit, item.unit) is not None else 0), code))
    return tuple(code for _, code in sorted(scored, key=lambda pair: -pair[0])[:5])


def _once(guesses: list[Guess]) -> list[Guess]:
    """Each key role once: the first keeps it."""
    seen: set[Role] = set()
    kept = []
    for guess in guesses:
        if guess.role in KEYS and guess.role in seen:
            guess = replace(guess, role=None, why="已有一列同类")
        if guess.role in KEYS and guess.role is not None:
            seen.add(guess.role)
        kept.append(guess)
    return kept


def _column(guess: Guess) -> Column:
    role = guess.role or Role.IGNORE
    measure = (
        Measure(series=guess.series[0] if guess.series else "", unit=guess.unit) if role is Role.VALUE else Measure()
    )
    return Column(role, (guess.title,), measure=measure)


def _has_clock(guesses: list[Guess], body: list[list[Any]]) -> bool:
    if any(guess.role is Role.CLOCK for guess in guesses):
        return True
    stamp = next((guess.letter for guess in guesses if guess.role is Role.STAMP), None)
    cells = [row[index] for row in body for index in range(len(row)) if letter(index) == stamp]
    return any(
        (isinstance(cell, datetime) and cell.time() != datetime.min.time()) or (isinstance(cell, str) and ":" in cell)
        for cell in cells
    )


def _open(profile: Profile, guesses: list[Guess]) -> list[str]:
    found = list(profile.problems())
    found += [f"列 {g.letter}“{g.title}”是数,请选序列" for g in guesses if g.role is Role.VALUE and not g.series]
    return found


def _is_number(cell: object) -> bool:
    return (isinstance(cell, int | float) and not isinstance(cell, bool)) or (
        isinstance(cell, str) and number_text(cell) is not None
    )


def _is_date(cell: object) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and dates.order_of([cell]) != "")


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)
