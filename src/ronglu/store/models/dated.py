"""What every dated row shares: it holds from a day on, until the day before another."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def on(self, day: dt.date) -> Self:
        """Rows that hold on `day`."""
        return self.filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gt=day))

    def within(self, first: dt.date, last: dt.date) -> Self:
        """Rows that hold on at least one day of `first`..`last` (both included)."""
        return self.filter(from_on__lte=last).filter(Q(until_on=None) | Q(until_on__gt=first))


class Dated(models.Model):
    """Half-open: `from_on` belongs to the row, `until_on` does not; None means still holding."""

    from_on = models.DateField("起")
    until_on = models.DateField("止（不含）", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds(self, day: dt.date) -> bool:
        """What `on` asks the table, of a row at hand."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    @property
    def last_on(self) -> dt.date | None:
        """For people, who count the last day in."""
        return self.until_on - dt.timedelta(days=1) if self.until_on else None


def ordered_dates(name: str) -> models.CheckConstraint:
    """A dated row holds for one day at least."""
    return models.CheckConstraint(
        condition=Q(until_on=None) | Q(until_on__gt=models.F("from_on")), name=f"{name}_dates"
    )
