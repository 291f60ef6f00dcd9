"""The little grammar of what must be summed per slot before a period can be rolled up.

`x` a series; `x*w` the product inside one slot; `w|x` the weight only where x was read; `x@e` the count of x since the
last event e; `@hours` the length of the slot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

HOURS = "@hours"
_NAME = r"[a-z][a-z0-9_]*"
_KEY = re.compile(
    rf"(?P<factors>(?:{_NAME}|{HOURS})(?:\*(?:{_NAME}|{HOURS}))*)(?:\|(?P<given>{_NAME}))?"
    rf"|(?P<counted>{_NAME})@(?P<event>{_NAME})"
)


class BadKey(ValueError):
    """A key that follows none of the forms."""


@dataclass(frozen=True, slots=True)
class Key:
    """What the columnar engine sums in each slot; a slot counts only when every named series has a reading there."""

    text: str
    factors: tuple[str, ...]
    given: str | None = None
    event: str | None = None

    @property
    def series(self) -> tuple[str, ...]:
        return _series(self)

    @property
    def is_plain(self) -> bool:
        return len(self.factors) == 1 and not self.given and not self.event

    @property
    def is_hours(self) -> bool:
        """`@hours|x`: already in the sums of x, no extra column needed."""
        return self.factors == (HOURS,) and self.given is not None

    @property
    def is_product(self) -> bool:
        return not (self.is_plain or self.is_hours or self.event)


@cache
def _series(key: Key) -> tuple[str, ...]:
    named = (*key.factors, key.given, key.event)
    return tuple(dict.fromkeys(name for name in named if name and name != HOURS))


@cache
def parse(text: str) -> Key:
    found = _KEY.fullmatch(text)
    if found is None:
        raise BadKey(f"“{text}”看不懂：应为 x、x*w、w|x 或 x@e，x 为小写序列代码")
    if found["event"]:
        return Key(text, (found["counted"],), event=found["event"])
    return Key(text, tuple(found["factors"].split("*")), given=found["given"])
