"""The header of a personnel roster: which columns are kept, which are refused by name and why, which must be asked about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.org.errors import OrgTrouble

LOOK_AT = 10
"""A header stands in the first rows; titles and notes may stand above it."""


class ForbiddenColumns(OrgTrouble):
    """名册中有不得保存的列。"""


@dataclass(frozen=True, slots=True)
class Field:
    code: str
    label: str
    words: frozenset[str]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Words that may or may not mean a field: the person importing decides."""

    words: frozenset[str]
    field: str
    question: str


@dataclass(frozen=True, slots=True)
class Refusal:
    words: frozenset[str]
    parts: tuple[str, ...]
    """Refused wherever the name contains one of these."""
    reason: str


@dataclass(frozen=True)
class Columns:
    """The synonym table, kept as data."""

    fields: tuple[Field, ...]
    ask: tuple[Ask, ...]
    refused: tuple[Refusal, ...]
    values: Mapping[str, Mapping[str, str]]
    """Field → word in the cell → what it means here."""
    loose: frozenset[str] = frozenset()
    """Fields whose unknown words are let go instead of reported as wrong."""

    def meaning(self, field: str, cell: str) -> str | None:
        """What the cell says, None for a word that is not in the table."""
        return self.values[field].get(plain_name(cell))

    def allowed(self, field: str) -> str:
        """The words a cell of this column may hold, one for each meaning."""
        firsts: dict[str, str] = {}
        for word, meant in self.values[field].items():
            firsts.setdefault(meant, word)
        return "、".join(firsts.values())

    def field_of(self, name: str) -> str | None:
        """By the whole name; else by its parts, when exactly one field is meant (学号/工号)."""
        meant = {field.code for field in self.fields if name in field.words}
        meant = meant or {field.code for part in _parts(name) for field in self.fields if part in field.words}
        return meant.pop() if len(meant) == 1 else None

    def refusal(self, name: str) -> str | None:
        for part in (name, *_parts(name)):
            for refusal in self.refused:
                if part in refusal.words or any(word in part for word in refusal.parts):
                    return refusal.reason
        return None

    def asked(self, name: str) -> Ask | None:
        return next((ask for ask in self.ask if name in ask.words), None)

    def label(self, code: str) -> str:
        return next(field.label for field in self.fields if field.code == code)


@dataclass(frozen=True, slots=True)
class Column:
    """One header cell: its place (from 0), its words as they stand there, and what became of it."""

    index: int
    name: str
    field: str | None = None
    say: str = ""


