"""Rows by the hundred thousand straight into a table, on either database, inside the caller's transaction."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

CHUNK = 20_000
MANY = 2_000


def insert(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    told: Callable[[int], None] | None = None,
) -> int:
    """Writes rows of plain values: numbers, text, None; dates and instants as ISO text, which both databases read.

    Nothing of a model's own runs (defaults, choices): the caller gives every column. `told` hears how many are written.
    """
    columns = ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)
    table, source, done = connection.ops.quote_name(model._meta.db_table), iter(rows), 0
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        while chunk := list(islice(source, CHUNK)):
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row)
            else:
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", chunk)
            done += len(chunk)
            if told:
                told(done)
        if connection.vendor == "postgresql" and done >= MANY:
            # the planner still believes in the table as it was: the next statement would walk it row by row
            cursor.execute(f"ANALYZE {table}")
    return done


def iso(at: Any) -> str:
    """A date or an instant as the text that Django itself would store."""
    return at.isoformat(" ") if hasattr(at, "hour") else at.isoformat()
