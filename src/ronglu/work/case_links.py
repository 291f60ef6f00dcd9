"""Two cases linked by hand, and a link of that kind taken back: each is a step of the case, so nothing is forgotten."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Account, Case, CaseLink, CaseStep
from ronglu.work import cases, cases_tell, cases_view
from ronglu.work.queries.cases import found
from ronglu.work.scope import Scope

ADDED, DROPPED = "link.add", "link.drop"
KIND, OTHER = "case-link", "case-other"
"""What such a step holds; no field of a loop is called so, since theirs have no hyphen."""
KINDS = ("similar", "follows", "adopted", "recurred", "merged")
SAME_LOOP = frozenset({"recurred", "merged"})


@transaction.atomic
def connect(
    *, loop: Loop, loops: Mapping[str, Loop], case: Case, number: str, kind: str, at: dt.datetime, by: Account, scope: Scope
) -> CaseLink:  # fmt: skip
    """By whoever has a part in the case, to one that he may see himself, by its number. LoopTrouble says what is in the way."""
    row = _mine(loop, case, scope)
    wanted = number.strip().upper()
    other = found(scope=scope, loops=loops, plant=row.plant, number=wanted)
    if other is None:
        raise LoopTrouble(f"没有编号为“{wanted[:40]}”的事项，或者它不在您的范围内；编号如 {row.number}")
    _check(loop, row, other, kind)
    made = cases.link(case=row, other=other, kind=kind, at=at)
    _note(row, ADDED, made, at=at, by=by)
    if kind == "adopted":
        cases_tell.adopted(loop, other, row, at=at)
    return made


@transaction.atomic
def disconnect(*, loop: Loop, case: Case, other: int, kind: str, at: dt.datetime, by: Account, scope: Scope) -> None:
    """Only what was linked by hand: what the system found out itself, like a thing that came back, stays linked."""
    row = _mine(loop, case, scope)
    made = CaseLink.objects.standing().filter(case=row, other=other, kind=kind).first()
    if made is None:
        raise LoopTrouble("这两件已经没有关联，请刷新后再看")
    if (kind, other) not in by_hand(row):
        raise LoopTrouble("这个关联是系统记下的，不能解除")
    _note(row, DROPPED, made, at=at, by=by)
    made.undone_at, made.undone_by = at, by
    made.save(update_fields=["undone_at", "undone_by"])


def by_hand(case: Case) -> frozenset[tuple[str, int]]:
    """Kind and other case of the links that people made here and that nobody took back."""
    steps = CaseStep.objects.filter(case=case, move__in=(ADDED, DROPPED)).order_by("no")
    last = {(step.data[KIND], step.data[OTHER]): step.move for step in steps}
    return frozenset(pair for pair, move in last.items() if move == ADDED)


def _mine(loop: Loop, case: Case, scope: Scope) -> Case:
    row = Case.objects.select_for_update().select_related("plant").get(pk=case.pk)
    if not cases_view.inside(loop, row, scope, cases_tell.parties_of([row.pk]).get(row.pk, {})):
        raise LoopTrouble("关联由这一件的提出人、办理人和有职责的人来做，不归您办")
    return row


def _check(loop: Loop, case: Case, other: Case, kind: str) -> None:
    if kind not in KINDS:
        raise LoopTrouble("请选定是什么关系")
    if case.pk == other.pk:
        raise LoopTrouble(f"{case.number} 不能与自己关联")
    if kind in SAME_LOOP and other.loop != case.loop:
        raise LoopTrouble(f"{other.number} 不是{loop.label}，不能写成再次发生或并入")
    if kind == "adopted" and not cases.may_adopt(loop, other):
        raise LoopTrouble(f"{other.number} 不是已经办成并公开的{loop.label}，不能写成采用自它")
    both = Q(case=case, other=other) | Q(case=other, other=case)
    if CaseLink.objects.standing().filter(both, kind=kind).exists():
        raise LoopTrouble(f"与 {other.number} 已经有这种关联")


def _note(case: Case, move: str, made: CaseLink, *, at: dt.datetime, by: Account) -> None:
    kept: dict[str, Any] = {KIND: made.kind, OTHER: made.other_id}
    Case.objects.filter(pk=case.pk).update(seen=case.seen + 1)
    CaseStep.objects.create(
        case=case, no=case.seen + 1, move=move, before=case.state, after=case.state, at=at, by=by,
        person_id=by.person_id, data=kept, due_at=case.due_at,
    )  # fmt: skip
