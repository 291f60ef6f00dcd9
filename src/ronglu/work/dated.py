"""How a dated row is changed from a day on: the row that runs is cut, what it said before stays readable."""

import datetime as dt
from typing import Any, TypeVar

from django.db import models

from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models.dated import Dated, DatedQuerySet

Row = TypeVar("Row", bound=Dated)


class NotThen(OrgTrouble):
    """当日没有生效的记录。"""


def current(rows: DatedQuerySet, *, on: dt.date, what: str) -> Any:
    """The one row that holds that day."""
    row = rows.on(on).order_by("from_on").last()
    if row is None:
        raise NotThen(f"{what}在 {on} 没有生效的记录")
    return row


def change(rows: DatedQuerySet, *, on: dt.date, what: str, **changes: Any) -> Any:
    """From `on` the row says `changes`. Rows entered for later days follow where they repeated what it said before."""
    row = current(rows, on=on, what=what)
    before = {name: getattr(row, name) for name in changes}
    if before == changes:
        return row
    for name, new in changes.items():
        rows.filter(from_on__gt=on, **{name: before[name]}).update(**{name: new})
    if row.from_on == on:
        _set(row, changes)
        row.save(update_fields=list(changes))
        return row
    later = _copy(row)
    later.from_on = on
    _set(later, changes)
    row.until_on = on
    row.save(update_fields=["until_on"])
    later.save(force_insert=True)
    return later


def end(row: Dated, *, on: dt.date) -> None:
    """The row's last day is the day before `on`; a row that would never have held is taken out."""
    if row.until_on is not None and row.until_on <= on:
        return
    if row.from_on >= on:
        row.delete()
        return
    row.until_on = on
    row.save(update_fields=["until_on"])


def end_all(rows: DatedQuerySet, *, on: dt.date) -> int:
    """Ends every row that runs on `on` or begins later; says how many."""
    found = list(rows.filter(models.Q(until_on=None) | models.Q(until_on__gt=on)))
    for row in found:
        end(row, on=on)
    return len(found)


def move(rows: DatedQuerySet, *, on: dt.date, what: str, **changes: Any) -> Any:
    """Cuts the row that runs on `on` and lets the rest of it say `changes`; later rows stay as they were entered."""
    row = current(rows, on=on, what=what)
    if row.from_on == on:
        _set(row, changes)
        row.save(update_fields=list(changes))
        return row
    rest = _copy(row)
    rest.from_on = on
    _set(rest, changes)
    row.until_on = on
    row.save(update_fields=["until_on"])
    rest.save(force_insert=True)
    return rest


def until_next(rows: DatedQuerySet, *, on: dt.date) -> dt.date | None:
    """Where a row that begins on `on` has to stop because another one begins."""
    return rows.filter(from_on__gt=on).order_by("from_on").values_list("from_on", flat=True).first()


def _copy(row: Row) -> Row:
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row)(**fields)


def _set(row: Dated, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
