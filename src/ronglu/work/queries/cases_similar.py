"""Cases that read like the one about to be raised: a question to the writer, never a hindrance."""

from collections.abc import Mapping
from dataclasses import dataclass

from ronglu.kernel.loops.field import Kind
from ronglu.kernel.loops.loop import Loop
from ronglu.store.models import Case, Plant
from ronglu.work.queries.case_list import OPEN
from ronglu.work.queries.cases import visible
from ronglu.work.scope import Scope

LOOKED_AT = 300
"""So many of the newest open cases are compared: what is older was either taken up or forgotten by everybody."""
ALIKE, ALIKE_HERE = 500, 200
"""From which likeness on, in thousandths, a case is shown: elsewhere, and at the same place."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """`alike` in thousandths; `here`: at the same place."""

    case: Case
    alike: int
    here: bool


def similar(
    *, scope: Scope, loop: Loop, plant: Plant, text: str, place: tuple[str, int] | None = None
) -> tuple[Similar, ...]:  # fmt: skip
    """Open cases of the same loop and plant that this reader may see: alike in their words, or at the same place and a little alike."""
    wanted = bigrams(text)
    rows = visible(scope, {loop.code: loop}).filter(plant=plant, phase__in=OPEN).order_by("-pk")[:LOOKED_AT]
    found = [Similar(case, alike(wanted, bigrams(_text(loop, case))), _at(case, place)) for case in rows]
    near = [one for one in found if one.alike >= (ALIKE_HERE if one.here else ALIKE)]
    return tuple(sorted(near, key=lambda one: (-one.here, -one.alike))[:MOST])


def text_of(loop: Loop, data: Mapping[str, object]) -> str:
    """The free words among what was filled in."""
    spoken = (f.code for f in loop.fields if f.kind in (Kind.TEXT, Kind.LONG))
    asked = {*loop.raising.needs, *loop.raising.asks}
    return " ".join(str(data[code]) for code in spoken if code in asked and data.get(code))


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters without blanks and punctuation: enough for Chinese, which has no blanks between words."""
    plain = "".join(c for c in text.lower() if c.isalnum())
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def alike(one: frozenset[str], other: frozenset[str]) -> int:
    """Twice what both have over what each has (Dice), in thousandths."""
    return 2000 * len(one & other) // (len(one) + len(other)) if one and other else 0


def _text(loop: Loop, case: Case) -> str:
    return text_of(loop, case.data) or case.title


def _at(case: Case, place: tuple[str, int] | None) -> bool:
    return (
        place is not None and place[1] == {"unit": case.unit_id, "zone": case.zone_id, "body": case.body_id}[place[0]]
    )
