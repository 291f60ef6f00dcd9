"""Values as the door reads them, made by hand: a few shifts of one line, each with the cell it stands in."""

import datetime as dt

from ronglu.exchange.values import Values
from ronglu.kernel.measure.rounding import to_scaled
from ronglu.kernel.time.calendar import Calendar
from ronglu.kernel.time.stamp import Stamp

Given = tuple[str, int, int, str | None]  # series, day of March 2026, shift, text


def shift_values(calendar: Calendar, line: str, *given: Given, decimals: int = 1) -> Values:
    """From row 2 of column B on; `text` None is the explicit mark that deletes."""
    values = Values(sheets=["日报"])
    for row, (series, day, shift, text) in enumerate(given, 1):
        on = dt.date(2026, 3, day)
        stamp = Stamp(*calendar.bounds(on, shift), on, shift, calendar.month_of(on))
        if stamp not in values.stamps:
            values.stamps.append(stamp)
        values.line.append(line)
        values.series.append(series)
        values.at.append(values.stamps.index(stamp))
        values.text.append(text or "删除")
        values.scaled.append(None if text is None else to_scaled(text, decimals))
        values.sheet.append(0)
        values.row.append(row)
        values.column.append(1)
    return values
