"""One move for several cases of a loop: each checked and made by itself, and what was refused is told with its reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Case
from ronglu.work import cases
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

MOST = 100
GONE = "没有这一件，或不在您的范围内"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`refused` says why this one was left as it is; nothing in it: done."""

    case: Case | None
    refused: str = ""


def move_many(
    *, loops: Mapping[str, Loop], loop: Loop, picks: Sequence[tuple[int, int]], code: str, at: dt.datetime, by: Account,
    scope: Scope,
) -> list[Outcome]:  # fmt: skip
    """`picks` are cases with the step count that the person saw. One transaction a case."""
    if not picks:
        raise LoopTrouble("请先勾选要办的事项")
    if len(picks) > MOST:
        raise LoopTrouble(f"一次最多办 {MOST} 件，勾选了 {len(picks)} 件")
    known = visible(scope, loops).filter(loop=loop.code, pk__in=[pk for pk, _seen in picks]).distinct()
    rows = {case.pk: case for case in known}
    found = []
    for pk, seen in dict(picks).items():
        if pk not in rows:
            found.append(Outcome(None, GONE))
            continue
        try:
            cases.move(loop=loop, case=rows[pk], code=code, seen=seen, given={}, at=at, by=by, scope=scope)
        except LoopTrouble as trouble:
            found.append(Outcome(rows[pk], str(trouble)))
        else:
            found.append(Outcome(rows[pk]))
    return found
