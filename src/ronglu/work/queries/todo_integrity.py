"""What waits in integrity and care: a paper to sign or to look at, an inspection, a reason to accept, a pair that asks for one's yes."""

import datetime as dt
from collections.abc import Iterator

from ronglu.store.models import Commitment, CommitmentState, SelfInspection
from ronglu.work.queries import care, commitments, integrity, seat_duties
from ronglu.work.queries.todo_item import Todo
from ronglu.work.scope import Scope

AHEAD = dt.timedelta(days=7)


def waiting_integrity(scope: Scope) -> Iterator[Todo]:
    if scope.person_id is None:
        return
    counts = {
        "commitment_sign": commitments.to_sign(scope, on=scope.on),
        "commitment_confirm": _to_confirm(scope),
        "inspection_due": _inspections(scope),
        "duty_reason": seat_duties.waiting(scope),
        "aid_agree": care.waiting(scope),
    }
    yield from (Todo(kind, n) for kind, n in counts.items() if n)


def _to_confirm(scope: Scope) -> int:
    """Signed and not looked at, neither his own nor entered by himself."""
    if not scope.has(commitments.KEEP):
        return 0
    rows = Commitment.objects.filter(state=CommitmentState.SIGNED, body__in=scope.bodies(commitments.KEEP))
    return rows.exclude(person=scope.person_id).exclude(entered_by=scope.account_id).count()


def _inspections(scope: Scope) -> int:
    """Of the bodies for which he holds them: due within a week, or over."""
    if not scope.has(integrity.FILL):
        return 0
    rows = SelfInspection.objects.filter(state="planned", body__in=scope.bodies(integrity.FILL))
    return rows.filter(due_on__lte=scope.on + AHEAD).count()
