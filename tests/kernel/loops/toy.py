"""A small loop that is in order: a wish is raised, done by one, checked by another; tests bend one thing at a time."""

from dataclasses import replace
from typing import Any

from ronglu.kernel.loops.due import Due, Rung
from ronglu.kernel.loops.engine import Actor, CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import ANYONE, SYSTEM, Clock, Column, Loop, Move, Party, Phase, Raise, Recur, Rows, State

ROLES = frozenset({"head", "clerk"})
DOER, HEAD, CLERK, RAISED_BY = 1, 2, 3, 4

TOY = Loop(
    code="toy",
    version=1,
    label="心愿",
    en="Wish",
    prefix="XY",
    source="S0-15",
    status="D",
    fields=(
        Field(code="kind", label="类别", en="Kind", kind=Kind.CHOICE, choices=(Choice("a", "甲类", "A"), Choice("b", "乙类", "B"))),
        Field(code="what", label="内容", en="What"),
        Field(code="by_day", label="期限", en="By", kind=Kind.DATE),
        Field(code="cost", label="费用", en="Cost", kind=Kind.MONEY),
    ),
    parties=(Party(code="doer", label="经办人", en="Doer", works=True),),
    raising=Raise(by=(ANYONE,), to="raised", needs=("what",), asks=("kind",)),
    states=(
        State(code="raised", label="待派", en="Raised", phase=Phase.OPEN, due=Due(2), turn=("head",)),
        State(code="doing", label="办理", en="Doing", phase=Phase.WORKING, due=Due(5, by="by_day"), turn=("doer",)),
        State(code="checking", label="验收", en="Checking", phase=Phase.VERIFYING, due=Due(2), turn=("head",), at_due="tire"),
        State(code="done", label="办结", en="Done", phase=Phase.CLOSED),
        State(code="void", label="不办", en="Void", phase=Phase.DROPPED),
    ),
    moves=(
        Move(code="send", label="派办", en="Send", source=("raised",), to="doing", by=("head",), needs=("by_day",), assigns=("doer",)),
        Move(code="ready", label="办完", en="Ready", source=("doing",), to="checking", by=("doer",)),
        Move(code="close", label="办结", en="Close", source=("checking",), to="done", by=("head", "clerk", "doer")),
        Move(code="dear", label="贵的另批", en="Dear", source=("doing",), to="doing", by=("head",), when={"kind": frozenset({"b"})}),
        Move(code="drop", label="不办", en="Drop", source=(), to="void", by=("head",), reason=True, apart=("raise",)),
        Move(code="tire", label="到期退回", en="Back", source=("checking",), to="doing", by=(SYSTEM,)),
        Move(code="again", label="重开", en="Again", source=("done",), to="raised", by=(SYSTEM,)),
    ),
    rows=(
        Rows(code="task", label="任务", en="Tasks", fields=("what",), needs=("what",), by=("head",), states=("doing", "checking"),
             closes=True, passed_by=("head", "clerk")),
        Rows(code="vote", label="表态", en="Votes", fields=("what",), by=(ANYONE,), states=("raised",), once=True),
    ),
    ladder=(
        Rung(days=-1, tell=("doer",), label="快到期"),
        Rung(days=3, tell=("head",), label="乙类超期", when={"kind": frozenset({"b"})}, flag="late"),
    ),
    recurs=Recur(fields=("kind",), days=30, move="again", into="raised"),
    clocks=(Clock(code="kept", label="按期", en="Kept", states=("doing",)), Clock(code="tasks", label="任务", en="Tasks", rows="task")),
    ledger=(Column("编号", "number"), Column("经办人", "party:doer"), Column("任务", "rows:task")),
)  # fmt: skip


def bent(**changes: Any) -> Loop:
    return replace(TOY, **changes)


def with_move(code: str, **changes: Any) -> Loop:
    return bent(moves=tuple(replace(m, **changes) if m.code == code else m for m in TOY.moves))


def with_state(code: str, **changes: Any) -> Loop:
    return bent(states=tuple(replace(s, **changes) if s.code == code else s for s in TOY.states))


def with_rows(code: str, **changes: Any) -> Loop:
    return bent(rows=tuple(replace(r, **changes) if r.code == code else r for r in TOY.rows))


def case(state: str = "raised", **changes: Any) -> CaseView:
    return replace(CaseView(state=state, raised_by=RAISED_BY, data={"what": "换灯"}), **changes)


def actor(person: int, *roles: str, also: frozenset[int] = frozenset()) -> Actor:
    return Actor(person=person, roles=frozenset(roles), also=also)
