"""Adding months and years to a day, as terms, reminders and stages need it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(on: date, months: int) -> date:
    """The same day of the month, or that month's last day where it has none (31 August + 6 = 28 February)."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def add_years(on: date, years: int) -> date:
    return add_months(on, 12 * years)
