"""The named errors of plant time, each told to the person who typed the wrong thing."""


class TimeTrouble(ValueError):
    """Something about plant time cannot be; the text is Chinese and fit to show."""


class PeriodError(TimeTrouble):
    """A period text or a step between periods that does not exist."""


class CalendarError(TimeTrouble):
    """A question the plant calendar cannot answer."""


class RosterError(TimeTrouble):
    """A roster that cannot be read or asked."""


class StampError(TimeTrouble):
    """A time stamp that lacks what its mode needs."""


class DeclarationError(TimeTrouble):
    """A declared calendar, roster or holiday row with a missing or impossible part."""
