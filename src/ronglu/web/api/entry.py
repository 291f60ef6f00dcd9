"""The one place where rows from machines meet the verb that enters readings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from ronglu.web.api.errors import Fault
from ronglu.web.api.schemas import Written

if TYPE_CHECKING:
    from ronglu.store.models import Account, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """`text` exactly as given; None is the explicit mark that deletes."""

    unit: "Unit"
    series: str
    starts_at: dt.datetime
    text: str | None
    reason: str


def enter(*, rows: Sequence[Row], by: "Account", at: dt.datetime) -> Written:
    """All or nothing, in one transaction of the verb; what it refuses is told with the row it stands in."""
    try:
        verb = import_module("ronglu.work.readings").enter
    except ImportError:
        raise Fault(422, "not_wired", "本安装还不能经接口写读数") from None
    try:
        done = verb(rows=rows, by=by, at=at)
    except ValueError as refused:  # every domain error is one
        locked = type(refused).__name__ == "Locked"
        row = getattr(refused, "row", None)
        where = f"body.rows[{row}]" if row is not None else "body.rows"
        raise Fault(409 if locked else 422, "locked" if locked else "refused_rows", str(refused), where) from refused
    return Written(added=done.added, changed=done.changed, unchanged=done.unchanged)
