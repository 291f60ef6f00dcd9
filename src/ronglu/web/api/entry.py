"""The one place where rows from machines meet the verb that enters readings."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ronglu.web.api.errors import Fault
from ronglu.web.api.schemas import Written
from ronglu.work import readings
from ronglu.work.readings import Entry

if TYPE_CHECKING:
    from ronglu.store.models import Account


def enter(*, rows: Sequence[Entry], by: "Account", at: dt.datetime) -> Written:
    """All or nothing, in one transaction of the verb; what it refuses is told with the row it stands in."""
    try:
        done = readings.enter(rows=rows, by=by, at=at)
    except readings.ReadingTrouble as refused:
        locked = isinstance(refused, readings.Locked)
        where = "body.rows" if refused.row is None else f"body.rows[{refused.row}]"
        raise Fault(409 if locked else 422, "locked" if locked else "refused_rows", str(refused), where) from refused
    return Written(added=done.added, changed=done.changed, unchanged=done.unchanged)
