"""The clock of web, command line and worker: the machine's, or the one that RONGLU_TODAY sets (09-6)."""

import datetime as dt

from django.conf import settings

MORNING = dt.time(10, 0)


def now() -> dt.datetime:
    """Plant local time. A set clock stands still: at the instant given, or at ten in the morning of the day given."""
    if not settings.TODAY:
        return dt.datetime.now().replace(microsecond=0)
    if len(settings.TODAY) > len("2026-03-10"):
        return dt.datetime.fromisoformat(settings.TODAY)
    return dt.datetime.combine(dt.date.fromisoformat(settings.TODAY), MORNING)


def today() -> dt.date:
    return now().date()
