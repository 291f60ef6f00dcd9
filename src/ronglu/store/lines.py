"""Rows of a table as lines of text: the same bytes from every database, for backups and for seals."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

BATCH = 2000


def lines(rows: QuerySet[Any], names: Iterable[str] = ()) -> Iterator[bytes]:
    """One line a row in the order of the key, fields by name. `names` are the fields of an older form of the table."""
    names = sorted(names or (field.attname for field in rows.model._meta.concrete_fields))
    for row in rows.order_by("pk").values_list(*names).iterator(BATCH):
        yield line(dict(zip(names, row, strict=True)))


def line(row: dict[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, sort_keys=True, default=_text) + "\n").encode()


def digest_of(found: Iterable[bytes], whole: Any = None) -> tuple[str, int]:
    """The digest over the lines and how many there are; SHA-256 unless another hash object is given."""
    whole, count = whole or hashlib.sha256(), 0
    for one in found:
        whole.update(one)
        count += 1
    return whole.hexdigest(), count


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"no portable form for {type(value).__name__}")
