"""Who stood in a branch's place before it was: of a period, how many days are its own and how many its predecessors'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from ronglu.kernel.org.span import Span, days_within


@dataclass(frozen=True, slots=True)
class Descent:
    """`after` came out of `before` on a day, by merging or splitting."""

    before: int
    after: int
    on: date


def shares(
    body: int, *, first: date, last: date, lives: Mapping[int, Sequence[Span]], descents: Iterable[Descent]
) -> dict[int, int]:
    """Whole-number weights by which scores of a period add up for `body`; both days count.

    Its own days are its own, even where another branch was merged into it later. Days before it existed are those of what
    it came out of, shared equally where there were several; days of nobody weigh nothing.
    """
    found = _shares(body, Span.inclusive(first, last), lives, list(descents), frozenset())
    whole = lcm(*(share.denominator for share in found.values())) if found else 1
    return {one: int(share * whole) for one, share in found.items() if share}


def _shares(
    body: int, period: Span, lives: Mapping[int, Sequence[Span]], descents: Sequence[Descent], seen: frozenset[int]
) -> dict[int, Fraction]:
    mine = list(lives.get(body, ()))
    result: dict[int, Fraction] = {}
    if own := days_within(mine, period):
        result[body] = Fraction(own)
    began = min((span.from_on for span in mine), default=None)
    earlier = None if began is None else _before(period, began)
    parents = [one.before for one in descents if one.after == body and one.before not in seen and one.before != body]
    if earlier is None or not parents:
        return result
    for parent in parents:
        for one, share in _shares(parent, earlier, lives, descents, seen | {body}).items():
            result[one] = result.get(one, Fraction(0)) + share / len(parents)
    return result


def _before(period: Span, began: date) -> Span | None:
    return period.common(Span(date.min, began)) if began > date.min + timedelta(days=1) else None
