"""One thing that waits for a reader."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Todo:
    """`kind` says what it is, `count` how many; `place` and `key` where (a name, and its code or number); `due` the last day."""

    kind: str
    count: int = 0
    place: str = ""
    key: str = ""
    plant: str = ""
    since: dt.date | None = None
    due: dt.date | None = None
