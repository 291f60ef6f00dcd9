"""The clocks of the tests: the default one, those of the domain decisions, and any lawful one that can be made up."""

import itertools
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ronglu.kernel.time.calendar import Calendar, CalendarRule, ShiftTime

LONG_AGO = date(2000, 1, 1)


def rule(starts: str, names: str, from_on: date = LONG_AGO, month_first: int = 1) -> CalendarRule:
    """Equal shifts, named by one character each, in the order inside the production day."""
    hours = Decimal(24) / len(names)
    begins = datetime.combine(LONG_AGO, time.fromisoformat(starts))
    length = timedelta(hours=int(hours))
    shifts = tuple(
        ShiftTime(no, name, (begins + no * length - length).time(), hours) for no, name in enumerate(names, 1)
    )
    return CalendarRule(from_on, begins.time(), shifts, month_first)


DEFAULT = Calendar((rule("08:00", "白中夜"),))
SEVEN = Calendar((rule("07:00", "白中夜"),))
MIDNIGHT = Calendar((rule("00:00", "夜白中"),))
ELEVEN = Calendar((rule("23:00", "夜白中"),))
SIX_HOURS = Calendar((rule("08:00", "一二三四"),))
TWELVE_HOURS = Calendar((rule("08:00", "白夜"),))
FROM_26 = Calendar((rule("08:00", "白中夜", month_first=26),))

days = st.dates(date(2019, 1, 1), date(2027, 12, 31))
instants = st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31))


@st.composite
def rules(draw: st.DrawFn, from_on: date) -> CalendarRule:
    """Any clock: a day from any quarter of an hour, cut anywhere into one to five shifts."""
    quarters = draw(st.integers(0, 95))
    cuts = sorted(draw(st.sets(st.integers(1, 95), max_size=4)))
    edges = [0, *cuts, 96]
    begins = datetime.combine(LONG_AGO, time()) + timedelta(minutes=15 * quarters)
    shifts = tuple(
        ShiftTime(no, f"第{no}", (begins + timedelta(minutes=15 * low)).time(), Decimal(high - low) / 4)
        for no, (low, high) in enumerate(itertools.pairwise(edges), 1)
    )
    return CalendarRule(from_on, begins.time(), shifts, draw(st.integers(1, 28)))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Up to four clocks that follow each other on distinct days, some only days apart."""
    near = draw(st.sets(st.dates(date(2022, 1, 1), date(2022, 4, 30)), max_size=3))
    far = draw(st.sets(days, max_size=1))
    return Calendar(tuple(draw(rules(day)) for day in sorted({LONG_AGO} | near | far)))


# half of the questions are asked where the rules change
busy_days = st.one_of(days, st.dates(date(2021, 12, 15), date(2022, 5, 31)))
busy_instants = st.one_of(instants, st.datetimes(datetime(2021, 12, 15), datetime(2022, 5, 31)))