@dataclass(frozen=True, slots=True)
class HeaderCheck:
    row: int
    """Which row is the header, from 0."""
    kept: tuple[Column, ...]
    refused: tuple[Column, ...]
    questions: tuple[Column, ...]
    unknown: tuple[Column, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def ready(self) -> bool:
        return not (self.refused or self.questions or self.unknown or self.missing or self.doubled)

    @property
    def places(self) -> dict[str, int]:
        """Field → column index."""
        return {column.field: column.index for column in self.kept if column.field}

    def messages(self) -> list[str]:
        """For the person importing: what stands where, and what would be right."""
        said = [
            f"{cell_name(self.row, c.index)} “{c.name}”：{c.say}。请在文件中删去这一列后再导入" for c in self.refused
        ]
        said += [f"{cell_name(self.row, c.index)} “{c.name}”：{c.say}" for c in self.questions]
        said += [f"{cell_name(self.row, c.index)} “{c.name}”：不认识这一列，确认忽略后才能导入" for c in self.unknown]
        said += [f"缺少必需的列“{label}”" for label in self.missing]
        said += [f"有两列都是“{label}”，请只留一列" for label in self.doubled]
        return said

    def require(self) -> None:
        """Nothing of a sheet with a forbidden column is read."""
        if self.refused:
            names = "、".join(f"“{column.name}”（{column.say}）" for column in self.refused)
            raise ForbiddenColumns(f"名册中有不得保存的列：{names}。请在文件中删去后再导入")


def check_header(
    rows: Sequence[Sequence[object]],
    columns: Columns,
    *,
    confirmed: Mapping[str, bool] | None = None,
    ignore: Collection[str] = (),
) -> HeaderCheck:
    """`confirmed` answers questions by column name (True = yes, it is that field); `ignore` names unknown columns let go."""
    row = find_header(rows, columns)
    names = [(index, _shown(cell)) for index, cell in enumerate(rows[row])] if rows else []
    seen = [_column(index, name, columns, confirmed or {}) for index, name in names if name]
    kept = [column for column in seen if column.field and not column.say]
    codes = [column.field for column in kept]
    return HeaderCheck(
        row=row,
        kept=tuple(kept),
        refused=tuple(c for c in seen if c.say and not c.field),
        questions=tuple(c for c in seen if c.say and c.field),
        unknown=tuple(c for c in seen if not c.say and not c.field and not _let_go(c.name, ignore, confirmed or {})),
        missing=tuple(field.label for field in columns.fields if field.required and field.code not in codes),
        doubled=tuple(columns.label(code) for code in dict.fromkeys(codes) if code and codes.count(code) > 1),
    )


def _column(index: int, name: str, columns: Columns, confirmed: Mapping[str, bool]) -> Column:
    plain = plain_name(name)
    refusal = columns.refusal(plain)
    if refusal:
        return Column(index, name, say=refusal)
    ask = columns.asked(plain)
    if ask is None:
        return Column(index, name, columns.field_of(plain))
    if name not in confirmed:
        return Column(index, name, ask.field, ask.question)
    return Column(index, name, ask.field if confirmed[name] else None)


def _let_go(name: str, ignore: Collection[str], confirmed: Mapping[str, bool]) -> bool:
    """Ignored on the user's word: named as such, or a question answered with no."""
    return name in ignore or confirmed.get(name) is False


def find_header(rows: Sequence[Sequence[object]], columns: Columns) -> int:
    """The row with the most words we know, of whatever kind; the first one in doubt."""

    def known(row: Sequence[object]) -> int:
        names = [plain_name(_shown(cell)) for cell in row]
        return sum(bool(columns.refusal(n) or columns.asked(n) or columns.field_of(n)) for n in names if n)

    scores = [known(row) for row in rows[:LOOK_AT]]
    return scores.index(max(scores)) if scores else 0


def plain_name(name: str) -> str:
    """Blanks, brackets with what is in them, stars and colons taken away; full width made half."""
    text = unicodedata.normalize("NFKC", name)
    text = re.sub(r"[(\[【〔].*?[)\]】〕]", "", text)
    return re.sub(r"[\s*:：\u200b\ufeff]+", "", text)


def _parts(name: str) -> list[str]:
    found = [part for part in re.split(r"[/、,,;;|]|或", name) if part]
    return found if len(found) > 1 else []


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def cell_name(row: int, index: int) -> str:
    letters, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def load(data: Mapping[str, Any]) -> Columns:
    """The `roster` section of the organisation pack."""
    return Columns(
        fields=tuple(
            Field(code, row["label"], _words(row["words"]), bool(row.get("required", False)))
            for code, row in data["fields"].items()
        ),
        ask=tuple(Ask(_words(row["words"]), row["field"], row["question"]) for row in data["ask"]),
        refused=tuple(
            Refusal(
                _words(word for word in row["words"] if not word.endswith("*")),
                tuple(word.rstrip("*") for word in row["words"] if word.endswith("*")),
                row["reason"],
            )
            for row in data["refused"]
        ),
        values={
            field: {plain_name(word): meant for meant, words in table.items() for word in words}
            for field, table in data["values"].items()
        },
        loose=frozenset(data.get("loose", ())),
    )


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(plain_name(word) for word in words)
