"""How numbers, units and days are written for people: minus sign U+2212, comma groups, 万/亿 where people say so, — for missing."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from ronglu.config import clock
from ronglu.kernel.keys import key_of

register = template.Library()
MISSING = "—"
MINUS = "\u2212"
NEGATIVE = re.compile(r"(?<!\w)-(?=\d)")


def decimal(value: Any) -> Decimal | None:
    """What a template holds (Decimal, Fraction, int, text, None) as a Decimal; text that is no number is missing, never 0."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / value.denominator
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def rounded(value: Decimal, *, decimals: int | None, half_even: bool = False) -> Decimal:
    if decimals is None:
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN if half_even else ROUND_HALF_UP)


@register.filter
def num(value: Any, decimals: int | None = None) -> str:
    """1,234.50; without `decimals` the digits are those given."""
    number = decimal(value)
    if number is None:
        return MISSING
    text = f"{rounded(number, decimals=decimals):,f}"
    if not text.startswith("-"):
        return text
    return MINUS + text[1:] if any(c in "123456789" for c in text) else text[1:]


@register.filter
def hundredths(value: int | None) -> str:
    """Points as they are kept, in whole hundredths; missing is a dash."""
    return num(None if value is None else Decimal(value).scaleb(-2), 2)


@register.filter
def minus(text: Any) -> str:
    """Every negative number in a written-out calculation with the true minus; a day's hyphens stay."""
    return NEGATIVE.sub(MINUS, str(text))


@register.filter
def signed(value: Any, decimals: int | None = None) -> str:
    """+1.6, −2.9, 0: a difference always carries its sign."""
    text = num(value, decimals)
    zero = text == MISSING or not any(c in "123456789" for c in text)
    return text if zero or text.startswith(MINUS) else "+" + text


@register.filter
def pct(value: Any, decimals: int = 1) -> str:
    """A share (0.659) as 65.9 %."""
    number = decimal(value)
    return percent(None if number is None else number * 100, decimals)


@register.filter
def percent(value: Any, decimals: int | None = None) -> str:
    """What is counted in percent already (65.9) as 65.9 %."""
    text = num(value, decimals)
    return text if text == MISSING else f"{text}\u00a0%"


@register.filter
def pp(value: Any, decimals: int = 1) -> str:
    """A difference of percentages in percentage points: −2.9 pp."""
    text = signed(value, decimals)
    return text if text == MISSING else f"{text}\u00a0pp"


@register.filter
def wan(value: Any, decimals: int = 2) -> str:
    """12,345,678 → 1,234.57 万; 亿 from one hundred million; below ten thousand as it is. In English: plain groups."""
    number = decimal(value)
    if number is None or get_language() == "en":
        return num(number)
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if abs(number) >= size:
            return f"{num(number / size, decimals)}\u00a0{word}"
    return num(number)


@register.filter
def percent_class(value: Any) -> str:
    """A share of 0…1 as the class pc-0…pc-100, for widths under a strict content policy."""
    number = decimal(value) or Decimal(0)
    return f"pc-{max(0, min(100, int(rounded(number * 100, decimals=0))))}"


@register.filter
def yyyymm(value: int) -> str:
    """202603, as a month is kept, as 2026-03."""
    return f"{value // 100}-{value % 100:02d}"


@register.filter
def short_day(value: date | None) -> str:
    return f"{value:%m-%d}" if value else MISSING


@register.filter
def long_day(value: date | None) -> str:
    """11 月 16 日 周一."""
    if value is None:
        return MISSING
    weekday = (
        gettext("周一"),
        gettext("周二"),
        gettext("周三"),
        gettext("周四"),
        gettext("周五"),
        gettext("周六"),
        gettext("周日"),
    )
    return gettext("%(month)d 月 %(day)d 日 %(weekday)s") % {
        "month": value.month,
        "day": value.day,
        "weekday": weekday[value.weekday()],
    }


@register.filter
def moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if value else MISSING


@register.filter
def short_moment(value: datetime | None) -> str:
    """04-10 09:30; of another year with it. Midnight sharp is how a day without an hour is kept: only the day."""
    if value is None:
        return MISSING
    day = "%m-%d" if value.year == clock.today().year else "%Y-%m-%d"
    return value.strftime(day if (value.hour, value.minute) == (0, 0) else f"{day} %H:%M")


@register.filter
def month_name(value: Any) -> str:
    """2026-03 (text or period) → 2026 年 3 月; anything else stays as it is."""
    text = str(value or MISSING)
    year, _, month = text.partition("-")
    if not (len(text) == 7 and key_of(year) is not None and (number := key_of(month)) is not None):
        return text
    return gettext("%(year)s 年 %(month)d 月") % {"year": year, "month": number}


@register.filter
def file_size(value: int | None) -> str:
    if value is None:
        return MISSING
    for size, word in ((1_000_000, "MB"), (1_000, "kB")):
        if value >= size:
            return f"{num(Decimal(value) / size, 1)}\u00a0{word}"
    return f"{value}\u00a0B"
