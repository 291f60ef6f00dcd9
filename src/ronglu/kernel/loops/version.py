"""Which version of a declaration a case was raised under: the part of it that decides what may happen, and its digest."""

import hashlib
import json
from typing import Any

from ronglu.kernel.loops.field import Field
from ronglu.kernel.loops.loop import Loop


def shape(loop: Loop) -> dict[str, Any]:
    """States, moves, roles, fields and deadlines; labels and translations may change without a new version."""
    return {
        "states": [[s.code, s.phase.value, _due(s.due), list(s.turn), s.at_due] for s in loop.states],
        "moves": [
            [m.code, list(m.source), m.to, list(m.by), list(m.needs), list(m.asks), m.reason, list(m.apart), list(m.assigns),
             [c.code for c in m.checks], dict(sorted(m.sets.items())), _when(m.when)]
            for m in loop.moves
        ],
        "fields": [[f.code, f.kind.value, [c.code for c in f.choices], f.decimals, _least(f)] for f in loop.fields],
        "parties": [[p.code, p.works, p.many] for p in loop.parties],
        "rows": [[r.code, list(r.fields), list(r.needs), list(r.by), list(r.states), r.closes, list(r.passed_by), r.once]
                 for r in loop.rows],
        "ladder": [[r.days, list(r.tell), r.flag, _when(r.when)] for r in loop.ladder],
        "raise": [list(loop.raising.by), loop.raising.to, list(loop.raising.needs), loop.raising.anonymous, loop.raising.discreet,
                  [c.code for c in loop.raising.checks]],
        "carry": dict(sorted(loop.carry.items())),
        **_outside(loop),
    }  # fmt: skip


def _outside(loop: Loop) -> dict[str, Any]:
    """Named only where there is something, so that other loops keep the digest they had."""
    said = [[o.code, list(o.moves), o.fact, o.field, o.period, list(o.states)] for o in loop.outside]
    return {"outside": said} if said else {}


def digest(loop: Loop) -> str:
    text = json.dumps(shape(loop), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _least(field: Field) -> str | None:
    """As text: an exact number has no other form that JSON keeps."""
    return None if field.least is None else format(field.least.normalize(), "f")


def _due(due: Any) -> list[Any] | None:
    return None if due is None else [due.n, due.unit.value, due.by]


def _when(when: Any) -> dict[str, list[Any]]:
    return {name: sorted(map(str, values)) for name, values in sorted(when.items())}
