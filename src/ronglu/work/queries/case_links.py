"""Which cases a case is linked with, as far as this reader may know of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case, CaseLink, CaseStep
from ronglu.work.case_links import ADDED, DROPPED, KIND, OTHER
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

TOLD = "from_adopted"
"""Who took a case over is told to all who see it, by unit and number, even where the other case is not theirs to open."""


@dataclass(frozen=True, slots=True)
class Link:
    """`opens`: the reader may see the other case; else its number and its place are all he is told. `by_hand`: may be undone."""

    kind: str
    case: Case
    opens: bool = True
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """`known` are the cases named by links and by their steps, also by those that were undone."""

    links: tuple[Link, ...]
    known: Mapping[int, Case]


def read(*, scope: Scope, loops: Mapping[str, Loop], case: Case, steps: Iterable[CaseStep]) -> Links:
    """Three queries, one more where a case that one may not open took this one over."""
    last = {(step.data[KIND], step.data[OTHER]): step.move for step in steps if step.move in (ADDED, DROPPED)}
    rows = list(CaseLink.objects.standing().filter(case=case).order_by("pk").values_list("kind", "other_id"))
    here = {pk for _kind, pk in rows}
    back = CaseLink.objects.standing().filter(other=case).order_by("pk").values_list("kind", "case_id")
    rows += [(f"from_{kind}", pk) for kind, pk in back if pk not in here]
    named = {pk for _kind, pk in (*rows, *last)}
    known = visible(scope, loops).in_bulk(named) if named else {}
    far = {pk for kind, pk in rows if kind == TOLD and pk not in known}
    others = Case.objects.filter(secrecy="open").in_bulk(far) if far else {}
    found = [
        Link(kind, known[pk], by_hand=last.get((kind, pk)) == ADDED) if pk in known else Link(kind, others[pk], opens=False)
        for kind, pk in rows
        if pk in known or pk in others
    ]  # fmt: skip
    return Links(tuple(found), known)


def may_read(step: CaseStep, known: Mapping[int, Case]) -> bool:
    """A step that linked a case is for those who may see that case."""
    return step.move not in (ADDED, DROPPED) or step.data[OTHER] in known
