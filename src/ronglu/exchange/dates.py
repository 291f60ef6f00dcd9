"""Reads a date or instant from a cell: real dates, bare serial numbers, and text whose day-month order is settled first."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from ronglu.exchange.words import normal

DATE = re.compile(
    r"(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})[日号]?"
    r"(?:[t,]?(\d{1,2})[:时点](\d{1,2})?分?(?::?(\d{1,2})(?:\.\d+)?秒?)?)?z?$"
)
SQUEEZED = re.compile(r"(\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}[日号]?)[\sT]+(\d)")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")
SERIALS = (20_000, 80_000)  # 1954 … 2119
EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


def order_of(texts: Iterable[str]) -> str:
    """ymd, dmy or mdy as the values themselves settle it; 'both' when each reading fits all, 'mixed' when none does, '' when there is no date."""
    first = second = seen = 0
    for text in texts:
        found = _match(text)
        if found is None:
            continue
        if len(found[1]) == 4:
            return "ymd"
        seen += 1
        first, second = max(first, int(found[1])), max(second, int(found[2]))
    if not seen:
        return ""
    return {(False, False): "both", (True, False): "dmy", (False, True): "mdy", (True, True): "mixed"}[
        first > 12, second > 12
    ]


def read_stamp(value: object, *, order: str, formats: tuple[str, ...] = (), date1904: bool = False) -> datetime | None:
    """None when the cell is no date. `order` is what the source (or the person) says about 03/04/2025."""
    if isinstance(value, datetime):
        return tidy(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return from_serial(value, date1904=date1904)
    text = str(value).strip()
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern)
        except ValueError:
            continue
    if formats or not text:
        return None
    return _text(text, order)


def from_serial(value: float, *, date1904: bool = False) -> datetime | None:
    """45,717 -> 2025-03-01; only numbers that can be a date."""
    if not SERIALS[0] <= value <= SERIALS[1]:
        return None
    return tidy((EPOCH_1904 if date1904 else EPOCH) + timedelta(days=value))


def tidy(at: datetime) -> datetime:
    """Spreadsheet instants are fractions of a day: whole seconds again."""
    at = at.replace(tzinfo=None)
    if not at.microsecond:
        return at
    return at.replace(microsecond=0) + timedelta(seconds=at.microsecond >= 500_000)


def close_up(at: datetime) -> datetime:
    """07:59:59 said of an interval's end means 08:00."""
    return at + timedelta(seconds=1) if at.second == 59 and at.minute == 59 else at


def _match(text: str) -> re.Match[str] | None:
    return DATE.match(normal(SQUEEZED.sub(r"\1t\2", text.strip())))


def _text(text: str, order: str) -> datetime | None:
    found = _match(text)
    if found is None:
        compact = COMPACT.match(normal(text))
        return _build(*(int(part or 0) for part in compact.groups())) if compact else None
    a, b, c = (int(part) for part in found.groups()[:3])
    clock = [int(part or 0) for part in found.groups()[3:]]
    if len(found[1]) == 4 and len(found[3]) <= 2:
        return _build(a, b, c, *clock)
    if len(found[1]) > 2 or len(found[3]) == 3:
        return None
    year = c if c > 99 else 2000 + c
    if order == "ymd" and len(found[3]) <= 2:
        return _build(2000 + a, b, c, *clock)
    if order in ("dmy", "mdy"):
        day, month = (a, b) if order == "dmy" else (b, a)
        return _build(year, month, day, *clock)
    return None


def _build(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    try:
        if hour == 24 and not minute and not second:
            return datetime(year, month, day) + timedelta(days=1)
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


CLOCK = re.compile(r"(\d{1,2})(?:[:时点](\d{1,2})?分?)?(?::(\d{1,2}))?$")


def read_clock(value: object) -> timedelta | None:
    """A clock time of its own column: a time, a fraction of a day, an hour number, or text."""
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    if isinstance(value, timedelta):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (
            timedelta(seconds=round(value * 86_400)) if value < 1 else timedelta(hours=value) if value <= 24 else None
        )
    found = CLOCK.match(normal(str(value)))
    if not found or int(found[1]) > 24:
        return None
    return timedelta(hours=int(found[1]), minutes=int(found[2] or 0), seconds=int(found[3] or 0))
