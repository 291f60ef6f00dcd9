"""What a loop asks people for: a field, its kind, and how what was typed becomes a value that JSON can keep exactly."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from ronglu.kernel.keys import key_of
from ronglu.kernel.loops.errors import BadField

LONGEST = 2000
SHORT = 120
BIGGEST = 12
"""Numbers have at most so many places before the point."""
LONGEST_NUMBER = 40
YEARS = range(2000, 2100)


class Kind(StrEnum):
    """`person`, `unit`, `body`, `zone`, `team` and `indicator` are named by their number or code; the caller looks them up."""

    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES = "yes"
    PERSON = "person"
    UNIT = "unit"
    BODY = "body"
    ZONE = "zone"
    TEAM = "team"
    INDICATOR = "indicator"


NAMED = frozenset({Kind.PERSON, Kind.UNIT, Kind.BODY, Kind.ZONE, Kind.TEAM})


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`unit` is printed behind a number; money is in yuan with two decimals. `least`: the smallest number that can be true."""

    code: str
    label: str
    en: str
    kind: Kind = Kind.TEXT
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    decimals: int = 0
    help: str = ""
    least: Decimal | None = None
    offers: str = ""
    """Which list of the plant is offered while one types; anything else may be written all the same."""

    def read(self, given: Any) -> Any:
        """The value to keep: text, exact decimal text, ISO date, True, or the number of a record; None where nothing was given.

        BadField says what would be right.
        """
        text = given.strip() if isinstance(given, str) else given
        if text is None or text == "":
            return None
        match self.kind:
            case Kind.TEXT | Kind.LONG | Kind.INDICATOR:
                return self._text(text)
            case Kind.CHOICE:
                return self._choice(text)
            case Kind.NUMBER | Kind.MONEY:
                return self._number(text)
            case Kind.DATE:
                return self._date(text)
            case Kind.YES:
                return self._yes(text)
            case _:
                return self._record(text)

    def shown(self, value: Any) -> str:
        """A kept value as people read it; records by their number, since their names are not known here."""
        if value is None:
            return ""
        if self.kind is Kind.CHOICE:
            return next((c.label for c in self.choices if c.code == value), str(value))
        if self.kind is Kind.YES:
            return "是" if value else "否"
        unit = "元" if self.kind is Kind.MONEY else self.unit
        return f"{value} {unit}".strip()

    def _text(self, text: Any) -> str:
        longest = LONGEST if self.kind is Kind.LONG else SHORT
        found = str(text).replace("\0", "")
        if len(found) > longest:
            raise BadField(f"“{self.label}”写了 {len(found)} 个字，最多 {longest} 个")
        return found

    def _choice(self, text: Any) -> str:
        if str(text) not in {c.code for c in self.choices}:
            known = "、".join(c.label for c in self.choices)
            raise BadField(f"“{self.label}”没有“{str(text)[:SHORT]}”这一项，应为{known}之一")
        return str(text)

    def _number(self, text: Any) -> str:
        places = 2 if self.kind is Kind.MONEY else self.decimals
        if isinstance(text, bool | float):
            raise BadField(f"“{self.label}”应写成文字形式的数，如 12.5")
        plain = str(text).replace(",", "").replace("，", "")
        said = plain[:LONGEST_NUMBER]
        try:
            # what is longer than any number is not worked out at all
            found = Decimal(plain if said == plain else "?")
        except InvalidOperation as error:
            raise BadField(f"“{self.label}”的“{str(text)[:LONGEST_NUMBER]}”不是一个数") from error
        # a number of a thousand million places is too much even for comparing it
        if not found.is_finite() or found.adjusted() >= BIGGEST:
            raise BadField(f"“{self.label}”的“{text}”太大，请核对单位")
        if found != round(found, places):
            raise BadField(f"“{self.label}”最多 {places} 位小数，写的是 {text}")
        if self.least is not None and found < self.least:
            raise BadField(f"“{self.label}”不能小于 {self.least}，写的是 {text}")
        return str(found.quantize(Decimal(1).scaleb(-places)))

    def _date(self, text: Any) -> str:
        try:
            found = text if isinstance(text, dt.date) else dt.date.fromisoformat(str(text))
        except ValueError as error:
            raise BadField(f"“{self.label}”的“{str(text)[:SHORT]}”不是日期，应写成 2026-03-14") from error
        if found.year not in YEARS:
            raise BadField(f"“{self.label}”的“{text}”年份不对，应在 {YEARS[0]} 到 {YEARS[-1]} 年之间")
        return found.isoformat()

    def _yes(self, text: Any) -> bool:
        if text in (True, False):
            return bool(text)
        if str(text) not in ("yes", "no", "on"):
            raise BadField(f"“{self.label}”只能答是或否")
        return str(text) != "no"

    def _record(self, text: Any) -> int:
        found = None if isinstance(text, bool) else key_of(text)
        if found is None:
            raise BadField(f"“{self.label}”没有选对")
        return found
