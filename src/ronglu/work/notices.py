"""When a notice may reach its person outside the inbox: on shift, else when his next one begins; an urgent one at once."""

import datetime as dt

from django.db import transaction

from ronglu.store.models import Notice
from ronglu.work.presence import at_work

BATCH = 500


def reckon(*, at: dt.datetime, batch: int = BATCH) -> int:
    """Gives every new notice its moment; says how many. In small transactions, and beside another clock."""
    total = 0
    while done := _reckon(at, batch):
        total += done
    return total


@transaction.atomic
def _reckon(at: dt.datetime, batch: int) -> int:
    fresh = Notice.objects.filter(state__in=("new", "hushed")).order_by("from_at")
    rows = list(fresh.select_for_update(skip_locked=True)[:batch])
    spans = at_work({row.person_id for row in rows}, at=at)
    for row in rows:
        span = spans[row.person_id]
        # going out at once would tell the minute in which somebody without a name reported: it waits for the shift's end
        late = row.state == "hushed" and span.starts_at < at
        row.from_at, row.state = span.ends_at if late else span.reaches(at), "waiting"
    Notice.objects.bulk_update(rows, ["from_at", "state"])
    return len(rows)
