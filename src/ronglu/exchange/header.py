"""Finds the header of a table by its words and says which column of the sheet plays which part."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ronglu.exchange.collect import Collector
from ronglu.exchange.prescan import column_number
from ronglu.exchange.problems import letter
from ronglu.exchange.profile import Column, Profile, Role
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.words import normal, split_unit

SEARCHED = 60  # rows from the top in which a header may stand


@dataclass(frozen=True, slots=True)
class Title:
    """The header over one column: its levels from the top, and the unit in the last of them."""

    index: int
    levels: tuple[str, ...]

    @property
    def shown(self) -> str:
        return " / ".join(self.levels)

    @property
    def unit(self) -> str:
        return next((unit for level in reversed(self.levels) if (unit := split_unit(level)[1])), "")

    def names(self) -> tuple[str, ...]:
        """What a profile's word may equal, best first: the whole path, the last level, and both without the unit."""
        whole = [normal(level) for level in self.levels]
        plain = [split_unit(level)[0] for level in self.levels]
        paths = (
            ("/".join(whole), "".join(whole), whole[-1], "/".join(plain), "".join(plain), plain[-1]) if whole else ()
        )
        return tuple(dict.fromkeys(paths))


@dataclass(slots=True)
class Header:
    top: int
    bottom: int  # last header row; -1 when the table has none
    found: list[tuple[Column, Title]] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)

    def one(self, role: Role) -> int | None:
        return next((title.index for column, title in self.found if column.role is role), None)

    def need(self, role: Role) -> int:
        """A column that the caller has made sure of."""
        return next(title.index for column, title in self.found if column.role is role)


def fill_merged(sheet: Sheet, first: int, last: int, columns: Iterable[int] | None = None) -> None:
    """A merged cell's value holds for its whole range; done only inside the given rows (and columns)."""
    rows = sheet.rows or []
    only = None if columns is None else set(columns)
    for top, left, bottom, right in sheet.scan.merged:
        if top > last or bottom < first or top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in range(max(top, first), min(bottom, last, len(rows) - 1) + 1):
            for column in range(left, min(right + 1, len(rows[row]))):
                if only is None or column in only:
                    rows[row][column] = value


def titles(sheet: Sheet, top: int, bottom: int) -> list[Title]:
    rows = sheet.rows or []
    width = max((len(rows[row]) for row in range(top, bottom + 1) if row < len(rows)), default=0)
    found = []
    for index in range(width):
        levels: list[str] = []
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            text = str(rows[row][index]).strip() if index < len(rows[row]) else ""
            if text and (not levels or normal(levels[-1]) != normal(text)):
                levels.append(text)
        if levels:
            found.append(Title(index, tuple(levels)))
    return found


def locate(sheet: Sheet, profile: Profile, collect: Collector) -> Header | None:
    """The header and its columns; None (and an error) when it is not there."""
    rows = sheet.rows or []
    if not any(column.words for column in profile.columns):
        pinned = [
            (column, Title(column_number(column.at), ()))
            for column in profile.columns
            if column.role is not Role.IGNORE
        ]
        return Header(0, (profile.header_at or 1) + profile.header_rows - 2 if profile.header_at else -1, pinned)
    words = {normal(word): column for column in profile.columns for word in column.words}
    if profile.header_at:
        start = profile.header_at - 1
    else:
        start = _best_row(rows, words, profile)
        if start < 0:
            wanted = "、".join(column.words[0] for column in profile.columns if column.words and column.required)
            collect.add("header_missing", sheet=sheet.name, wanted=wanted, rows=min(SEARCHED, len(rows)))
            return None
    bottom = start + profile.header_rows - 1
    fill_merged(sheet, start, bottom)
    header = Header(start, bottom, titles=titles(sheet, start, bottom))
    _assign(header, profile, words, sheet.name, collect)
    return header


def _best_row(rows: list[list[object]], words: dict[str, Column], profile: Profile) -> int:
    """The first row whose words name the most columns; a row that names neither the stamp nor two columns is none."""
    best, most = -1, 0
    need = 2 if sum(1 for column in profile.columns if column.words) > 1 else 1
    for number, row in enumerate(rows[:SEARCHED]):
        block = rows[number : number + profile.header_rows]
        texts = {
            name
            for line in block
            for text in line
            if isinstance(text, str) and text
            for name in (normal(text), split_unit(text)[0])
        }
        if profile.header_rows > 1:
            texts |= {"/".join(parts) for parts in _paths(block)}
        count = len({id(column) for word, column in words.items() if word in texts})
        if any(isinstance(text, str) and text for text in row) and count > most:
            best, most = number, count
    return best if most >= need else -1


def _paths(block: list[list[object]]) -> Iterable[tuple[str, ...]]:
    """Vertical paths with blanks filled from the left, good enough to find the row; the merged ranges decide later."""
    above = ""
    width = max(map(len, block))
    for index in range(width):
        column = [normal(str(line[index])) if index < len(line) else "" for line in block]
        above = column[0] or above
        yield tuple(part for part in (above, *column[1:]) if part)


def _assign(header: Header, profile: Profile, words: dict[str, Column], sheet: str, collect: Collector) -> None:
    pins = {column_number(column.at): column for column in profile.columns if column.at}
    claims: dict[int, list[tuple[int, Title]]] = {}
    for title in header.titles:
        column = pins.get(title.index)
        rank = -1
        if column is None:
            rank, column = next(
                ((rank, words[name]) for rank, name in enumerate(title.names()) if name in words), (0, None)
            )
        if column is None:
            collect.add("column_unknown", sheet=sheet, row=header.bottom, column=title.index, value=title.shown)
        else:
            claims.setdefault(id(column), []).append((rank, title))
    for column in profile.columns:
        claimed = sorted(claims.get(id(column), ()), key=lambda claim: claim[0])
        best = [title for rank, title in claimed if rank == claimed[0][0]]
        if len(best) > 1:
            places = "、".join(f"{letter(title.index)}({title.shown})" for title in best)
            collect.add("column_twice", sheet=sheet, row=header.bottom, word=_name(column), places=places)
        elif best:
            header.found.append((column, best[0]))
            for _, title in claimed[1:]:
                collect.add("column_unknown", sheet=sheet, row=header.bottom, column=title.index, value=title.shown)
        elif column.required and column.role is not Role.IGNORE:
            present = "、".join(title.shown for title in header.titles[:40])
            collect.add("column_missing", sheet=sheet, row=header.bottom, word=_name(column), present=present)


def _name(column: Column) -> str:
    return column.words[0] if column.words else column.at
