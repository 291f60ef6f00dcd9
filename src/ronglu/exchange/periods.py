"""Which period a sheet is about: every statement of one is gathered with its place, and the person decides where they differ."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from ronglu.exchange.dates import from_serial
from ronglu.exchange.job import Job
from ronglu.exchange.problems import cell_name
from ronglu.exchange.sandbox import Sheet
from ronglu.exchange.words import normal, words_of
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.period import Grain, Period

RANGE = re.compile(
    r"(20\d{2})[年./-](\d{1,2})[月./-](\d{1,2})日?(?:-|—|~|至|到|～|–)+(?:(20\d{2})[年./-])?(\d{1,2})[月./-](\d{1,2})日?"
)
DAY = re.compile(r"(?<!\d)(20\d{2})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)")
MONTH = re.compile(r"(?<!\d)(20\d{2})(?:年度?|[./-])(\d{1,2})(?!\d|[./-]\d)")
SQUEEZED = re.compile(r"(20\d{2})(0[1-9]|1[0-2])")
SHORT = re.compile(
    r"(?:^(\d{2})[.年](\d{1,2})(?![\d.%])|(?<![\d.])(\d{2})[.年](\d{1,2})月)"
)  # 25.4 at the beginning, or with its 月
ALONE = re.compile(r"(?<![\d-])(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?")
YEAR = re.compile(r"(?<!\d)(20\d{2})年度?(?!\d)")
CHINESE = {
    word: number
    for number, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
SERIAL_CELLS = (40_000, 60_000)  # 2009 … 2064: in a title only


@dataclass(frozen=True, slots=True)
class Candidate:
    """A period as some cell (or the sheet's name) states it; `text` is the period's text, a..b for days that are no whole period."""

    where: str
    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Chosen:
    text: str
    first: date
    last: date
    month: Period
    whole: bool  # a whole statistical month

    def span(self, calendar: Calendar) -> tuple[datetime, datetime]:
        return calendar.bounds(self.first)[0], calendar.bounds(self.last)[1]


def month_in(text: str, *, year: int | None = None) -> Period | None:
    """The month a text names: 2025年4月, 2025-04, 202504, 25.4 (25.10 is October), and 4月 when the year is known."""
    text = normal(text)
    if found := MONTH.search(text) or SQUEEZED.fullmatch(text):
        return _month(int(found[1]), int(found[2]))
    if found := SHORT.search(text):
        return _month(2000 + int(found[1] or found[3]), int(found[2] or found[4]))
    if year is not None and (found := ALONE.search(text)):
        return _month(year, int(CHINESE.get(found[1]) or found[1]))
    return None


def statements(text: str, calendar: Calendar, *, year: int | None = None) -> list[str]:
    """All periods a text states; a range of days that is a statistical month is that month."""
    text, found = normal(text), []
    for match in RANGE.finditer(text):
        first, last = _date(*match.group(1, 2, 3)), _date(match[4] or match[1], match[5], match[6])
        if first and last and first <= last:
            found.append(_range(first, last, calendar))
    text = RANGE.sub(" ", text)
    for match in DAY.finditer(text):
        if day := _date(*match.groups()):
            found.append(str(_month_of(day, calendar)))
    text = DAY.sub(" ", text)
    if month := month_in(text, year=year):
        return [*found, str(month)]
    return found or [str(Period.year(int(match[1]))) for match in YEAR.finditer(text)]


def gather(sheet: Sheet, calendar: Calendar, *, top: int, bottom: int) -> list[Candidate]:
    """From the sheet's name, from above the header, and real dates inside the header. Report days (报出日期) are no periods."""
    found = [Candidate("表名", text, sheet.name) for text in statements(sheet.name.strip(), calendar)]
    banned = words_of("not_period")
    for number, row in enumerate((sheet.rows or [])[: bottom + 1]):
        skip = False
        for index, cell in enumerate(row):
            where = cell_name(number, index)
            if isinstance(cell, str):
                text = normal(cell)
                if not text:
                    continue
                if any(word in text for word in banned):
                    skip = True
                    continue
                if number < top and not skip:
                    found += [Candidate(where, said, cell.strip()) for said in statements(cell, calendar)]
                skip = False
            elif not skip and (day := _real_date(cell, number < top)):
                found.append(Candidate(where, str(_month_of(day, calendar)), f"{day}"))
                skip = False
    return found


def choose(job: Job, sheet: Sheet, *, top: int, bottom: int) -> Chosen | None:
    """The period of a sheet; None while the person has to confirm or choose it (the question is then among the problems)."""
    name, collect, calendar = sheet.name.strip(), job.collect, job.calendar
    found = gather(sheet, calendar, top=top, bottom=bottom)
    months = list(dict.fromkeys(c.text for c in found if len(c.text) > 4))
    years = list(dict.fromkeys(c.text for c in found if len(c.text) == 4))
    if not months and job.expected is None and len(years) == 1 and (month := month_in(name, year=int(years[0]))):
        months = [str(month)]
    key = f"period:{name}"
    shown = ";".join(f"{c.where}“{c.said}”→{c.text}" for c in found) or "没有"
    if answer := collect.answers.get(key):
        chosen = read_period(answer, calendar)
        if chosen is None:
            collect.add("period_bad", sheet=sheet.name, value=answer)
            return None
        for c in found:
            if not _agrees(c.text, chosen.text):
                collect.add("period_stale", sheet=sheet.name, value=c.said, where=c.where, chosen=chosen.text)
        return chosen
    expected = job.expected
    if expected is not None and expected.grain is Grain.MONTH:
        if all(_agrees(text, str(expected)) for text in (*months, *years)):
            return read_period(str(expected), calendar)
        months = list(dict.fromkeys([str(expected), *months]))
    elif len(months) == 1 and all(_agrees(year, months[0]) for year in years):
        inside = expected is None or _agrees(str(expected), months[0])
        if inside and job.profile.sheets.months and any(c.where == "表名" for c in found):
            return read_period(months[0], calendar)
        collect.ask("period_confirm", tuple(months), sheet=sheet.name, key=key, value=months[0], shown=shown)
        return None
    if not months:
        collect.ask("period_missing", ("*",), sheet=sheet.name, key=key, shown=shown)
        return None
    collect.ask(
        "period_disagrees", tuple(months), sheet=sheet.name, key=key, value=" / ".join([*months, *years]), shown=shown
    )
    return None


def read_period(text: str, calendar: Calendar) -> Chosen | None:
    """2025-04 (the statistical month) or 2025-03-25..2025-04-05 (production days, both included)."""
    try:
        if ".." in text:
            first, last = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
            return Chosen(text, first, last, calendar.month_of(last), whole=False) if first <= last else None
        period = Period.parse(text.strip())
        if period.grain is not Grain.MONTH:
            return None
        return Chosen(str(period), *calendar.days_of(period), period, whole=True)
    except ValueError:
        return None


def _agrees(text: str, other: str) -> bool:
    """A year agrees with its months."""
    return (
        text == other
        or (len(text) == 4 and other.startswith(text + "-"))
        or (len(other) == 4 and text.startswith(other + "-"))
    )


def _real_date(cell: object, in_title: bool) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if in_title and isinstance(cell, float) and cell.is_integer() and SERIAL_CELLS[0] <= cell <= SERIAL_CELLS[1]:
        at = from_serial(cell)
        return at.date() if at else None
    return None


def _month_of(day: date, calendar: Calendar) -> Period:
    """The first of a month means that month; another day is the statistical month it lies in."""
    return Period.month(day.year, day.month) if day.day == 1 else calendar.month_of(day)


def _range(first: date, last: date, calendar: Calendar) -> str:
    for month in {calendar.month_of(last), Period.month(last.year, last.month)}:
        if calendar.days_of(month) == (first, last):
            return str(month)
    return f"{first}..{last}"


def _month(year: int, month: int) -> Period | None:
    return Period.month(year, month) if 1 <= month <= 12 else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
