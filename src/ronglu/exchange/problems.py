"""How the reading side speaks: a problem with its place and its Chinese sentence, and the refusals that stop a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ronglu.exchange.messages import MESSAGES


class Severity(StrEnum):
    """error blocks the import; question blocks it until answered; note only informs."""

    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


def letter(column: int) -> str:
    """0 -> A, 27 -> AB."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell_name(row: int, column: int) -> str:
    """Zero-based row and column -> the name people see, B12."""
    return f"{letter(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` and `column` are as people count them (from 1, letters); `key` names the question for `answers`."""

    code: str
    severity: Severity
    message: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    key: str = ""
    choices: tuple[str, ...] = ()
    args: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.column and self.row else ""

    @property
    def where(self) -> str:
        """表 日报 · B12, or as much of it as is known."""
        spot = self.cell or (f"第 {self.row} 行" if self.row else f"{self.column} 列" if self.column else "")
        return " · ".join(part for part in (f"表 {self.sheet}" if self.sheet else "", spot) if part)

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "value": self.value,
            "key": self.key,
            "choices": list(self.choices),
        }


def problem(
    code: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: int | None = None,
    value: object = "",
    key: str = "",
    choices: tuple[str, ...] = (),
    severity: Severity | None = None,
    **args: Any,
) -> Problem:
    """Build a problem from its code; row and column are zero-based here. Severity and sentence come from the message table."""
    default, template = MESSAGES[code]
    shown = str(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    words = {**args, "value": shown}
    return Problem(
        code=code,
        severity=severity or Severity(default),
        message=template.format(**words),
        sheet=sheet,
        row=None if row is None else row + 1,
        column="" if column is None else letter(column),
        value=shown,
        key=key,
        choices=choices,
        args=words,
    )


class Refused(Exception):
    """A whole file that may not come in. `code` names the reason, the text says it to the person who tried."""

    code = "refused"

    def __init__(self, message: str, **args: object) -> None:
        super().__init__(message)
        self.message = message
        self.args_given = args


class WrongType(Refused):
    code = "wrong_type"


class Encrypted(Refused):
    code = "encrypted"


class MacroFile(Refused):
    code = "macro"


class ZipBomb(Refused):
    code = "zip_bomb"


class TooLarge(Refused):
    code = "too_large"


class AbsurdExtent(Refused):
    code = "absurd_extent"


class Damaged(Refused):
    code = "damaged"


class ParserCrashed(Refused):
    code = "parser_crashed"


class ParserTimeout(Refused):
    code = "parser_timeout"


class Cancelled(Exception):
    """The person took the import back while it was read."""


REFUSALS = {
    cls.code: cls
    for cls in (WrongType, Encrypted, MacroFile, ZipBomb, TooLarge, AbsurdExtent, Damaged, ParserCrashed, ParserTimeout)
}
